import { randomUUID } from 'node:crypto'
import type { Journal } from '../../commands/kit/invocation.ts'
import type { Push } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import type { People } from './personas.ts'
import { spokenView } from './spoken.ts'
import type { Threads } from './threads.ts'

type PushParts = Readonly<{ people: People; threads: Threads; journal: Journal; now(): Date }>

/** When nobody can say who there is. */
const AGAIN_MS = 5_000

/** Puts a card that nobody asked for into a persona's thread, where it waits for whoever opens it. */
export function createPush({ people, threads, journal, now }: PushParts): Push {
  return async (to, reader, view, begin) => {
    try {
      const known = to.platform === 'CONSOLE' ? await people.personas() : []
      if (!known.some(({ id }) => id === to.externalId)) return { kind: 'gone', reason: 'no such persona' }
      if (!(await begin())) return { kind: 'unwanted' }
      const { language } = reader
      const blocks = spokenView(view, speakerFor(reader))
      const { id } = threads.put(to.externalId, {
        id: randomUUID(),
        at: now().toISOString(),
        said: null,
        unasked: true,
        pending: false,
        card: { kind: 'view', language, blocks },
      })
      return { kind: 'sent', chat: to.externalId, message: id }
    } catch (error) {
      journal.warn({ err: error }, 'a message could not be put on the console')
      return { kind: 'later', afterMs: AGAIN_MS, reason: 'nobody can be looked up' }
    }
  }
}
