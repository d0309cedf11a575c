import type { View } from '../../commands/kit/view.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { ButtonTokens } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import { dataOf } from './callback-data.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { renderTelegram } from './render.ts'

/** One message, ready to send; `text` for the case that Telegram refuses the markup. */
export type Outgoing = Readonly<{ html: string; text: string; keyboard: Keyboard }>

type Parts = Readonly<{ tokens: ButtonTokens; now(): Date }>

/** A view in the reader's words; its buttons are good for `owner` alone. */
export function outgoing(
  { tokens, now }: Parts,
  view: View,
  reader: Reader,
  owner: string,
): Promise<readonly Outgoing[]> {
  const messages = renderTelegram(view, speakerFor(reader))
  return Promise.all(
    messages.map(async ({ html, text, keys }) => ({
      html,
      text,
      keyboard: await keyboardOf(keys, (button) => dataOf(button, owner, tokens, now())),
    })),
  )
}
