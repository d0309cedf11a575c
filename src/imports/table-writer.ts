import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvCell } from './csv-cell.ts'

export type TableColumn = Readonly<{ header: string; type: 'text' | 'day' | 'number' }>
type Row = readonly (string | null)[]

/** The file is there whole or not at all, and only its owner may read it. Returns the number of rows. */
export async function writeTable(
  path: string,
  name: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<Row>,
): Promise<number> {
  let count = 0
  async function* counted() {
    for await (const row of rows) {
      count += 1
      yield row
    }
  }
  const draft = `${path}.part`
  try {
    const bytes = isWorkbook(path) ? await workbook(name, columns, counted()) : csv(columns, counted())
    await pipeline(Readable.from(bytes), createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return count
}

function isWorkbook(path: string): boolean {
  return extname(path).toLowerCase() === '.xlsx'
}

/** With a byte order mark, or Excel takes UTF-8 for something else. */
async function* csv(columns: readonly TableColumn[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield `\ufeff${columns.map(({ header }) => csvCell(header)).join(',')}\r\n`
  for await (const row of rows) yield `${row.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`
}

/** Text is never a formula in a workbook, so nothing needs a shield here. */
async function workbook(
  name: string,
  columns: readonly TableColumn[],
  rows: AsyncIterable<Row>,
): Promise<AsyncIterable<Uint8Array>> {
  const { writeXlsxStream } = await import('hucre/xlsx')
  async function* cells() {
    for await (const row of rows)
      yield row.map((cell, index) => workbookCell(cell, columns[index]?.type ?? 'text'))
  }
  const sheet = columns.map(({ header, type }) => ({
    header,
    width: 18,
    ...(type === 'day' ? { numFmt: 'yyyy-mm-dd' } : {}),
  }))
  return writeXlsxStream(cells(), { name, columns: sheet, freezePane: { rows: 1 } })
}

/** A spreadsheet keeps 15 digits of a number; longer ones go as text. */
function workbookCell(cell: string | null, type: TableColumn['type']): string | number | Date | null {
  if (cell === null || cell === '') return null
  if (type === 'day') return new Date(`${cell}T00:00:00Z`)
  return type === 'number' && cell.replace(/\D/g, '').length <= 15 ? Number(cell) : cell
}
