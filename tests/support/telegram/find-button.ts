import type { ChatRecord } from './chat-store.ts'
import type { BotMessage, Button } from './types.ts'

/** A label, a pattern for it, or a test of the whole button. */
export type PressTarget = string | RegExp | ((button: Button) => boolean)

export interface FoundButton {
  message: BotMessage
  data: string
}

/** Finds what a person would tap: exactly one callback button with this label, on a living message. */
export function findButton(
  chat: ChatRecord,
  target: PressTarget,
  given: BotMessage | undefined,
): FoundButton {
  const message = given ?? chat.messages.findLast((item) => !item.deleted && item.keyboard.length > 0)
  if (message === undefined) throw new Error(`no message with a keyboard in chat ${chat.id}`)
  if (message.deleted) throw new Error(`message ${message.messageId} is deleted, nobody can tap it`)
  const buttons = message.keyboard.flat()
  const found = buttons.filter((button) => matches(button, target))
  const [button] = found
  if (button === undefined || found.length > 1) throw new Error(explain(buttons, found.length, target))
  if (button.callback_data === undefined) throw new Error(`"${button.text}" is not a callback button`)
  return { message, data: button.callback_data }
}

function matches(button: Button, target: PressTarget): boolean {
  if (typeof target === 'string') return button.text === target
  return target instanceof RegExp ? target.test(button.text) : target(button)
}

function explain(buttons: Button[], count: number, target: PressTarget): string {
  const labels = JSON.stringify(buttons.map((button) => button.text))
  return `${count === 0 ? 'no button' : `${count} buttons`} for ${String(target)} among ${labels}`
}
