import type { KnownBlock, ModalView } from '@slack/types'
import type { Choice } from '../../commands/kit/form.ts'
import { at, isJson, type Json, textAt } from '../json.ts'
import type { Said } from './desk.ts'
import { renderBlocks, VIEW_ROOM } from './render.ts'
import { windowFor } from './windows.ts'

/** Marks the words about a failure, so that those of the next one take their place. */
const FAILED = /^failed\.\d+$/

/** What a window that was pressed in or sent shows next: the answer, or what stood there when all failed. */
export const nextWindow = (
  view: unknown,
  said: Said,
  choices: Readonly<Record<string, Choice>> = {},
): ModalView | null => (said.reply.failed ? sameWindow(view, said) : null) ?? windowFor(said, choices)

/**
 * The window as its person left it, with all that was typed and chosen, under the word about what failed: nothing was
 * changed, and everything in it is needed for the next try. Null when Slack did not send the window along.
 */
function sameWindow(view: unknown, { reply: { answer }, speak }: Said): ModalView | null {
  const blocks = at(view, 'blocks')
  if (!Array.isArray(blocks) || answer.kind !== 'view') return null
  const word = renderBlocks(answer.view, speak, VIEW_ROOM)
  const before = blocks.filter((block) => !FAILED.test(textAt(block, 'block_id')))
  const values = at(view, 'state', 'values')
  const frame = ['callback_id', 'private_metadata', 'title', 'submit', 'close'].flatMap((name) => {
    const value = at(view, name)
    return value ? [[name, value] as const] : []
  })
  return {
    type: 'modal',
    ...(Object.fromEntries(frame) as Pick<ModalView, 'title'>),
    blocks: [
      ...word.map((block, index): KnownBlock => ({ ...block, block_id: `failed.${index}` })),
      ...before.map((block) => asLeft(block, values)),
    ].slice(0, VIEW_ROOM.blocks),
  }
}

/** Of our own making, so that only texts and menus are to be thought of. */
function asLeft(block: unknown, values: unknown): KnownBlock {
  const [state] = Object.values((at(values, textAt(block, 'block_id')) as Json | undefined) ?? {})
  const element = at(block, 'element')
  if (textAt(block, 'type') !== 'input' || !isJson(element) || !isJson(block)) return block as KnownBlock
  const { initial_value: _text, initial_option: _option, ...control } = element
  const text = textAt(state, 'value')
  const option = at(state, 'selected_option')
  const left = {
    ...(text === '' ? {} : { initial_value: text }),
    ...(option ? { initial_option: option } : {}),
  }
  return { ...block, element: { ...control, ...left } } as unknown as KnownBlock
}
