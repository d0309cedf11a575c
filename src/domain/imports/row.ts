import type { Definition, Field, ReadingContext, Read, Value, Values } from './definition.ts'
import type { Columns } from './headers.ts'
import { NOTES_LIMIT } from './readings.ts'

/** One record of the file. A cell longer than the reader keeps has its true length in `oversize`. */
export type SourceRow = Readonly<{
  line: number
  cells: readonly string[]
  oversize?: ReadonlyMap<number, number>
  /** The cells that were numbers with a fraction in a workbook, and not texts that look so. */
  fractions?: ReadonlySet<number>
  /** What is wrong with the record as such, such as a quote that is never closed. */
  broken?: string
}>

export type Problem = Readonly<{ line: number; column: string; value: string; reason: string }>

export type RowRead = Readonly<{
  line: number
  values: Values
  currencies: ReadonlyMap<string, string>
  problems: readonly Problem[]
}>

const EXCEL_ERROR = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|Н\/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ\/0!|ИМЯ\?)/i

/** Reads every recognised cell of one row; nothing is looked up here. */
export function readRow(
  definition: Definition,
  columns: Columns,
  row: SourceRow,
  context: ReadingContext,
): RowRead {
  const values: Record<string, Value> = {}
  const currencies = new Map<string, string>()
  const problems: Problem[] = []
  const shape = wrongShape(columns, row)
  if (shape) return { line: row.line, values, currencies, problems: [shape] }

  for (const field of definition.fields) {
    const index = columns.byField.get(field.name)
    if (index === undefined) continue
    const read = readCell(field, row, index, context)
    if ('refused' in read) {
      problems.push({
        line: row.line,
        column: columns.headers[index] ?? field.name,
        value: row.cells[index] ?? '',
        reason: read.refused,
      })
      continue
    }
    values[field.name] = read.value
    if (read.currency) currencies.set(field.name, read.currency)
  }
  return { line: row.line, values, currencies, problems }
}

function readCell(field: Field, row: SourceRow, index: number, context: ReadingContext): Read {
  const length = row.oversize?.get(index)
  if (length !== undefined)
    return {
      refused: `is longer than ${NOTES_LIMIT.toLocaleString('en')} characters: it has ${length.toLocaleString('en')}`,
    }
  const cell = (row.cells[index] ?? '').replace(/\r\n?/g, '\n').trim()
  if (cell.includes('\0')) return { refused: 'contains a NUL character' }
  if (hasLoneSurrogate(cell)) return { refused: 'contains half a character' }
  if (EXCEL_ERROR.test(cell)) return { refused: 'is an error of the spreadsheet' }
  if (cell === '') return field.required ? { refused: 'is empty' } : { value: null }
  // Such a number has a point, whatever is told of the texts beside it.
  return field.reading.read(cell, row.fractions?.has(index) ? { ...context, decimal: '.' } : context)
}

function hasLoneSurrogate(cell: string): boolean {
  return !cell.isWellFormed()
}

function wrongShape(columns: Columns, row: SourceRow): Problem | null {
  const whole = (reason: string): Problem => ({ line: row.line, column: '', value: '', reason })
  if (row.broken) return whole(row.broken)
  const extra = row.cells.slice(columns.headers.length).some((cell) => cell.trim() !== '')
  if (extra)
    return whole(
      `the row has more cells than the header (${row.cells.length} instead of ${columns.headers.length})`,
    )
  if (row.cells.length < columns.headers.length) {
    return whole(
      `the row has fewer cells than the header (${row.cells.length} instead of ${columns.headers.length})`,
    )
  }
  return null
}

/** The required fields that a new row lacks because their columns are not in the file. */
export function lackingFields(definition: Definition, values: Values): string[] {
  return definition.fields
    .filter((field) => field.required && values[field.name] === undefined)
    .map(({ name }) => name)
}
