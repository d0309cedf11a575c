import { type Field, type Kind, KINDS } from '../domain/imports/definition.ts'
import { DEFINITIONS } from '../domain/imports/kinds.ts'

const OPTION_LINES = [
  '  --map "field=Column,field2=Column 2"  which column is which field, where the header does not tell',
  '  --date-format M/d/yy                  days that are neither ISO nor dd.MM.yyyy, as a pattern of date-fns',
  '  --currency USD                        currency of amounts that name none',
  '  --time-zone Europe/Berlin             where the times in the file were read off a clock',
  '  --decimal . | ,                       what 1,234 or 1.234 means; without it such amounts are refused',
  '  --encoding utf-8 | windows-1251       instead of finding it out',
  '  --sheet "Sheet 2"                     another sheet of a workbook than its first',
  '  --dry-run                             check and count everything, write nothing',
  '  --skip-bad-rows                       load the sound rows; without it one bad row stops the import',
  '  --report bad-rows.csv                 write every bad row there',
]

export function importHelp(kind: Kind | null): string[] {
  if (kind)
    return [
      `${kind}: fields and the headers they are recognised by`,
      ...DEFINITIONS[kind].fields.map(fieldLine),
    ]
  return [
    'import <kind> <file.csv|xlsx> [options]',
    ...OPTION_LINES,
    'An import is all or nothing. It finds rows again by externalId; a second run changes nothing.',
    '',
    ...KINDS.flatMap((each) => [...importHelp(each), '']),
  ]
}

function fieldLine(field: Field): string {
  return `  ${field.name}${field.required ? '*' : ''}: ${field.reading.label}; ${headersOf(field).join(', ')}`
}

export function headersOf(field: Field): string[] {
  return [field.name, ...field.headers.flat().filter((header) => header !== field.name)]
}
