import { remember } from '../remember.ts'
import type { Card, Exchange } from './protocol.ts'

/** How far back a reload shows. */
const KEPT = 50
/** How many acts' keys are remembered, so that one sent again is known. */
const KEYS_KEPT = 500

export type Listener = (persona: string, exchange: Exchange) => void

type Thread = {
  exchanges: readonly Exchange[]
  readonly keys: Map<string, string>
  readonly underForm: Map<string, Card>
}

export type Threads = ReturnType<typeof createThreads>

/** What was said in this process, per persona, in memory. It belongs to a demonstration: a restart may forget it. */
export function createThreads(startedAt: Date) {
  const threads = new Map<string, Thread>()
  const listeners = new Set<Listener>()
  // Counts on from the clock: after a restart a page must not take newer states for older ones.
  let seq = startedAt.getTime()

  const threadOf = (persona: string): Thread => {
    const thread = threads.get(persona) ?? { exchanges: [], keys: new Map(), underForm: new Map() }
    threads.set(persona, thread)
    return thread
  }

  return {
    lastSeq: () => seq,
    exchanges: (persona: string): readonly Exchange[] => threadOf(persona).exchanges,
    find: (persona: string, id: string) => threadOf(persona).exchanges.find((one) => one.id === id) ?? null,

    /** Adds an exchange or puts a newer state in its place, and tells everybody who listens. */
    put(persona: string, exchange: Omit<Exchange, 'seq'>): Exchange {
      seq += 1
      const thread = threadOf(persona)
      const newer = { ...exchange, seq }
      const at = thread.exchanges.findIndex((one) => one.id === exchange.id)
      thread.exchanges = at < 0 ? [...thread.exchanges, newer].slice(-KEPT) : thread.exchanges.with(at, newer)
      for (const listener of listeners) listener(persona, newer)
      return newer
    },

    /** Which exchange an act with this key led to, or null for a new key. */
    exchangeOf: (persona: string, key: string) => threadOf(persona).keys.get(key) ?? null,
    noteKey(persona: string, key: string, exchange: string): void {
      remember(threadOf(persona).keys, key, exchange, KEYS_KEPT)
    },

    /** The card that a form took the place of: it comes back when the form is left. */
    cardUnder: (persona: string, id: string): Card | null => threadOf(persona).underForm.get(id) ?? null,
    keepUnder(persona: string, id: string, card: Card | null): void {
      const { underForm, exchanges } = threadOf(persona)
      if (card) underForm.set(id, card)
      else underForm.delete(id)
      for (const known of underForm.keys())
        if (!exchanges.some((one) => one.id === known)) underForm.delete(known)
    },

    listen(listener: Listener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
