// The public CRM Sales Opportunities files: how they are imported, and a simple second way to read them, so that what the
// program says can be recomputed without its own reader.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importCommand } from '../src/cli/import.ts'
import type { CliIo } from '../src/cli/io.ts'
import type { Database } from '../src/db/client.ts'

export const STEPS: readonly (readonly string[])[] = [
  ['users', 'users.csv'],
  ['accounts', 'accounts.csv', '--map', 'clientRevenueMillions=revenue', '--currency', 'USD'],
  ['accounts', 'owners.csv'],
  ['products', 'products.csv', '--currency', 'USD'],
  ['deals', 'sales_pipeline.csv', '--date-format', 'M/d/yy', '--currency', 'USD', '--skip-bad-rows'],
  ['meetings', 'interactions.csv', '--date-format', 'M/d/yy'],
]

export const print = (line: string) => process.stdout.write(`${line}\n`)

export async function importStep(
  database: Database,
  folder: string,
  step: readonly string[],
  mustChangeNothing: boolean,
): Promise<void> {
  const [kind = '', file = '', ...options] = step
  const lines: string[] = []
  const io: CliIo = {
    database,
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    progress: null,
    now: () => new Date(),
    defaults: { currency: 'EUR', timeZone: 'UTC' },
  }
  const begun = Date.now()
  const code = await importCommand([kind, join(folder, file), ...options], io)
  const told = mustChangeNothing ? lines.slice(-2) : lines.filter((line) => !/^line \d/.test(line))
  print(`import ${[kind, file, ...options].join(' ')}: exit ${code}, ${Date.now() - begun} ms`)
  for (const line of told) print(`    ${line}`)
  if (code !== 0) throw new Error(`the import of ${file} failed`)
  if (mustChangeNothing && !lines.includes('nothing changed'))
    throw new Error(`a second import of ${file} changed something`)
}

export type RawRecord = Readonly<Record<string, string>>

export function readRaw(folder: string, file: string): RawRecord[] {
  return rawRecords(readFileSync(join(folder, file), 'utf8'))
}

/** `1/31/25` → `2025-01-31` */
export function isoDay(text = ''): string {
  const [month = '', day = '', year = ''] = text.split('/')
  return `20${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Cuts at quotes first: every odd piece was quoted. Enough for these files, whose quoted texts hold doubled quotes too. */
function rawRecords(text: string): RawRecord[] {
  const pieces = text.replaceAll('""', '\u0001').split('"')
  const safe = pieces
    .map((piece, index) =>
      index % 2 === 1 ? piece.replaceAll(',', '\u0002').replaceAll('\n', '\u0003') : piece,
    )
    .join('')
  const [header = '', ...lines] = safe.split('\n').map((line) => line.replace(/\r$/, ''))
  const names = header.split(',')
  return lines
    .filter((line) => line !== '')
    .map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
}
