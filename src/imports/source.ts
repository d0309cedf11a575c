import { NOTES_LIMIT } from '../domain/imports/readings.ts'
import type { SourceRow } from '../domain/imports/row.ts'

/** A table in a file, whatever the format. It is read twice: to check every row, then to apply them. */
export type Source = Readonly<{
  /** How the file was read, in words: `CSV, Windows-1251, separated by semicolons`. */
  format: string
  /** Other sheets of the workbook. */
  leftOut: readonly string[]
  headers: readonly string[]
  headerLine: number
  /** From the first row below the header; may be asked for again. */
  rows(): AsyncIterable<SourceRow>
  close(): Promise<void>
}>

/** The file cannot be read at all; the message is for the one who asked. */
export class UnreadableFile extends Error {}

export type SourceOptions = Readonly<{ encoding: Encoding | null; sheet: string | null }>

export const ENCODINGS = ['utf-8', 'windows-1251'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Longer cells are not kept, only counted: a quote that is never closed may swallow gigabytes. */
export const CELL_LIMIT = NOTES_LIMIT

const COLUMN_LIMIT = 500

export function readHeaders(row: SourceRow | undefined): readonly string[] {
  if (!row) throw new UnreadableFile('the file is empty')
  if (row.broken) throw new UnreadableFile(`line ${row.line}: ${row.broken}`)
  const headers = row.cells.map((cell) => cell.replace(/\s+/g, ' ').trim())
  while (headers.at(-1) === '') headers.pop()
  if (headers.length === 0) throw new UnreadableFile('the first line has no column names')
  if (headers.length > COLUMN_LIMIT)
    throw new UnreadableFile(`the first line has ${headers.length} columns; ${COLUMN_LIMIT} are the limit`)
  if (headers.some((header) => header.includes('\0')))
    throw new UnreadableFile('the first line contains NUL characters: this is not a text file')
  return headers
}
