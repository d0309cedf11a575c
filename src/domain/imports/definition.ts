import type { Day } from '../shared/day.ts'

export const KINDS = [
  'users',
  'accounts',
  'contacts',
  'products',
  'deals',
  'invoices',
  'contracts',
  'targets',
  'meetings',
] as const
export type Kind = (typeof KINDS)[number]

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text)
}

/** What a cell becomes. `null` is an empty cell of a column that is in the file: it clears the field. */
export type Value = string | number | boolean | readonly string[] | null
export type Values = Readonly<Record<string, Value>>

/** A sum may bring its currency along (`1 200 €`); a refusal says what is wrong without repeating the value. */
export type Read = Readonly<{ value: Value; currency?: string }> | Readonly<{ refused: string }>

/** How days and times stand in the file; made from the options of the command. */
export type ReadingContext = Readonly<{
  /** The day in ISO, dd.MM.yyyy or the pattern that was given; null when it is none of them or does not exist. */
  day(text: string): Day | null
  timeZone: string
  /** Settles `1,234`, which may be a thousand or a fraction. */
  decimal: '.' | ',' | null
}>

export type Reading = Readonly<{
  /** Shown by `import --help` and in docs/import.md. */
  label: string
  read(text: string, context: ReadingContext): Read
}>

export type Reference = 'account' | 'user' | 'product'

export type Field = Readonly<{
  name: string
  reading: Reading
  /** Recognised headers by rank: when two columns fit, one of an earlier rank (an id) wins over a later one (a name). */
  headers: readonly (readonly string[])[]
  /** A new row cannot do without it, and an existing one cannot lose it. */
  required?: true
  reference?: Reference
  /** Other words of this very kind, which may stand later in the same file. */
  tree?: true
}>

/** What a row meets: is it new, and what day is it for the one who imports. */
export type Setting = Readonly<{ isNew: boolean; today: Day; timeZone: string }>

export type Rejection = Readonly<{ field: string; reason: string }>

export type Definition = Readonly<{
  kind: Kind
  fields: readonly Field[]
  /** Fields that make a row's id when the file has no id column; they are also compared in lower case. */
  identifiedBy: readonly string[]
  /** Rows of a file without ids are matched with what is stored by this one field, so it must differ in every row. */
  naturalKey?: string
  /** Fields whose values differ in every row, ids or not. */
  distinct?: readonly string[]
  currency?: Readonly<{ field: string; amounts: readonly string[] }>
  /** Headers that are not recognised on purpose, with what to do about them. */
  hints?: Readonly<Record<string, string>>
  /** What follows from the other values: defaults of a new row, the outcome of a stage. */
  complete?(values: Values, setting: Setting): Values
  /** Rules between fields. */
  check?(values: Values, isNew: boolean): readonly Rejection[]
}>
