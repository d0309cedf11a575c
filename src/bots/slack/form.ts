import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import { type Choice, type FormField, type OpenForm, SEARCHED } from '../../commands/kit/form.ts'
import type { FieldKind } from '../../commands/kit/form.ts'
import { say } from '../../commands/kit/view.ts'
import { at, isJson, parsed, textAt } from '../json.ts'
import type { Speaker } from '../speaker.ts'
import { plainText } from './render.ts'
import { cut, lengthOf, oneLine, paragraph, piecesOf } from './text.ts'

const TITLE = 24
const LABEL = 2_000
const OPTION = 75
const OPTIONS = 100
const LINE = 3_000
const ERROR = 500
const METADATA = 3_000

/** The type of control for one field. */
type Control = InputBlock['element']

/**
 * The window that asks a command's fields. The block_id is the field's name and the action_id its kind, so what was
 * typed survives an update, an error finds its field, and a search knows what it is for.
 */
export function formModal(open: OpenForm, speak: Speaker): ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata: metadataOf(open),
    title: plainText(titleOf(speak({ key: open.form.title }))),
    submit: plainText(titleOf(speak({ key: open.form.submit }))),
    close: plainText(titleOf(speak({ key: 'form.cancel' }))),
    blocks: open.form.fields.flatMap((field) => fieldBlocks(field, open, speak)),
  }
}

/** The command, and the values that are no fields: they travel unseen. */
function metadataOf({ command, form, values }: OpenForm): string {
  const shown = new Set(form.fields.map(({ name }) => name))
  const hidden = Object.entries(values).flatMap(([name, { value }]) =>
    shown.has(name) ? [] : [[name, value] as const],
  )
  return JSON.stringify(hidden.length > 0 ? { command, hidden: Object.fromEntries(hidden) } : { command })
}

/** Hidden values are short ids. Without one of them a form would mean something else, so none is ever left out. */
export function checkHidden(open: OpenForm): void {
  if (lengthOf(metadataOf(open)) > METADATA)
    throw new Error(`the hidden values of the form of ${open.command} are too long for Slack`)
}

export const titleOf = (words: string): string => cut(oneLine(words), TITLE) || 'Kamerton'

function fieldBlocks(field: FormField, open: OpenForm, speak: Speaker): KnownBlock[] {
  const label = oneLine(speak({ key: field.label })) || '–'
  const hint = hintOf(field, speak)
  const frame = {
    type: 'input',
    ...(field.optional ? { optional: true } : {}),
    ...(hint === '' ? {} : { hint: plainText(cut(hint, LABEL)) }),
  } as const
  const known = open.values[field.name]
  const inputs: InputBlock[] = [
    {
      ...frame,
      block_id: field.name,
      label: plainText(cut(label, LABEL)),
      element: controlFor(field, known, speak),
    },
    ...furtherPieces(field, known).map(
      (text, index): InputBlock => ({
        type: 'input',
        block_id: `${field.name}.${index + 2}`,
        label: plainText(`${cut(label, LABEL - 10)} (${index + 2})`),
        element: textInput(text, true),
        optional: true,
      }),
    ),
  ]
  const wrong = open.errors[field.name]
  const remark = wrong ? cut(oneLine(speak(wrong)), ERROR) : ''
  if (remark === '') return inputs
  return [...inputs, { type: 'section', block_id: `${field.name}.error`, text: plainText(`🔴 ${remark}`) }]
}

function hintOf({ hint, kind }: FormField, speak: Speaker): string {
  const own = hint ? oneLine(speak({ key: hint })) : ''
  if (kind !== 'paragraph') return own
  return `${own} ${speak(say('slack.form.longest', { most: LINE }))}`.trim()
}

/** A text that is longer than a field takes goes on in further ones: nothing of it is lost when it is sent back. */
const furtherPieces = ({ kind }: FormField, known: Choice | undefined): readonly string[] =>
  kind === 'paragraph' && known ? piecesOf(paragraph(known.value), LINE).slice(1) : []

function textInput(text: string, multiline: boolean): Control {
  const input = { type: 'plain_text_input', action_id: 'line', multiline, max_length: LINE } as const
  return text === '' ? input : { ...input, initial_value: text }
}

function controlFor(field: FormField, known: Choice | undefined, speak: Speaker): Control {
  if (SEARCHED.includes(field.kind)) {
    const initial = known ? optionsOf([known], speak)[0] : undefined
    return {
      type: 'external_select',
      action_id: field.kind,
      min_query_length: field.kind === 'account' ? 1 : 0,
      ...(initial ? { initial_option: initial } : {}),
    }
  }
  const options = optionsOf(field.choices ?? [], speak)
  if (field.kind === 'choice' && options.length > 0) {
    const initial = options.find(({ value }) => value === known?.value)
    return {
      type: 'static_select',
      action_id: 'choice',
      options,
      ...(initial ? { initial_option: initial } : {}),
    }
  }
  const text = known ? paragraph(known.value) : ''
  if (field.kind !== 'paragraph') return textInput(cut(text, LINE), false)
  return textInput(piecesOf(text, LINE)[0] ?? '', true)
}

/** Slack takes no menu with two equal values, and no value beyond 75 characters or without any: those are left out. */
export function optionsOf(choices: readonly Choice[], speak: Speaker): PlainTextOption[] {
  const seen = new Set<string>()
  const options: PlainTextOption[] = []
  for (const { value, label } of choices) {
    const sound = value !== '' && value === oneLine(value) && lengthOf(value) <= OPTION
    if (!sound || seen.has(value) || options.length === OPTIONS) continue
    seen.add(value)
    options.push({ text: plainText(cut(oneLine(speak(label)), OPTION) || '–'), value })
  }
  return options
}

/** Which kind of search a menu is for; null for a menu we did not make. */
export function searchKind(actionId: string): FieldKind | null {
  if (actionId === FIND) return 'account'
  return SEARCHED.find((kind) => kind === actionId) ?? null
}

/** The search on the Home tab; what is chosen there opens. */
export const FIND = 'find'

/** What was typed and chosen in a window, and what was hidden in it; a field left empty is not there. */
export function submitted(view: unknown): { command: string; choices: Record<string, Choice> } {
  const metadata = parsed(textAt(view, 'private_metadata'))
  const hidden = at(metadata, 'hidden')
  const choices: Record<string, Choice> = {}
  for (const [name, value] of Object.entries(isJson(hidden) ? hidden : {})) {
    if (typeof value === 'string') choices[name] = { value, label: { plain: value } }
  }
  const state = at(view, 'state', 'values')
  for (const [id, controls] of Object.entries(isJson(state) ? state : {}).toSorted(byPiece)) {
    const [control] = isJson(controls) ? Object.values(controls) : []
    const option = at(control, 'selected_option')
    const value = textAt(option, 'value') || textAt(control, 'value')
    if (value === '') continue
    const name = id.replace(PIECE, '')
    const before = name === id ? '' : (choices[name]?.value ?? '')
    const whole = before === '' ? value : `${before}\n${value}`
    choices[name] = { value: whole, label: { plain: textAt(option, 'text', 'text') || whole } }
  }
  return { command: textAt(metadata, 'command'), choices }
}

/** The end of the name of a field that another one goes on in. */
const PIECE = /\.(\d+)$/
const pieceOf = (id: string) => Number(PIECE.exec(id)?.[1] ?? 1)
const byPiece = ([one]: [string, unknown], [other]: [string, unknown]) => pieceOf(one) - pieceOf(other)

/** The form again, with the words of what was chosen instead of the bare values that a command knows. */
export function withChosenWords(open: OpenForm, choices: Readonly<Record<string, Choice>>): OpenForm {
  const values = Object.entries(open.values).map(([name, choice]) => {
    const chosen = choices[name]
    return [name, chosen?.value === choice.value ? chosen : choice] as const
  })
  return { ...open, values: Object.fromEntries(values) }
}

/** Errors as Slack shows them under the fields. Null when one of them has no field in this window. */
export function fieldErrors(open: OpenForm, view: unknown, speak: Speaker): Record<string, string> | null {
  const blocks = at(view, 'blocks')
  const shown = Array.isArray(blocks) ? blocks.filter((block) => textAt(block, 'type') === 'input') : []
  const names = new Set(shown.map((block) => textAt(block, 'block_id')))
  const errors = Object.entries(open.errors).map(
    ([name, error]) => [name, cut(oneLine(speak(error)), ERROR) || '–'] as const,
  )
  if (errors.length === 0 || errors.some(([name]) => !names.has(name))) return null
  return Object.fromEntries(errors)
}
