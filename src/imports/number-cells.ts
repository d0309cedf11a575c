import type { Definition, Reading, ReadingContext } from '../domain/imports/definition.ts'
import type { Columns } from '../domain/imports/headers.ts'
import { readRow, type RowRead } from '../domain/imports/row.ts'
import type { TableRow } from './source.ts'

/** Reads a row; what was a number in a workbook has a point, whatever `--decimal` says of the texts beside it. */
export function readTableRow(
  definition: Definition,
  columns: Columns,
  row: TableRow,
  context: ReadingContext,
): RowRead {
  const { fractions } = row
  if (!fractions) return readRow(definition, columns, row, context)
  const fields = definition.fields.map((field) =>
    fractions.has(columns.byField.get(field.name) ?? -1)
      ? { ...field, reading: pointed(field.reading) }
      : field,
  )
  return readRow({ ...definition, fields }, columns, row, context)
}

function pointed({ label, read }: Reading): Reading {
  return { label, read: (text, context) => read(text, { ...context, decimal: '.' }) }
}
