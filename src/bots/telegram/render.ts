import { say, type View } from '../../commands/kit/view.ts'
import type { Speaker } from '../speaker.ts'
import { type Line, toHtml, toPlain } from './html.ts'
import { type Key, keyRows } from './keyboard.ts'
import { linesOf } from './lines.ts'
import { paginate } from './pages.ts'

/** One message: `text` is what a person reads once the tags of `html` are gone. */
export type TelegramMessage = Readonly<{ html: string; text: string; keys: readonly (readonly Key[])[] }>

/**
 * A view as Telegram shows it. Words are cut while they are plain and escaped once, at the end, so that no tag and no
 * character reference is ever cut in half. The keyboard hangs on the last message, next to the thumb.
 */
export function renderTelegram(view: View, speak: Speaker): TelegramMessage[] {
  const keys = keyRows(
    view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])),
    speak,
  )
  const shown = view.filter(({ kind }) => kind !== 'buttons')
  const blocks = shown.map((block, index) => linesOf(block, shown[index - 1], speak))
  const more = (count: number): Line => [{ text: speak(say('view.more', { count })), mark: 'i' }]
  const pages = paginate(blocks, more)
  // Telegram refuses a keyboard without words above it.
  if (pages.length === 0 && keys.length > 0) pages.push([[{ text: speak(say('telegram.choose')) }]])
  return pages.map((lines, index) => ({
    html: toHtml(lines),
    text: toPlain(lines),
    keys: index === pages.length - 1 ? keys : [],
  }))
}
