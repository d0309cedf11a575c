import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Choice } from '../../commands/kit/form.ts'
import { say, type View } from '../../commands/kit/view.ts'
import type { Speaker } from '../speaker.ts'
import type { Said } from './desk.ts'
import { FIND, formModal, titleOf, withChosenWords } from './form.ts'
import { plainText, renderBlocks, type Room, VIEW_ROOM } from './render.ts'

/** A view in a window of its own, with the same buttons as in a message. */
export function cardModal(view: View, speak: Speaker): ModalView {
  const blocks = renderBlocks(view, speak, VIEW_ROOM)
  return modal(blocks.length > 0 ? blocks : [nothing], speak)
}

/** An answer as a window, with the words of what was chosen in it before; null when it was given before. */
export function windowFor(
  { reply: { answer }, speak }: Said,
  choices: Readonly<Record<string, Choice>> = {},
): ModalView | null {
  if (answer.kind === 'form') return formModal(withChosenWords(answer.form, choices), speak)
  return answer.kind === 'view' ? cardModal(answer.view, speak) : null
}

/** Stands where the answer will be, when the answer takes longer than the right to open a window lasts. */
export function loadingModal(speak: Speaker): ModalView {
  return modal([{ type: 'section', text: plainText(speak(say('slack.working'))) }], speak)
}

const nothing: KnownBlock = { type: 'section', text: plainText('–') }

const modal = (blocks: KnownBlock[], speak: Speaker): ModalView => ({
  type: 'modal',
  callback_id: 'card',
  title: plainText('Kamerton'),
  close: plainText(titleOf(speak(say('slack.close')))),
  blocks,
})

/** What the frame of the Home tab takes from the room for the accounts. */
const HOME_ROOM: Room = { ...VIEW_ROOM, blocks: VIEW_ROOM.blocks - 4 }

/** The asker's accounts, and the way to all the rest. */
export function homeView(view: View, speak: Speaker): HomeView {
  // The buttons of the view number from 0; ours stand apart from them.
  const buttons = renderBlocks(
    [
      {
        kind: 'buttons',
        buttons: [
          { label: say('settings.title'), command: 'settings', args: {} },
          { label: say('help.button'), command: 'kamerton', args: {} },
        ],
      },
    ],
    speak,
    VIEW_ROOM,
    { next: 10_000 },
  )
  const find: KnownBlock = {
    type: 'section',
    block_id: FIND,
    text: plainText(speak(say('slack.home.find'))),
    accessory: {
      type: 'external_select',
      action_id: FIND,
      placeholder: plainText(speak(say('slack.home.find.hint'))),
      min_query_length: 1,
    },
  }
  return {
    type: 'home',
    blocks: [find, { type: 'divider' }, ...renderBlocks(view, speak, HOME_ROOM), ...buttons],
  }
}

/** For somebody who is not let in (yet): why, and how to get in. Nothing else of the product. */
export function strangerHome(view: View, speak: Speaker): HomeView {
  const welcome: View = [
    { kind: 'heading', text: say('slack.home.title') },
    { kind: 'text', text: say('slack.home.welcome') },
    ...view,
  ]
  return { type: 'home', blocks: renderBlocks(welcome, speak, HOME_ROOM) }
}
