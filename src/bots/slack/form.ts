import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import { type Choice, type FormField, type OpenForm, SEARCHED } from '../../commands/kit/form.ts'
import type { FieldKind } from '../../commands/kit/form.ts'
import { at, isJson, parsed, textAt } from '../json.ts'
import type { Speaker } from '../speaker.ts'
import { plainText } from './render.ts'
import { cut, lengthOf, oneLine, paragraph } from './text.ts'

const TITLE = 24
const LABEL = 2_000
const OPTION = 75
const OPTIONS = 100
const LINE = 3_000
const ERROR = 500

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
    private_metadata: JSON.stringify({ command: open.command }),
    title: plainText(titleOf(speak({ key: open.form.title }))),
    submit: plainText(titleOf(speak({ key: open.form.submit }))),
    close: plainText(titleOf(speak({ key: 'form.cancel' }))),
    blocks: open.form.fields.flatMap((field) => fieldBlocks(field, open, speak)),
  }
}

export const titleOf = (words: string): string => cut(oneLine(words), TITLE) || 'Kamerton'

function fieldBlocks(field: FormField, open: OpenForm, speak: Speaker): KnownBlock[] {
  const hint = field.hint ? oneLine(speak({ key: field.hint })) : ''
  const input: InputBlock = {
    type: 'input',
    block_id: field.name,
    label: plainText(cut(oneLine(speak({ key: field.label })), LABEL) || '–'),
    element: controlFor(field, open.values[field.name], speak),
    ...(field.optional ? { optional: true } : {}),
    ...(hint === '' ? {} : { hint: plainText(cut(hint, LABEL)) }),
  }
  const wrong = open.errors[field.name]
  const remark = wrong ? cut(oneLine(speak(wrong)), ERROR) : ''
  if (remark === '') return [input]
  return [input, { type: 'section', block_id: `${field.name}.error`, text: plainText(`🔴 ${remark}`) }]
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
  const text = known ? cut(paragraph(known.value), LINE) : ''
  return { type: 'plain_text_input', action_id: 'line', ...(text === '' ? {} : { initial_value: text }) }
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

/** What was typed and chosen in a window; a field left empty is not there. */
export function submitted(view: unknown): { command: string; choices: Record<string, Choice> } {
  const command = textAt(parsed(textAt(view, 'private_metadata')), 'command')
  const state = at(view, 'state', 'values')
  const choices: Record<string, Choice> = {}
  for (const [name, controls] of Object.entries(isJson(state) ? state : {})) {
    const [control] = isJson(controls) ? Object.values(controls) : []
    const option = at(control, 'selected_option')
    const value = textAt(option, 'value') || textAt(control, 'value')
    if (value !== '') choices[name] = { value, label: { plain: textAt(option, 'text', 'text') || value } }
  }
  return { command, choices }
}

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
