/**
 * A backup is one gzip file of JSON lines: the head; of each table its rows, one a line, and a line with their hash; at
 * the end the hash of all that stands before. Both databases write the same, so that either can be restored into the
 * other.
 */
export const FORMAT = 1

export type TablePart = Readonly<{
  name: string
  /** Rows are objects, but a column that is missing in all of them would be missed by nobody. */
  columns: readonly string[]
  rows: number
}>

export type Head = Readonly<{
  kamerton: 'backup'
  format: typeof FORMAT
  /** The moment of the one transaction that read it. */
  made: string
  from: 'pglite' | 'postgresql'
  /** Every migration that the database had, in their order: the schema of the rows. */
  migrations: readonly string[]
  tables: readonly TablePart[]
  sequences: readonly Readonly<{ name: string; last: string; called: boolean }>[]
  /** The last entry of the audit log. */
  audit: Readonly<{ seq: string; hash: string }> | null
}>

/** After the rows of a table. */
export type PartEnd = Readonly<{ table: string; sha256: string }>
/** The last line: a file that was cut off has none. */
export type FileEnd = Readonly<{ end: 'backup'; sha256: string }>

export const rowsIn = ({ tables }: Head): number => tables.reduce((sum, { rows }) => sum + rows, 0)

/** What is wrong with a file or with the place it should go to, for an operator, in one line. */
export class BackupError extends Error {}
