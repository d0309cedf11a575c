import type { Journal } from '../../commands/kit/invocation.ts'
import type { Edit } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import type { People } from './personas.ts'
import type { Card } from './protocol.ts'
import { spokenView } from './spoken.ts'
import type { Threads } from './threads.ts'

type EditParts = Readonly<{ people: People; threads: Threads; journal: Journal }>

/** When nobody can say who there is. */
const AGAIN_MS = 5_000
/** As long as an answer takes, about. */
const PENDING_MS = 500

/**
 * Puts a newer card into an exchange. Under a form it waits for whoever leaves the form; what is about to be answered is
 * left alone, because the answer is newer.
 */
export function createEdit({ people, threads, journal }: EditParts): Edit {
  return async (to, { chat, message }, reader, view) => {
    try {
      const known = to.platform === 'CONSOLE' && chat === to.externalId ? await people.personas() : []
      if (!known.some(({ id }) => id === chat)) return { kind: 'gone', reason: 'no such persona' }
      const { language } = reader
      const card: Card = { kind: 'view', language, blocks: spokenView(view, speakerFor(reader)) }
      const shown = threads.find(chat, message)
      if (!shown) return { kind: 'gone', reason: 'no such exchange' }
      if (shown.pending) return { kind: 'later', afterMs: PENDING_MS, reason: 'an answer is under way' }
      if (shown.card?.kind === 'form') threads.keepUnder(chat, message, card)
      else {
        threads.keepUnder(chat, message, null)
        threads.put(chat, { ...shown, card })
      }
      return { kind: 'done' }
    } catch (error) {
      journal.warn({ err: error }, 'a card on the console could not be edited')
      return { kind: 'later', afterMs: AGAIN_MS, reason: 'nobody can be looked up' }
    }
  }
}
