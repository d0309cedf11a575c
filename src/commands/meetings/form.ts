import type { AccountRef, MeetingKind } from '../../domain/accounts/account.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { When } from '../../domain/when/reading.ts'
import type { Choice, FieldKind, Form, FormField, OpenForm } from '../kit/form.ts'
import { plain, type Text } from '../kit/view.ts'
import { dayWords, momentWords } from './phrases.ts'
import { type Filled, FORM_FIELDS, type Told, whenChosen } from './told.ts'
import { type ToldStep, type Understood, understood, wordsAt } from './understood.ts'
import type { Actor } from '../../domain/shared/actor.ts'

export const LONGEST_NOTES = 20_000
export const LONGEST_FIELD = 3_000

/** An e-mail is no meeting; records of other systems may be. */
export const KINDS = ['VISIT', 'CALL', 'ONLINE', 'INFORMAL', 'MEETING'] as const
export const MOODS = ['GOOD', 'NEUTRAL', 'BAD'] as const

type Field = (typeof FORM_FIELDS)[number]
const HINTED = ['when', 'attendees', 'next', 'they'] as const

const fieldOf = (field: Field | 'account', kind: FieldKind, rest: Partial<FormField> = {}): FormField => {
  const hinted = HINTED.find((one) => one === field)
  const hint = hinted ? { hint: `meeting.field.${hinted}.hint` as const } : {}
  return { name: field, label: `meeting.field.${field}`, kind, optional: true, ...hint, ...rest }
}

const kindChoice = (value: MeetingKind): Choice => ({ value, label: { key: `meeting.kind.${value}` } })
const moodChoice = (value: (typeof MOODS)[number]): Choice => ({
  value,
  label: { key: `meeting.mood.${value}` },
})

const WHAT_WAS: readonly FormField[] = [
  fieldOf('when', 'line'),
  fieldOf('kind', 'choice', { choices: KINDS.map(kindChoice) }),
  fieldOf('mood', 'choice', { choices: MOODS.map(moodChoice) }),
  fieldOf('attendees', 'line'),
  fieldOf('notes', 'paragraph'),
]

export const meetingForm: Form = {
  title: 'meeting.form',
  submit: 'meeting.form.submit',
  fields: [
    fieldOf('account', 'account', { optional: false }),
    ...WHAT_WAS,
    fieldOf('next', 'line'),
    fieldOf('they', 'line'),
  ],
}

export const editForm: Form = { title: 'meeting.edit', submit: 'meeting.edit.submit', fields: WHAT_WAS }

type Opening = Readonly<{
  command: string
  form: Form
  filled: Filled
  account?: AccountRef | null
  /** Comes back with the form as it is. */
  hidden?: Readonly<Record<string, string>>
  errors?: Readonly<Record<string, Text>>
}>

/** A form with what is known already. */
export function openForm({ command, form, filled, account, hidden = {}, errors = {} }: Opening): OpenForm {
  const typed = Object.entries({ ...filled, ...hidden }).flatMap(([name, value]) =>
    value ? [[name, { value, label: wordsFor(name, value) }] as const] : [],
  )
  const values: Record<string, Choice> = Object.fromEntries(typed)
  if (account) values['account'] = { value: account.id, label: plain(account.name) }
  return {
    command,
    form: { ...form, fields: form.fields.map((field) => offering(field, filled)) },
    values,
    errors,
  }
}

/** What stands there is among the choices, also where it is not offered otherwise. */
function offering(field: FormField, { kind }: Filled): FormField {
  if (field.name !== 'kind' || kind !== 'EMAIL') return field
  return { ...field, choices: [...(field.choices ?? []), kindChoice(kind)] }
}

function wordsFor(name: string, value: string): Text {
  const choice = [...KINDS, 'EMAIL' as const].find((one) => one === value)
  if (name === 'kind' && choice) return kindChoice(choice).label
  const mood = MOODS.find((one) => one === value)
  return name === 'mood' && mood ? moodChoice(mood).label : plain(value)
}

/** The form with everything that was told so far, the answers among it. */
export function formOfTold(
  actor: Actor,
  told: Told,
  draft: string | null,
  errors: Readonly<Record<string, Text>> = {},
): OpenForm {
  return openForm({
    command: 'meeting-save',
    form: meetingForm,
    filled: filledBy(actor, told),
    account: told.account,
    hidden: draft ? { draft } : {},
    errors,
  })
}

function filledBy(actor: Actor, told: Told): Filled {
  const said = understood(actor, told)
  const steps = (promisedBy: ToldStep['promisedBy']) =>
    said.steps
      .map((step, index) => ({ step, chosen: told.steps[String(index)] }))
      .filter(({ step }) => step.promisedBy === promisedBy)
      .map(({ step, chosen }) => stepWords(step, chosen, actor))
      .join('; ')
  const { kind, mood, attendees, notes } = told.form ?? {
    ...(said.kind ? { kind: said.kind } : {}),
    ...(said.mood ? { mood: said.mood } : {}),
    attendees: said.attendees.join(', '),
    notes: said.notes ?? '',
  }
  return {
    when: told.when ? whenWords(whenChosen(told.when, actor.timeZone), actor) : timeWords(said, actor),
    ...(kind ? { kind } : {}),
    ...(mood ? { mood } : {}),
    attendees: attendees ?? '',
    notes: notes ?? '',
    next: steps('US'),
    they: steps('CLIENT'),
  }
}

/** What is sure is written as a date, for a form may be sent another day; what is not stays as it was written. */
function timeWords({ when, whenWords: words }: Understood, reader: Reader): string {
  if (when === null || when === 'unread' || when.kind !== 'clear') return words
  const { day, time, until } = when.when
  return time === null && until && until.day !== day ? words : whenWords(when.when, reader)
}

const whenWords = ({ day, instant, until }: When, reader: Reader): string =>
  momentWords({ day, startsAt: instant, endsAt: until?.instant ?? null }, reader)

function stepWords(
  { what, when, urgent, text }: ToldStep,
  chosen: string | undefined,
  reader: Reader,
): string {
  const due = chosen ? whenChosen(chosen, reader.timeZone) : when?.kind === 'clear' ? when.when : null
  const words = due ? dueWords(due, reader) : wordsAt(text, when?.pieces ?? [])
  return [urgent ? `!${what}` : what, words].filter((one) => one !== '').join(' ')
}

const dueWords = ({ day, time }: When, { language }: Reader): string =>
  [dayWords(day, language), time].filter((one) => one !== null).join(' ')
