/** @typedef {import('../protocol.ts').Act} Act */
/** @typedef {import('../protocol.ts').ActRequest} ActRequest */
/** @typedef {import('../protocol.ts').Exchange} Exchange */
/** @typedef {'long' | 'gone' | 'other'} Refusal */
/**
 * One exchange as this page knows it: the server's state, and what this page has done to it meanwhile.
 * @typedef {Readonly<{ exchange: Exchange, unsent: boolean, refused: Refusal | null, sent: Act | null }>} Entry
 */

/** `live`: it happened just now, and is not history that is being caught up on. */
/** @typedef {(entry: Entry, before: Entry | null, live: boolean) => void} Listener */
/** @typedef {ReturnType<typeof createTalk>} Talk */

/** Everything said as one persona. Panes listen; several may show the same talk. */
export function createTalk() {
  /** @type {Map<string, Entry>} */
  const entries = new Map()
  /** @type {Set<Listener>} */
  const listeners = new Set()

  /** @param {Entry} entry @param {boolean} [live] */
  const put = (entry, live = true) => {
    const before = entries.get(entry.exchange.id) ?? null
    entries.set(entry.exchange.id, entry)
    for (const listener of listeners) listener(entry, before, live)
  }

  return {
    entries: () => [...entries.values()],

    /**
     * What was typed, oldest first, each line once.
     * @returns {readonly string[]}
     */
    lines() {
      const said = [...entries.values()]
        .map(({ exchange }) => exchange.said)
        .filter((line) => line !== null && line !== '')
      return [...new Set(/** @type {string[]} */ (said).toReversed())].toReversed()
    },

    /** @param {ActRequest} request */
    begin({ key, on, act }) {
      const id = on ?? key
      const known = entries.get(id)?.exchange
      const said = act.kind === 'line' ? act.text : (known?.said ?? null)
      /** @type {Exchange} */
      const exchange = known
        ? { ...known, pending: true }
        : { id, seq: 0, at: new Date().toISOString(), said, pending: true, card: null }
      put({ exchange, unsent: false, refused: null, sent: act })
    },

    /** The server's word, unless a newer one is here already. @param {Exchange} exchange @param {boolean} [live] */
    take(exchange, live = true) {
      const known = entries.get(exchange.id)
      if (known && known.exchange.seq >= exchange.seq) return
      put({ exchange, unsent: false, refused: null, sent: known?.sent ?? null }, live)
    },

    /** @param {string} id @param {boolean} unsent */
    markUnsent(id, unsent) {
      const known = entries.get(id)
      if (known && known.unsent !== unsent) put({ ...known, unsent })
    },

    /** @param {string} id @param {Refusal} refused */
    refuse(id, refused) {
      const known = entries.get(id)
      if (known) put({ ...known, exchange: { ...known.exchange, pending: false }, unsent: false, refused })
    },

    /** @param {string} id */
    forget(id) {
      const known = entries.get(id)
      if (known) entries.delete(id)
    },

    /** @param {Listener} listener */
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
