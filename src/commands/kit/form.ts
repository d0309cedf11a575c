import type { MessageKey } from '../../i18n/keys.ts'
import type { Text } from './view.ts'

/** `paragraph` has room for many lines. `account`, `person`, `product` and `timeZone` are searched while typing, through the dispatcher's `suggest`. */
export type FieldKind =
  | 'line'
  | 'paragraph'
  | 'choice'
  | 'account'
  | 'person'
  | 'product'
  | 'timeZone'
  | 'currency'

export const SEARCHED: readonly FieldKind[] = ['account', 'person', 'product', 'timeZone', 'currency']

export type Choice = Readonly<{ value: string; label: Text }>

export type FormField = Readonly<{
  /** A key of the command's input schema. */
  name: string
  label: MessageKey
  kind: FieldKind
  hint?: MessageKey
  optional?: boolean
  choices?: readonly Choice[]
}>

/** What a command asks when it is called without enough. Static, so that Slack can open it before any data is read. */
export type Form = Readonly<{ title: MessageKey; submit: MessageKey; fields: readonly FormField[] }>

/** A form as one person sees it now: with what is already known, and what was wrong. */
export type OpenForm = Readonly<{
  command: string
  form: Form
  /**
   * By field name. For searched fields also the words to show for the value. A name that is no field is hidden: it is not
   * shown and comes back with the rest as it was.
   */
  values: Readonly<Record<string, Choice>>
  errors: Readonly<Record<string, Text>>
}>
