import { refusal } from './api-error.ts'
import { wellFormed } from './limits.ts'
import type { Button, Json } from './types.ts'

const BUTTONS_MAX = 100
const ROW_MAX = 8
const PLACEHOLDER_MAX = 64
const COPY_TEXT_MAX = 256
const STYLES = new Set<unknown>(['primary', 'success', 'danger'])
const INLINE_ACTIONS = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
]

export interface CheckedMarkup {
  inline: Button[][]
  markup: Json | null
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Checks reply_markup and gives the inline rows; empty rows are dropped as Telegram drops them. */
export function checkMarkup(value: unknown): CheckedMarkup {
  if (value === undefined || value === null || value === '') return { inline: [], markup: null }
  if (!isJson(value)) throw refusal("can't parse reply keyboard markup JSON object")
  if (value['inline_keyboard'] !== undefined) {
    const inline = rowsOf(value['inline_keyboard']).map((row) => row.map(inlineButton))
    return { inline, markup: inline.length === 0 ? null : value }
  }
  if (value['keyboard'] !== undefined) rowsOf(value['keyboard']).flat().forEach(replyButton)
  else if (value['remove_keyboard'] !== true && value['force_reply'] !== true) {
    if (Object.keys(value).length > 0) throw refusal("can't parse reply keyboard markup JSON object")
    return { inline: [], markup: null }
  }
  checkPlaceholder(value['input_field_placeholder'])
  return { inline: [], markup: value }
}

/** Edited messages take inline keyboards only. */
export function checkInlineMarkup(value: unknown): CheckedMarkup {
  const checked = checkMarkup(value)
  if (checked.markup !== null && checked.inline.length === 0) throw refusal('inline keyboard expected')
  return checked
}

function rowsOf(value: unknown): unknown[][] {
  if (!Array.isArray(value) || !value.every((row) => Array.isArray(row))) {
    throw refusal("can't parse keyboard: expected an Array of Arrays of buttons")
  }
  const rows = (value as unknown[][]).filter((row) => row.length > 0)
  const total = rows.reduce((sum, row) => sum + row.length, 0)
  if (total > BUTTONS_MAX || rows.some((row) => row.length > ROW_MAX)) {
    throw refusal('reply markup is too long')
  }
  return rows
}

function inlineButton(value: unknown): Button {
  if (!isJson(value)) throw refusal("can't parse inline keyboard button: expected an Object")
  const text = buttonText(value['text'])
  const actions = INLINE_ACTIONS.filter((name) => value[name] !== undefined)
  if (actions.length === 0) {
    throw refusal("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if (actions.length > 1) throw refusal(`inline keyboard button has several actions: ${actions.join(', ')}`)
  checkCallbackData(value['callback_data'])
  checkUrl(value['url'])
  checkCopyText(value['copy_text'])
  if (value['style'] !== undefined && !STYLES.has(value['style'])) throw refusal('invalid button style')
  return { ...value, text }
}

function buttonText(value: unknown): string {
  if (typeof value !== 'string') throw refusal('can\'t parse keyboard button: Can\'t find field "text"')
  if (value.trim() === '') throw refusal('keyboard button text must be non-empty')
  return wellFormed(value)
}

function checkCallbackData(value: unknown): void {
  if (value === undefined) return
  const bytes = typeof value === 'string' ? Buffer.byteLength(wellFormed(value)) : 0
  if (bytes < 1 || bytes > 64) throw refusal('BUTTON_DATA_INVALID')
}

/** Telegram knows public addresses only; a host without a dot is the usual slip from development. */
function checkUrl(value: unknown): void {
  if (value === undefined) return
  const url = typeof value === 'string' ? URL.parse(value) : null
  const web = url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.')
  if (!web && url?.protocol !== 'tg:') {
    throw refusal(`inline keyboard button URL ${JSON.stringify(value)} is invalid: Wrong HTTP URL`)
  }
}

function checkCopyText(value: unknown): void {
  if (value === undefined) return
  const text = isJson(value) ? value['text'] : undefined
  if (typeof text !== 'string' || text.length < 1 || text.length > COPY_TEXT_MAX) {
    throw refusal('BUTTON_COPY_TEXT_INVALID')
  }
}

function replyButton(value: unknown): void {
  buttonText(isJson(value) ? value['text'] : value)
}

function checkPlaceholder(value: unknown): void {
  if (value === undefined) return
  if (typeof value !== 'string' || value.length < 1 || value.length > PLACEHOLDER_MAX) {
    throw refusal('input field placeholder must be 1-64 characters long')
  }
}
