import { memory } from './memory.js'
import { createTalk } from './talk.js'

/** @typedef {import('../protocol.ts').ActRequest} ActRequest */
/** @typedef {import('../protocol.ts').Exchange} Exchange */
/** @typedef {import('./talk.js').Talk} Talk */
/** @typedef {Readonly<{ away: boolean, retryAt: number | null }>} Link */

const LONGEST_WAIT_MS = 10_000
/** How often a tab that nobody sees looks for reminders. */
const HIDDEN_LOOK_MS = 20_000

/** @param {string} persona */
const root = (persona) => `/api/people/${encodeURIComponent(persona)}`

/** A key no other act has. `randomUUID` exists on https and localhost only, so it is made by hand. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** @param {string} path @returns {Promise<any>} */
export async function getJson(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

const LONGEST_TYPED = 200

/** @param {string} persona @param {string} kind @param {string} typed */
export async function searchChoices(persona, kind, typed) {
  // No name is longer, and an address that is too long is refused.
  const query = new URLSearchParams({ kind, typed: typed.slice(0, LONGEST_TYPED) })
  const { choices } = await getJson(`${root(persona)}/suggest?${query}`)
  return /** @type {readonly import('../protocol.ts').SpokenChoice[]} */ (choices)
}

/** @param {string} persona */
export const loadExamples = (persona) =>
  /** @type {Promise<readonly import('../protocol.ts').Example[]>} */ (getJson(`${root(persona)}/examples`))

/** @typedef {ReturnType<typeof createConnection>} Connection */

/**
 * The wire: one stream for all personas on the page, and a box of acts that stay in it until the server has taken them.
 * @param {{ onLink: (link: Link) => void }} parts
 */
export function createConnection({ onLink }) {
  /** @type {Map<string, Talk>} */
  const talks = new Map()
  /** @param {string} persona */
  const talkOf = (persona) => {
    const talk = talks.get(persona) ?? createTalk()
    talks.set(persona, talk)
    return talk
  }
  const stream = createStream({ talkOf, onLink, onOpen: () => void flush() })

  let outbox = [...memory.outbox()]
  for (const { persona, request } of outbox) talkOf(persona).begin(request)
  /** @type {Set<string>} */
  const underWay = new Set()

  /** @param {(typeof outbox)[number]} outgoing */
  const settle = (outgoing) => {
    outbox = outbox.filter((one) => one !== outgoing)
    memory.keepOutbox(outbox)
  }

  /** @param {(typeof outbox)[number]} outgoing */
  const send = async (outgoing) => {
    const { persona, request } = outgoing
    const talk = talkOf(persona)
    const id = request.on ?? request.key
    if (underWay.has(request.key)) return
    underWay.add(request.key)
    talk.markUnsent(id, false)
    const response = await post(`${root(persona)}/acts`, request)
    underWay.delete(request.key)
    if (response === null) {
      talk.markUnsent(id, true)
      stream.lost()
      return
    }
    settle(outgoing)
    if (response.ok) talk.take(await response.json())
    else talk.refuse(id, response.status === 413 ? 'long' : response.status === 404 ? 'gone' : 'other')
  }

  /** In the order in which they were made: the second may rest on the first. */
  const flush = async () => {
    for (const outgoing of outbox) if (!stream.away()) await send(outgoing)
  }

  return {
    talkOf,
    show: stream.show,
    retry: stream.retry,

    /** @param {string} persona @param {ActRequest['act']} act @param {string} [on] */
    act(persona, act, on) {
      const outgoing = { persona, request: { key: newKey(), ...(on ? { on } : {}), act } }
      outbox.push(outgoing)
      memory.keepOutbox(outbox)
      talkOf(persona).begin(outgoing.request)
      void send(outgoing)
      return outgoing.request.on ?? outgoing.request.key
    },

    /** Leaves a form. @param {string} persona @param {string} on */
    async leave(persona, on) {
      const response = await post(`${root(persona)}/leave`, { on })
      if (response === null) return stream.lost()
      const { exchange } = response.ok ? await response.json() : { exchange: null }
      if (exchange) talkOf(persona).take(exchange)
    },
  }
}

/**
 * Null when nobody answered, or somebody who stands in for a server that is being restarted.
 * @param {string} path
 * @param {unknown} body
 */
async function post(path, body) {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return [502, 503, 504].includes(response.status) ? null : response
  } catch {
    return null
  }
}

/** @param {{ talkOf: (persona: string) => Talk, onLink: (link: Link) => void, onOpen: () => void }} parts */
function createStream({ talkOf, onLink, onOpen }) {
  /** @type {readonly string[]} */
  let personas = []
  /** @type {EventSource | null} */
  let source = null
  /** @type {string | null} What the page has seen; only true for the personas it was opened with. */
  let lastSeen = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let failures = 0

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }

  const open = () => {
    close()
    if (personas.length === 0) return
    const query = new URLSearchParams(personas.map((persona) => ['as', persona]))
    if (lastSeen) query.set('after', lastSeen)
    source = new EventSource(`/api/stream?${query}`)
    source.addEventListener('history', (event) => {
      const caughtUp = lastSeen !== null
      lastSeen = event.lastEventId
      for (const [persona, exchanges] of Object.entries(JSON.parse(event.data).threads)) {
        // A reminder is news also when the page was not listening as it came.
        for (const exchange of /** @type {Exchange[]} */ (exchanges))
          talkOf(persona).take(exchange, caughtUp && exchange.unasked === true)
      }
      failures = 0
      onLink({ away: false, retryAt: null })
      onOpen()
      if (document.hidden) rest()
    })
    source.addEventListener('exchange', (event) => {
      lastSeen = event.lastEventId
      const { persona, exchange } = JSON.parse(event.data)
      talkOf(persona).take(exchange)
    })
    source.addEventListener('error', lost)
  }

  /** Tries again by itself, less and less often; the browser's own retry gives up on some answers. */
  const lost = () => {
    close()
    failures += 1
    const wait = Math.min(1_000 * 2 ** (failures - 1), LONGEST_WAIT_MS)
    onLink({ away: true, retryAt: Date.now() + wait })
    timer = setTimeout(retry, wait)
  }

  const retry = () => {
    onLink({ away: failures > 0, retryAt: null })
    open()
  }

  /** A hidden tab gives its connection back (a browser grants six per server, and all tabs share them) and looks in now and then. */
  const rest = () => {
    close()
    timer = setTimeout(open, HIDDEN_LOOK_MS)
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : open()))
  window.addEventListener('online', retry)

  return {
    away: () => failures > 0,
    lost,
    retry,
    show: (/** @type {readonly string[]} */ shown) => {
      const wanted = [...new Set(shown)].toSorted()
      if (wanted.join('\n') === personas.join('\n')) return
      personas = wanted
      lastSeen = null
      open()
    },
  }
}
