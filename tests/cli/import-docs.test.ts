import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { headersOf } from '../../src/cli/import-help.ts'
import { type Field, KINDS } from '../../src/domain/imports/definition.ts'
import { DEFINITIONS } from '../../src/domain/imports/kinds.ts'

const docs = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8')

/** When a field changes, this test fails and shows the table to put into docs/import.md. */
test.each(KINDS)('docs/import.md has the fields and headers of %s', (kind) => {
  const table = [
    '| field | what it holds | recognised headers |',
    '|---|---|---|',
    ...DEFINITIONS[kind].fields.map(fieldRow),
  ]
  const [, section = ''] = docs.split(`\n### ${kind}\n`)
  const written = section
    .split('\n')
    .filter(
      (line, index, lines) =>
        line.startsWith('|') && !lines.slice(0, index).some((earlier) => earlier.startsWith('#')),
    )
  expect(written.join('\n')).toBe(table.join('\n'))
})

function fieldRow(field: Field): string {
  return `| \`${field.name}\`${field.required ? ' *' : ''} | ${field.reading.label.replaceAll('|', '\\|')} | ${headersOf(field).slice(1).join(', ')} |`
}
