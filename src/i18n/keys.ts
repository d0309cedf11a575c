import type { en } from './en/index.ts'

type English = typeof en
type Key = keyof English & string

/** What a command names: `account.open_one` and `account.open_other` are one message, `account.open`. */
export type MessageKey = Key extends infer K
  ? K extends `${infer Base}_one` | `${infer Base}_other`
    ? Base
    : K
  : never

type Sentence<K extends string> = K extends Key
  ? English[K]
  : `${K}_other` extends Key
    ? English[`${K}_other`]
    : never

type Names<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? NameOnly<Name> | Names<Rest> : never
type NameOnly<S> = S extends `${infer Name},${string}` ? Name : S

/** The parameters that a message takes: the names in double braces of its English sentence. */
export type ParamsOf<K extends MessageKey> = Names<Sentence<K>>

/** The shape another language must have: every sentence, and for a plural every form that Russian tells apart. */
export type RussianOf<Table> = {
  readonly [K in keyof Table & string as K extends `${string}_one`
    ? never
    : K extends `${infer Base}_other`
      ? `${Base}_${'one' | 'few' | 'many' | 'other'}`
      : K]: string
}
