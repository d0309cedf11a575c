import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isKind, type Kind, KINDS } from '../domain/imports/definition.ts'
import { currency, timeZone } from '../domain/imports/readings.ts'
import { type DayReader, dayReader, WrongDateFormat } from '../imports/dates.ts'
import { type Encoding, ENCODINGS } from '../imports/source.ts'
import { type CliIo, UsageError } from './io.ts'

export type ImportOptions = Readonly<{
  kind: Kind
  file: string
  mapping: ReadonlyMap<string, string>
  day: DayReader
  currency: string | null
  timeZone: string
  decimal: '.' | ',' | null
  encoding: Encoding | null
  sheet: string | null
  report: string | null
  dryRun: boolean
  skipBadRows: boolean
}>

const OPTIONS = {
  map: { type: 'string', multiple: true },
  'date-format': { type: 'string' },
  currency: { type: 'string' },
  'time-zone': { type: 'string' },
  decimal: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'skip-bad-rows': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const USAGE = `usage: import <kind> <file.csv|xlsx> [options]; kinds: ${KINDS.join(', ')}; more with import --help`

/** `help` when that was asked for, with the kind if one was named. */
export function importOptions(args: readonly string[], io: CliIo): ImportOptions | { help: Kind | null } {
  const { values, positionals } = parse(args)
  const [kind, file, ...rest] = positionals
  if (values.help) return { help: kind && isKind(kind) ? kind : null }
  if (!kind || !file) throw new UsageError(USAGE)
  if (kind === 'discounts')
    throw new UsageError(
      'import: discounts are only written, with export: what people decided cannot be loaded',
    )
  if (!isKind(kind)) throw new UsageError(`import: there is no kind "${kind}"; there are ${KINDS.join(', ')}`)
  if (rest.length > 0)
    throw new UsageError(
      `import: one file at a time; "${rest.join(' ')}" is too much (quote a name with spaces)`,
    )
  return {
    kind,
    file,
    mapping: readMapping(values.map ?? []),
    day: readDateFormat(values['date-format'] ?? null, io.now()),
    currency: values.currency === undefined ? null : checked('--currency', values.currency, currency),
    timeZone:
      values['time-zone'] === undefined
        ? io.defaults.timeZone
        : checked('--time-zone', values['time-zone'], timeZone),
    decimal: oneOf('--decimal', values.decimal, ['.', ',']),
    encoding: oneOf('--encoding', values.encoding, ENCODINGS),
    sheet: values.sheet ?? null,
    report: values.report === undefined ? null : reportFile(values.report, file),
    dryRun: values['dry-run'] ?? false,
    skipBadRows: values['skip-bad-rows'] ?? false,
  }
}

/** The report is emptied when it is opened. */
function reportFile(report: string, file: string): string {
  if (resolve(report) === resolve(file))
    throw new UsageError('import: --report would overwrite the file that is imported')
  return report
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    throw new UsageError(`import: ${reason}; more with import --help`)
  }
}

/** `field=Column,field2=Column 2`. A comma without a field after it belongs to the name of the column. */
function readMapping(texts: readonly string[]): ReadonlyMap<string, string> {
  const mapping = new Map<string, string>()
  for (const text of texts) {
    for (const piece of text.split(/,(?=\s*[A-Za-z]+\s*=)/)) {
      const [, field, column = ''] = /^\s*([A-Za-z]+)\s*=(.*)$/s.exec(piece) ?? []
      const header = column.trim()
      if (!field || !header)
        throw new UsageError(`import: --map ${JSON.stringify(piece)} is not field=Column`)
      if (mapping.has(field)) throw new UsageError(`import: --map names ${field} twice`)
      mapping.set(field, header)
    }
  }
  return mapping
}

function readDateFormat(pattern: string | null, now: Date): DayReader {
  try {
    return dayReader(pattern, now)
  } catch (error) {
    if (error instanceof WrongDateFormat)
      throw new UsageError(
        `import: --date-format ${JSON.stringify(pattern)} cannot be used: ${error.message}`,
      )
    throw error
  }
}

function checked(option: string, value: string, reading: typeof currency): string {
  const read = reading.read(value, { day: () => null, timeZone: 'UTC', decimal: null })
  if ('refused' in read) throw new UsageError(`import: ${option} ${JSON.stringify(value)} ${read.refused}`)
  return String(read.value)
}

function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | null {
  if (value === undefined) return null
  const found = allowed.find((candidate) => candidate === value.toLowerCase())
  if (!found)
    throw new UsageError(`import: ${option} is one of ${allowed.join(' ')}, not ${JSON.stringify(value)}`)
  return found
}
