import type { InlineKeyboardButton } from 'telegraf/types'
import type { Button } from '../../commands/kit/view.ts'
import type { Speaker } from '../speaker.ts'
import { widthUpTo } from '../width.ts'
import { isVisible, onOneLine, shortened } from './html.ts'

const BUTTONS = 100
/** What a telephone shows of a button that has a row to itself. */
const LONGEST_LABEL = 40
/** Two labels of this width stand side by side without being cut off. */
const SHORT_LABEL = 16
const SHORT_PER_ROW = 2

/** A button with its words; its payload is made when it is sent, because that may need the database. */
export type Key = Readonly<{ label: string; button: Button }>

/** `style` is newer than telegraf's types. */
type StyledButton = InlineKeyboardButton.CallbackButton & { style?: 'primary' | 'danger' }

export type Keyboard = StyledButton[][]

/** Long labels get a row of their own, short neighbours share one. */
export function keyRows(buttons: readonly Button[], speak: Speaker): Key[][] {
  const rows: Key[][] = []
  let open = false
  for (const button of buttons.slice(0, BUTTONS)) {
    const words = shortened(onOneLine(speak(button.label)), LONGEST_LABEL)
    const key = { label: isVisible(words) ? words : '…', button }
    const isShort = widthUpTo(key.label, SHORT_LABEL) <= SHORT_LABEL
    const row: Key[] | undefined = open && isShort ? rows.at(-1) : undefined
    if (row) row.push(key)
    else rows.push([key])
    open = isShort && (row?.length ?? 1) < SHORT_PER_ROW
  }
  return rows
}

export async function keyboardOf(
  rows: readonly (readonly Key[])[],
  dataOf: (button: Button) => Promise<string>,
): Promise<Keyboard> {
  const made = async ({ label, button }: Key): Promise<StyledButton> => {
    const style = button.style ? { style: button.style } : {}
    return { text: label, callback_data: await dataOf(button), ...style }
  }
  return Promise.all(rows.map((row) => Promise.all(row.map(made))))
}
