import type { Platform } from '../../domain/shared/actor.ts'
import type { Choice, FormField, OpenForm } from './form.ts'
import { type Block, type Button, say, type Text, type View } from './view.ts'

const OFFERED = 8

/** A form that is asked question by question, and how far it has come. */
export type Asking = Readonly<{
  open: OpenForm
  step: number
  answered: Readonly<Record<string, Choice>>
  /** Tells the buttons of this form from those of another that was open here before. */
  form?: string | undefined
}>

export const currentField = ({ open, step }: Asking): FormField | undefined => open.form.fields[step]

/** The one platform of these whose people have their place at hand. */
const SHARE_PLACE: Block = { kind: 'note', text: say('telegram.shareLocation') }

/** What is asked now, with the ways to answer it and to leave. */
export function questionView(dialogue: Asking, platform: Platform, found?: readonly Choice[]): View {
  const field = currentField(dialogue)
  if (!field) return []
  const { open, step, answered, form } = dialogue
  const at: Place = { step, args: { step: String(step), ...(form ? { f: form } : {}) } }
  const label: Text = say('form.question', {
    label: { key: field.label },
    step: step + 1,
    steps: open.form.fields.length,
  })
  const wrong = open.errors[field.name]
  return [
    { kind: 'heading', text: { key: open.form.title } },
    ...(wrong ? [{ kind: 'text' as const, tone: 'bad' as const, text: wrong }] : []),
    { kind: 'text', text: label },
    ...(field.hint ? [{ kind: 'note' as const, text: { key: field.hint } }] : []),
    ...(field.kind === 'account' && platform === 'TELEGRAM' ? [SHARE_PLACE] : []),
    {
      kind: 'buttons',
      buttons: [...choiceButtons(field, at, found), ...moves(field, at, answered[field.name])],
    },
  ]
}

/** Which question of which form a button answers. */
type Place = Readonly<{ step: number; args: Readonly<Record<string, string>> }>

function choiceButtons(
  field: FormField,
  { args }: Place,
  found: readonly Choice[] = field.choices ?? [],
): Button[] {
  return found.slice(0, OFFERED).map(({ value, label }) => ({
    label,
    command: 'dialogue',
    args: { ...args, value },
  }))
}

function moves(field: FormField, { step, args }: Place, known: Choice | undefined): Button[] {
  const move = (label: Text, what: string): Button => ({
    label,
    command: 'dialogue',
    args: { ...args, do: what },
  })
  return [
    ...(known ? [move(say('form.keep', { value: known.label }), 'skip')] : []),
    ...(!known && field.optional ? [move(say('form.skip'), 'skip')] : []),
    ...(step > 0 ? [move(say('form.back'), 'back')] : []),
    move(say('form.cancel'), 'cancel'),
  ]
}
