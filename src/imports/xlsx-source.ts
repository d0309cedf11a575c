import { closeSync, createReadStream, openSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SourceRow } from '../domain/imports/row.ts'
import { CELL_LIMIT, readHeaders, type Source, type SourceOptions, UnreadableFile } from './source.ts'
import { refuseZipBomb } from './zip-check.ts'

const FILE_LIMIT = 100 * 1024 * 1024
const COLUMN_LIMIT = 500
const ROW_LIMIT = 1_048_576

type Cell = string | number | boolean | Date | null
type Spooled = [line: number, cells: string[], oversize: [number, number][], fractions: number[]]

/**
 * One sheet of a workbook. Its reader parses ahead of whoever takes the rows, so the rows go to a private temporary
 * file once, as fast as they come, and both passes read that file: memory stays flat however slow the database is.
 */
export async function openXlsx(path: string, options: SourceOptions): Promise<Source> {
  const bytes = await readWorkbook(path)
  const folder = await mkdtemp(join(tmpdir(), 'kamerton-import-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const { sheet, others } = await chooseSheet(bytes, options.sheet)
    const spool = join(folder, 'rows')
    await writeSpool(bytes, sheet, spool)
    const first = await readSpool(spool).next()
    const header = first.done ? undefined : first.value
    const headers = readHeaders(header)
    return {
      format: `XLSX, sheet "${sheet}"`,
      leftOut: others,
      headers,
      headerLine: header?.line ?? 1,
      rows: () => padded(spool, headers.length),
      close,
    }
  } catch (error) {
    await close()
    throw error instanceof UnreadableFile
      ? error
      : new UnreadableFile(`the XLSX file cannot be read: ${reasonOf(error)}`)
  }
}

const LONGEST_REASON = 200

/** In one line: the library quotes what it stumbled over. */
function reasonOf(error: unknown): string {
  const words = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/gu, ' ').trim()
  return Array.from(words).slice(0, LONGEST_REASON).join('')
}

async function readWorkbook(path: string): Promise<Buffer> {
  const { size } = await stat(path)
  if (size === 0) throw new UnreadableFile('the file is empty')
  if (size > FILE_LIMIT) {
    throw new UnreadableFile(
      `the XLSX file has ${Math.round(size / 1024 / 1024)} MB; 100 MB are the limit. Save it as CSV`,
    )
  }
  const bytes = await readFile(path)
  if (bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0) {
    throw new UnreadableFile(
      'the workbook has a password, or is an old .xls file: save it as .xlsx without a password',
    )
  }
  refuseZipBomb(bytes)
  return bytes
}

async function chooseSheet(
  bytes: Buffer,
  wanted: string | null,
): Promise<{ sheet: string; others: string[] }> {
  const { readXlsx } = await import('hucre/xlsx')
  const names: string[] = []
  // The reader asks before it parses a sheet; none is parsed here.
  const listed = ({ name }: { name: string }) => names.push(name) < 0
  await readXlsx(bytes, { sheets: listed })
  const sheet = wanted === null ? names[0] : names.find((name) => name === wanted)
  if (names.length === 0) throw new UnreadableFile('the workbook has no sheet')
  if (sheet === undefined)
    throw new UnreadableFile(
      `there is no sheet "${wanted}"; there are ${names.map((name) => `"${name}"`).join(', ')}`,
    )
  return { sheet, others: names.filter((name) => name !== sheet) }
}

async function writeSpool(bytes: Buffer, sheet: string, spool: string): Promise<void> {
  const { streamXlsxRows } = await import('hucre/xlsx')
  const file = openSync(spool, 'wx', 0o600)
  try {
    for await (const row of streamXlsxRows(bytes, { sheet, maxRows: ROW_LIMIT })) {
      const spooled = spoolRow(row.index + 1, row.values)
      if (spooled) writeSync(file, `${oneLine(spooled)}\n`)
    }
  } finally {
    closeSync(file)
  }
}

function spoolRow(line: number, values: readonly Cell[]): Spooled | null {
  const cells = values.slice(0, COLUMN_LIMIT + 1).map(cellText)
  while (cells.at(-1) === '') cells.pop()
  if (cells.length === 0) return null
  const oversize = cells.flatMap((cell, index): [number, number][] =>
    cell.length > CELL_LIMIT ? [[index, cell.length]] : [],
  )
  const fractions = values.flatMap((cell, index) =>
    typeof cell === 'number' && !Number.isInteger(cell) ? [index] : [],
  )
  return [line, cells.map((cell) => cell.slice(0, CELL_LIMIT)), oversize, fractions]
}

/** Beside the line feed, readline takes these two for ends of lines; JSON leaves them as they are. */
function oneLine(spooled: Spooled): string {
  return JSON.stringify(spooled)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}

/** Numbers with the 15 digits a spreadsheet shows, so that 0.1 + 0.2 is 0.3; dates in ISO. */
function cellText(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return plainDigits(value)
  if (!(value instanceof Date)) return String(value)
  const iso = value.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
}

function plainDigits(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const rounded = Number(value.toPrecision(15))
  return Math.abs(rounded) >= 1e-6 && Math.abs(rounded) < 1e21
    ? String(rounded)
    : rounded.toFixed(20).replace(/\.?0{1,20}$/, '')
}

async function* readSpool(spool: string): AsyncGenerator<SourceRow> {
  for await (const text of createInterface({
    input: createReadStream(spool),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const [line, cells, oversize, fractions] = JSON.parse(text) as Spooled
    yield {
      line,
      cells,
      ...(oversize.length > 0 ? { oversize: new Map(oversize) } : {}),
      ...(fractions.length > 0 ? { fractions: new Set(fractions) } : {}),
    }
  }
}

/** A sheet does not store the empty cells at the end of a row. */
async function* padded(spool: string, width: number): AsyncGenerator<SourceRow> {
  let isHeader = true
  for await (const row of readSpool(spool)) {
    if (!isHeader)
      yield {
        ...row,
        cells: [...row.cells, ...Array.from({ length: Math.max(0, width - row.cells.length) }, () => '')],
      }
    isHeader = false
  }
}
