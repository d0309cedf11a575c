import { optionsOf } from './block-kit-composition.ts'
import { chars, isJson, record, records, str, type Json } from './json.ts'
import type { StoredView } from './views.ts'
import { controlsOf, type Control } from './visible.ts'

/** What a test types: `{ amount: '12' }` by action_id or `{ block: { amount: '12' } }` by block_id. */
export type FormValues = Record<string, unknown>

/** A view, or the input fields of a message. */
export type Form = Pick<StoredView, 'view' | 'typed'>

const single: Record<string, string> = {
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  rich_text_input: 'rich_text_value',
  file_input: 'files',
}
const oneOption = ['static_select', 'external_select', 'radio_buttons', 'overflow']
const manyOptions = ['multi_static_select', 'multi_external_select', 'checkboxes']

function option(element: Json, wanted: unknown): Json {
  if (isJson(wanted)) return wanted
  const found = optionsOf(element).find(
    (item) => item['value'] === wanted || record(item['text'])['text'] === wanted,
  )
  if (found) return found
  if (str(element['type']).includes('external')) {
    return { text: { type: 'plain_text', text: String(wanted) }, value: String(wanted) }
  }
  throw new Error(`Slack offers no option "${String(wanted)}" in ${str(element['action_id'])}`)
}

/** One control's value in the shape Slack puts into state.values. */
export function stateOf(element: Json, given: unknown): Json {
  const type = str(element['type'])
  if (oneOption.includes(type)) {
    const chosen = given ?? element['initial_option'] ?? null
    return { type, selected_option: chosen === null ? null : option(element, chosen) }
  }
  if (manyOptions.includes(type)) {
    const chosen = given ?? element['initial_options'] ?? []
    return {
      type,
      selected_options: (Array.isArray(chosen) ? chosen : [chosen]).map((o) => option(element, o)),
    }
  }
  const key = single[type] ?? 'value'
  const initial = element[key.replace('selected_', 'initial_')] ?? element['initial_value'] ?? null
  const value = given ?? initial
  return { type, [key]: key === 'value' && typeof value === 'number' ? String(value) : value }
}

/** Puts the typed values into the view and returns the whole state, untouched fields included. */
export function typeInto(stored: Form, values: FormValues): Record<string, Json> {
  const state: Record<string, Json> = {}
  const used = new Set<string>()
  for (const { element, blockId } of formControls(stored.view['blocks'])) {
    const actionId = str(element['action_id'])
    const own = values[blockId]
    const given = isJson(own) && actionId in own ? own[actionId] : values[actionId]
    if (given !== undefined) used.add(isJson(own) && actionId in own ? blockId : actionId)
    const before = record(stored.typed[blockId])[actionId]
    const value = given === undefined && before !== undefined ? before : stateOf(element, given)
    state[blockId] = { ...state[blockId], [actionId]: value }
  }
  const stray = Object.keys(values).filter((key) => !used.has(key))
  if (stray.length > 0) throw new Error(`the form has no field called ${stray.join(', ')}`)
  stored.typed = state
  stored.view = { ...stored.view, state: { values: state } }
  return state
}

function formControls(blocks: unknown): Control[] {
  return controlsOf(blocks).filter(({ element }) => !['button', 'overflow'].includes(str(element['type'])))
}

/** What the Slack client itself would not let the user send. */
export function submissionProblems(stored: StoredView): string[] {
  return records(stored.view['blocks'])
    .filter((block) => block['type'] === 'input')
    .flatMap((block) => fieldProblems(block, record(stored.typed[str(block['block_id'])])))
}

function fieldProblems(block: Json, values: Json): string[] {
  const element = record(block['element'])
  const state = record(values[str(element['action_id'])])
  const value = Object.entries(state).find(([key]) => key !== 'type')?.[1] ?? null
  const name = str(record(block['label'])['text'])
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) return block['optional'] === true ? [] : [`"${name}" is required`]
  if (element['type'] === 'number_input') return numberProblems(name, element, Number(value))
  const length = chars(str(value))
  if (length > Number(element['max_length'] ?? 3000)) return [`"${name}" is too long`]
  return length < Number(element['min_length'] ?? 0) ? [`"${name}" is too short`] : []
}

function numberProblems(name: string, element: Json, value: number): string[] {
  const low = Number(element['min_value'] ?? Number.NEGATIVE_INFINITY)
  const high = Number(element['max_value'] ?? Number.POSITIVE_INFINITY)
  const whole = element['is_decimal_allowed'] === true || Number.isInteger(value)
  return value >= low && value <= high && whole ? [] : [`"${name}" is not an allowed number`]
}
