import type { Day } from '../../domain/shared/day.ts'
import type { About } from '../../domain/notices/cards.ts'
import type { Money } from '../../domain/shared/money.ts'
import type { MessageKey, ParamsOf } from '../../i18n/keys.ts'

/**
 * What a command shows, free of any platform. Renderers turn it into Block Kit, Telegram HTML, web nodes or terminal
 * lines: they alone translate, format for the reader, cut to the platform's limits and escape, once.
 */
export type View = readonly Block[]

/** Colour where a platform has it, a sign where it has none. */
export type Tone = 'good' | 'warn' | 'bad'

/** Values that are formatted in the reader's language and time zone, never before. */
export type Value =
  | string
  | number
  | Text
  | Readonly<{ money: Money }>
  | Readonly<{ day: Day }>
  /** ISO 8601 instant. */
  | Readonly<{ instant: string }>
  /** 0.12 is 12 %. */
  | Readonly<{ share: number }>
  /** Decimal text in percent, to two decimals: '12.5' is 12.5 %. */
  | Readonly<{ percent: string }>
  /** 0.12 is +12 %: a change, with its sign. */
  | Readonly<{ change: number }>
  /** Whole days from the reader's today: -3 is three days ago. */
  | Readonly<{ daysAway: number }>
  | Readonly<{ list: readonly Text[] }>

export type Message = Readonly<{ key: MessageKey; params?: Readonly<Record<string, Value>> }>

/** A person's own words, or a name from data: shown as they are, and inert on every platform. */
export type Plain = Readonly<{ plain: string }>

/** Several short texts on one line, with a middle dot between them. */
export type Parts = Readonly<{ parts: readonly Text[] }>

export type Text = Message | Plain | Parts

export type Line = Readonly<{ text: Text; tone?: Tone }>

export type Field = Readonly<{ label: Text; value: Text; tone?: Tone }>

export type Button = Readonly<{
  label: Text
  command: string
  args: Readonly<Record<string, string>>
  style?: 'primary' | 'danger'
}>

export type Block =
  /** The first line of a card; the badge stands beside it. */
  | Readonly<{ kind: 'heading'; text: Text; badge?: Line }>
  | Readonly<{ kind: 'text'; text: Text; tone?: Tone }>
  | Readonly<{ kind: 'fields'; title?: Text; fields: readonly Field[] }>
  | Readonly<{ kind: 'list'; title?: Text; items: readonly Line[] }>
  | Readonly<{ kind: 'table'; title?: Text; columns: readonly Column[]; rows: readonly (readonly Text[])[] }>
  /** A remark in small print: how to go on, where a figure comes from. */
  | Readonly<{ kind: 'note'; text: Text }>
  | Readonly<{ kind: 'divider' }>
  | Readonly<{ kind: 'buttons'; buttons: readonly Button[] }>

export type Column = Readonly<{ label: Text; align?: 'end' }>

/** A message with its parameters checked against the English sentence. */
export function say<K extends MessageKey>(
  key: K,
  ...params: ParamsOf<K> extends never ? [] : [Readonly<Record<ParamsOf<K>, Value>>]
): Message {
  return params[0] ? { key, params: params[0] } : { key }
}

export const plain = (text: string): Plain => ({ plain: text })

export const parts = (...texts: readonly (Text | null | undefined)[]): Parts => ({
  parts: texts.filter((text) => text !== null && text !== undefined),
})

/** The usual answer of a command. `about`: it is the card of this request, at this version. */
export const show = (view: View, about?: About): Readonly<{ kind: 'view'; view: View; about?: About }> => ({
  kind: 'view',
  view,
  ...(about ? { about } : {}),
})
