import type { AccountRef } from '../../domain/accounts/account.ts'
import type { PromisedBy } from '../../domain/follow-ups/follow-up.ts'
import type { Repeat } from '../../domain/follow-ups/repeat.ts'
import type { Day } from '../../domain/shared/day.ts'
import { weekdayOf } from '../../domain/when/calendar.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { type Choice, type Form, type FormField, type OpenForm } from '../kit/form.ts'
import { plain, say, type Text } from '../kit/view.ts'
import { repeatText } from './phrases.ts'

export const LONGEST_WHAT = 4_000
export const LONGEST_WHEN = 200

/** How often, as one tap says it: on the weekday or the date of the first time. `same` is what a line or an edit brought. */
export const RHYTHMS = [
  'never',
  'day',
  'workday',
  'week',
  'fortnight',
  'month',
  'lastDay',
  'lastWorkday',
  'year',
  'same',
] as const
export type RepeatChoice = (typeof RHYTHMS)[number]

/** An optional question with a few answers; each answer has its sentence. */
const asked = <Value extends string>(
  [name, label, hint]: readonly [name: string, label: MessageKey, hint?: MessageKey],
  values: readonly Value[],
  text: (value: Value) => Text,
): FormField => ({
  name,
  label,
  kind: 'choice',
  optional: true,
  ...(hint ? { hint } : {}),
  choices: values.map((value) => ({ value, label: text(value) })),
})

const WHEN: FormField = { name: 'when', label: 'followup.when', kind: 'line', hint: 'followup.when.hint' }
const WHAT: FormField = { name: 'what', label: 'followup.what', kind: 'paragraph' }
const REPEAT = asked(['repeat', 'followup.repeat'], RHYTHMS, (value) => ({
  key: `followup.rhythm.${value}`,
}))
const URGENT = asked(['urgent', 'followup.urgent', 'followup.urgent.hint'], ['no', 'yes'], (value) => ({
  key: `followup.urgent.${value}`,
}))
const PROMISED_BY = asked(['promisedBy', 'followup.promisedBy'], ['US', 'CLIENT'], (value) => ({
  key: `followup.promisedBy.${value}`,
}))

export const addForm: Form = {
  title: 'followup.form',
  submit: 'followup.form.submit',
  fields: [
    { name: 'account', label: 'followup.account', kind: 'account', optional: true },
    WHAT,
    WHEN,
    PROMISED_BY,
    REPEAT,
    URGENT,
  ],
}

export const editForm: Form = {
  title: 'followup.edit',
  submit: 'followup.edit.submit',
  fields: [WHAT, WHEN, REPEAT, URGENT],
}

export type Filled = Readonly<{
  account?: AccountRef | null
  what?: string
  when?: string
  promisedBy?: PromisedBy
  repeat?: RepeatChoice
  /** What `same` stands for. */
  same?: Repeat | null
  urgent?: boolean
  /** Comes back with the form as it is. */
  hidden?: Readonly<Record<string, string>>
}>

/** A form with what is known already. What cannot be chosen is not offered. */
export function openForm(
  command: string,
  form: Form,
  filled: Filled,
  errors: Readonly<Record<string, Text>> = {},
): OpenForm {
  const { account, what, when, promisedBy, same, urgent, hidden = {} } = filled
  const repeat = filled.repeat ?? (same ? 'same' : null)
  const typed = (value: string | undefined) => (value ? { value, label: plain(value) } : null)
  const values: Record<string, Choice | null> = {
    account: account ? { value: account.id, label: plain(account.name) } : null,
    what: typed(what),
    when: typed(when),
    promisedBy: promisedBy
      ? { value: promisedBy, label: { key: `followup.promisedBy.${promisedBy}` } }
      : null,
    repeat: repeat ? rhythmChoice(repeat, same ?? null) : null,
    urgent: urgent === undefined ? null : urgentChoice(urgent),
    ...Object.fromEntries(Object.entries(hidden).map(([name, value]) => [name, typed(value)])),
  }
  return {
    command,
    form: { ...form, fields: form.fields.map((field) => offered(field, same ?? null)) },
    values: known(values),
    errors,
  }
}

const known = (values: Readonly<Record<string, Choice | null>>): Record<string, Choice> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Choice] => entry[1] !== null))

const urgentChoice = (urgent: boolean): Choice =>
  urgent
    ? { value: 'yes', label: say('followup.urgent.yes') }
    : { value: 'no', label: say('followup.urgent.no') }

function offered(field: FormField, same: Repeat | null): FormField {
  if (field.name !== 'repeat') return field
  const values = RHYTHMS.filter((value) => value !== 'same' || same)
  return { ...field, choices: values.map((value) => rhythmChoice(value, same)) }
}

const rhythmChoice = (value: RepeatChoice, same: Repeat | null): Choice => ({
  value,
  label: value === 'same' && same ? repeatText(same) : { key: `followup.rhythm.${value}` },
})

/** What a choice means for something that is first due on this day. */
export function repeatChosen(choice: RepeatChoice | undefined, due: Day, same: Repeat | null): Repeat | null {
  const monthDay = Number(due.slice(8, 10))
  switch (choice) {
    case 'day':
      return { every: 'day', interval: 1 }
    case 'workday':
      return { every: 'workday' }
    case 'week':
    case 'fortnight':
      return { every: 'week', interval: choice === 'week' ? 1 : 2, weekdays: [weekdayOf(due)] }
    case 'month':
      return { every: 'month', interval: 1, monthDay }
    case 'lastDay':
      return { every: 'month', interval: 1, monthDay: 'last' }
    case 'lastWorkday':
      return { every: 'month', interval: 1, monthDay: 'lastWorkday' }
    case 'year':
      return { every: 'year', month: Number(due.slice(5, 7)), monthDay }
    case 'same':
      return same
    case 'never':
    case undefined:
      return null
  }
}
