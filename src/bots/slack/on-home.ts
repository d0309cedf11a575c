import { textAt } from '../json.ts'
import { ask, type Desk } from './desk.ts'
import { SlackCallError } from './errors.ts'
import { eventKey } from './keys.ts'
import { pause } from './pause.ts'
import { homeView, strangerHome } from './windows.ts'

/** Whose tab is being published now, and which opening of it waits for that to end. */
type Tab = { running: Promise<void>; waiting: string | null }

export type HomeTabs = Readonly<{ opened(payload: unknown, event: unknown): Promise<void> }>

/** One person's tab is published by one at a time and not more often than the limit; the last opening counts. */
export function createHomeTabs(desk: Desk): HomeTabs {
  const tabs = new Map<string, Tab>()

  const run = async (user: string, tab: Tab): Promise<void> => {
    while (tab.waiting !== null && !desk.stopped.aborted) {
      const key = tab.waiting
      tab.waiting = null
      await publish(desk, user, key)
      await pause(desk.limits.publishEveryMs, desk.stopped)
    }
    tabs.delete(user)
  }

  return {
    async opened(payload, event) {
      // The same event comes for the tab of messages, too.
      if (textAt(event, 'tab') !== 'home') return
      const user = textAt(event, 'user')
      const key = eventKey(payload)
      const open = tabs.get(user)
      if (open) {
        open.waiting = key
        return open.running
      }
      const tab: Tab = { running: Promise.resolve(), waiting: key }
      tabs.set(user, tab)
      tab.running = run(user, tab)
      return tab.running
    },
  }
}

async function publish(desk: Desk, user: string, key: string): Promise<void> {
  const act = { kind: 'press', command: 'account', args: {} } as const
  const { reply, speak } = await ask(desk, { user, key, chat: user, audience: 'asker', act })
  // What stands there is better than the word that nothing can be looked up.
  if (reply.answer.kind !== 'view' || reply.failed) return
  const view = reply.known ? homeView(reply.answer.view, speak) : strangerHome(reply.answer.view, speak)
  try {
    await desk.client.call('views.publish', { user_id: user, view }, user)
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error
    desk.journal.warn({ method: error.method, code: error.code }, 'a Home tab could not be published')
  }
}
