import { createBoard } from './board.js'
import { createConnection, getJson } from './connection.js'
import { el } from './dom.js'
import { memory } from './memory.js'
import { sayIn, setWords } from './words.js'

/** @typedef {import('../protocol.ts').Start} Start */
/** @typedef {import('./words.js').Language} Language */

const RETRY_MS = 2_000

/** Who is on the page stands in its address, so that a reload, a bookmark or a second tab shows the same. */
function shownInAddress() {
  const ids = location.hash.slice(1).split('&').map(decodeURIComponent)
  return ids.slice(0, 2).map((id) => id || null)
}

/** @param {readonly (string | null)[]} shown */
function addressOf(shown) {
  const hash = shown.map((id) => encodeURIComponent(id ?? '')).join('&')
  return hash === '' ? location.pathname : `#${hash}`
}

/** @returns {Language} */
function firstLanguage() {
  const kept = memory.language()
  if (kept === 'en' || kept === 'ru') return kept
  return navigator.language.startsWith('ru') ? 'ru' : 'en'
}

/** @param {Start} start */
function open({ personas, words }) {
  setWords(words)
  const known = (/** @type {string | null} */ id) =>
    personas.some((persona) => persona.id === id) ? id : null
  /** @type {Map<string, Language>} */
  const languages = new Map(personas.map(({ id, language }) => [id, language]))
  /** @type {import('./board.js').Frame} */
  let frame = { shown: shownInAddress().map(known), language: firstLanguage() }

  const connection = createConnection({ onLink: (link) => board.onLink(link) })
  const board = createBoard({
    personas,
    connection,
    languageOf: ({ id, language }) => languages.get(id) ?? language,
    change(part) {
      const before = frame.shown
      frame = { ...frame, ...part }
      if (part.shown) history.pushState(null, '', addressOf(frame.shown))
      if (part.language) memory.keepLanguage(part.language)
      show()
      if (part.shown) board.focus(firstNew(before, frame.shown))
    },
    speaks(persona, language) {
      if (languages.get(persona) === language) return
      languages.set(persona, language)
      // After the answer is drawn: the panes are made anew in the other language.
      queueMicrotask(redraw)
    },
    arrived(exchange) {
      if (document.hidden) unread.add(exchange)
      entitle()
    },
  })
  /** What came by itself while nobody looked. @type {Set<string>} */
  const unread = new Set()

  const entitle = () => {
    const names = frame.shown.map((id) => personas.find((one) => one.id === id)?.name)
    const title = [...names, sayIn(frame.language)('title')].filter(Boolean).join(' · ')
    document.title = unread.size > 0 ? `(${unread.size}) ${title}` : title
  }

  const show = () => {
    document.documentElement.lang = frame.language
    entitle()
    connection.show(frame.shown.filter((id) => id !== null))
    board.show(frame)
  }

  /** Keeps the focus in the pane where it was. */
  const redraw = () => {
    const at = [...document.querySelectorAll('.pane')].findIndex((pane) =>
      pane.contains(document.activeElement),
    )
    show()
    if (at >= 0) board.focus(at)
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    unread.clear()
    entitle()
  })
  window.addEventListener('popstate', () => {
    frame = { ...frame, shown: shownInAddress().map(known) }
    show()
  })
  document.querySelector('#kamerton')?.replaceChildren(board.element)
  measureScrollbar()
  show()
}

/** @param {readonly (string | null)[]} before @param {readonly (string | null)[]} after */
function firstNew(before, after) {
  const index = after.findIndex((id, at) => id !== before[at] || at >= before.length)
  return Math.max(index, 0)
}

/** The line and the name over a talk stand exactly over and under its cards, whatever a scrollbar takes. */
function measureScrollbar() {
  const box = el('div', { class: 'scrollbar-gauge' })
  document.body.append(box)
  document.documentElement.style.setProperty('--bar', `${box.offsetWidth - box.clientWidth}px`)
  box.remove()
}

/** The words are not here yet when the server is away from the beginning, so both languages are in this file. */
function waiting() {
  const text =
    firstLanguage() === 'ru'
      ? 'Камертон пока не отвечает. Пробую снова.'
      : 'Kamerton does not answer yet. Trying again.'
  document.querySelector('#kamerton')?.replaceChildren(el('p', { class: 'starting', role: 'status', text }))
}

async function begin() {
  try {
    open(await getJson('/api/start'))
  } catch (error) {
    if (document.querySelector('.board')) throw error
    waiting()
    setTimeout(begin, RETRY_MS)
  }
}

void begin()
