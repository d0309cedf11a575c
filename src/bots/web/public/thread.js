import { cardBody, gist } from './card.js'
import { el, icon } from './dom.js'
import { focusFirstWrong, formNode } from './form.js'
import { timeIn } from './words.js'
import { memory } from './memory.js'

/** @typedef {import('./talk.js').Entry} Entry */
/** @typedef {import('../protocol.ts').Act} Act */
/** @typedef {import('./words.js').Say} Say */
/**
 * @typedef {Readonly<{
 *   persona: import('../protocol.ts').ShownPersona
 *   talk: import('./talk.js').Talk
 *   say: () => Say
 *   language: () => import('./words.js').Language
 *   sayIn(language: import('./words.js').Language): Say
 *   act: (act: Act, on?: string) => void
 *   leave: (on: string) => void
 *   restore: (text: string) => void
 *   announce: (text: string, isReminder: boolean) => void
 *   changed: (entry: Entry, live: boolean, isNew: boolean) => void
 *   empty: () => HTMLElement
 * }>} Parts
 */

/** Closer to the end than this, one reads along and is kept at the end. */
const NEAR_END_PX = 160
/** An answer quicker than this shows no sign of waiting, which would only flicker. */
const FRESH_MS = 2_000

/** The exchanges of one talk in one pane. @param {Parts} parts */
export function createThread(parts) {
  const list = el('div', { class: 'exchanges' })
  const element = el('div', { class: 'thread', tabindex: '-1' }, list)
  /** @type {Map<string, HTMLElement>} */
  const nodes = new Map()
  /** Which exchange was begun or used in this pane, so that the focus and the view follow it. @type {string | null} */
  let mine = null

  /** @param {Entry} entry */
  const draw = (entry) => {
    const id = entry.exchange.id
    const old = nodes.get(id)
    const node = exchangeNode(entry, parts, (act) => use(id, act))
    nodes.set(id, node)
    if (old) old.replaceWith(node)
    else list.insertBefore(node, laterThan(list, entry.exchange.at))
    return node
  }

  /** @param {string} id @param {Act} act */
  const use = (id, act) => {
    mine = id
    parts.act(act, id)
  }

  /** @type {import('./talk.js').Listener} */
  const onEntry = (entry, before, live) => {
    // The examples that stand there before the history comes may have grown since: nobody has scrolled away from its end.
    const isOpening = !live && list.querySelector('.empty') !== null
    const atEnd = isOpening || element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    if (!before && !entry.exchange.unasked) list.querySelector('.empty')?.remove()
    const held = nodes.get(entry.exchange.id)?.contains(document.activeElement) ?? false
    const node = draw(entry)
    const { exchange } = entry
    const isMine = mine === exchange.id || entry.sent?.kind === 'line'
    const answered = !exchange.pending && exchange.card !== before?.exchange.card
    const arrived = !before && live && exchange.unasked === true
    if (answered && (before?.exchange.card || arrived)) node.querySelector('.card')?.classList.add('changed')
    if (isMine || (atEnd && !before && live)) reveal(element, node)
    // What was said before opens at its end, however long one of its cards is.
    else if (atEnd && !before) element.scrollTop = element.scrollHeight
    if (answered) {
      if (live) parts.announce(announcement(entry, parts, arrived), arrived)
      if (mine === exchange.id || held) focusAnswer(node)
      if (mine === exchange.id) mine = null
    }
    dropFormDraft(entry)
    parts.changed(entry, live, !before)
  }

  const entries = parts.talk.entries()
  // Reminders come by themselves: whoever has said nothing yet still wants to know what can be said.
  if (entries.every(({ exchange }) => exchange.unasked)) list.append(parts.empty())
  for (const entry of entries) draw(entry)
  const silence = parts.talk.listen(onEntry)
  requestAnimationFrame(() => void (element.scrollTop = element.scrollHeight))
  return { element, close: silence }
}

/**
 * What was said before stands before: after a reload, an act that is still to be sent is here sooner than the history.
 * @param {HTMLElement} list
 * @param {string} at
 */
function laterThan(list, at) {
  return [...list.children].find((child) => (child.getAttribute('data-at') ?? '') > at) ?? null
}

/** Shows an exchange whole where it fits, else its beginning. @param {HTMLElement} thread @param {HTMLElement} node */
function reveal(thread, node) {
  const fits = node.offsetHeight < thread.clientHeight - 24
  const end = node.offsetTop + node.offsetHeight + 24 - thread.clientHeight
  const top = node.offsetTop - 16
  const inView = top >= thread.scrollTop && end <= thread.scrollTop
  if (!inView) thread.scrollTo({ top: fits ? end : top })
}

/** The used button is gone with its card: the focus goes on at the answer, or at the field to fill. @param {HTMLElement} node */
function focusAnswer(node) {
  const form = node.querySelector('form')
  const card = node.querySelector('.card')
  if (form) focusFirstWrong(form)
  else if (card instanceof HTMLElement) card.focus({ preventScroll: true })
}

/** @param {Entry} entry @param {Parts} parts @param {boolean} arrived */
function announcement({ exchange: { card } }, { say, persona }, arrived) {
  if (!card) return ''
  if (card.kind === 'form') {
    const wrong = card.form.fields.some(({ error }) => error)
    return wrong ? say()('form.wrong') : say()('form.opened', { title: card.form.title })
  }
  return say()(arrived ? 'unasked.arrived' : 'answered', { name: persona.name, text: gist(card.blocks) })
}

/** @param {Entry} entry @param {Parts} parts @param {(act: Act) => void} use */
function exchangeNode(entry, parts, use) {
  const { exchange, unsent, refused } = entry
  return el(
    'article',
    {
      class: exchange.unasked ? 'exchange unasked' : 'exchange',
      'data-at': exchange.at,
      'data-pending': exchange.pending,
    },
    exchange.said !== null && saidNode(exchange, parts),
    exchange.unasked === true && markNode(exchange, parts),
    exchange.card && cardNode(entry, parts, use),
    exchange.pending && !unsent && pendingNode(exchange, parts.say()),
    unsent && el('p', { class: 'state unsent' }, icon('warn'), el('span', { text: parts.say()('unsent') })),
    refused && refusedNode(entry, refused, parts),
  )
}

/** @param {import('../protocol.ts').Exchange} exchange @param {Parts} parts */
function saidNode({ said, at }, { language, say }) {
  const text = said ?? ''
  const long = text.length > 600 ? { 'data-long': true, tabindex: '0' } : {}
  return el(
    'div',
    { class: 'said' },
    el('span', { class: 'unseen', text: `${say()('you')}: ` }),
    el('p', { dir: 'auto', text, ...long }),
    el('time', { datetime: at, text: timeIn(language(), at) }),
  )
}

/** Nobody said anything above this card: it says what it is and when it came. @param {import('../protocol.ts').Exchange} exchange @param {Parts} parts */
function markNode({ at }, { language, say }) {
  return el(
    'p',
    { class: 'mark' },
    icon('bell'),
    el('span', { text: say()('unasked') }),
    el('time', { datetime: at, text: timeIn(language(), at) }),
  )
}

/** @param {Entry} entry @param {Parts} parts @param {(act: Act) => void} use */
function cardNode({ exchange: { id, card, pending } }, parts, use) {
  if (!card) return null
  const say = parts.sayIn(card.language)
  const attributes = { class: `card ${card.kind}`, lang: card.language, tabindex: '-1', inert: pending }
  if (card.kind === 'view') {
    const bare = !card.blocks.some(({ kind }) => kind === 'heading')
    const press = (/** @type {import('./card.js').Button} */ { command, args }) =>
      use({ kind: 'press', command, args })
    return el(
      'div',
      { ...attributes, class: `card view${bare ? ' bare' : ''}` },
      ...cardBody(card.blocks, say, press),
    )
  }
  const node = formNode({
    form: card.form,
    id,
    persona: parts.persona.id,
    say,
    cancelWords: say('form.cancel'),
    submit: (values, labels) => use({ kind: 'submit', command: card.form.command, values, labels }),
    cancel: () => parts.leave(id),
  })
  return el('div', attributes, node)
}

/** @param {import('../protocol.ts').Exchange} exchange @param {Say} say */
function pendingNode({ at }, say) {
  const fresh = Date.now() - Date.parse(at) < FRESH_MS
  return el(
    'p',
    { class: `state pending${fresh ? ' fresh' : ''}` },
    icon('fork'),
    el('span', { text: say('pending') }),
  )
}

/** What was typed goes back where it came from: nothing has to be typed again. @param {Entry} entry @param {'long' | 'gone' | 'other'} refused @param {Parts} parts */
function refusedNode({ exchange: { said } }, refused, { say, restore }) {
  const key = { long: 'refused.long', gone: 'gone', other: 'refused' }[refused]
  const again =
    said !== null &&
    el('button', {
      type: 'button',
      class: 'button plain',
      text: say()('refused.again'),
      on: { click: () => restore(said) },
    })
  return el(
    'div',
    { class: 'state refused', role: 'alert' },
    icon('bad'),
    el('span', { text: say()(key) }),
    again,
  )
}

/** A form that was sent and taken leaves nothing behind. @param {Entry} entry */
function dropFormDraft({ exchange }) {
  if (!exchange.pending && exchange.card?.kind === 'view') memory.keepFormDraft(exchange.id, null)
}
