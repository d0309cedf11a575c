import { createComposer } from './composer.js'
import { loadExamples } from './connection.js'
import { el, icon } from './dom.js'
import { gallery, personaMenu } from './picker.js'
import { createThread } from './thread.js'
import { sayIn } from './words.js'

/** @typedef {import('../protocol.ts').ShownPersona} ShownPersona */
/** @typedef {import('./words.js').Language} Language */
/**
 * @typedef {Readonly<{
 *   personas: readonly ShownPersona[]
 *   persona: ShownPersona | null
 *   beside: ShownPersona | null
 *   language: Language
 *   connection: import('./connection.js').Connection
 *   pick: (id: string) => void
 *   close: (() => void) | null
 *   speaks: (language: Language) => void
 *   answered: () => void
 *   arrived: (exchange: string) => void
 * }>} Parts
 */
/** @typedef {Readonly<{ element: HTMLElement, focus(): void, end(): void }>} Pane */

/** What an empty chat offers when the server could not think of anything better. */
const PLAIN_EXAMPLES = ['/account', '/settings', '/kamerton']

/** Beyond it a line to press takes the whole width. */
const LONG_EXAMPLE = 40

/** One person's side of the page. @param {Parts} parts @returns {Pane} */
export function createPane(parts) {
  const { persona, language } = parts
  return persona ? createTalkPane(parts, persona) : createEmptyPane(parts, sayIn(language))
}

/** @param {Parts} parts @param {import('./words.js').Say} say @returns {Pane} */
function createEmptyPane({ personas, beside, language, pick, close }, say) {
  const body = gallery({ personas, language, say, beside, pick })
  const element = el(
    'section',
    { class: 'pane unpicked', lang: language },
    close && closeButton(say, close),
    body,
  )
  return { element, focus: () => element.querySelector('button')?.focus(), end: () => {} }
}

/** @param {import('./words.js').Say} say @param {() => void} close */
function closeButton(say, close) {
  const words = say('split.close')
  return el(
    'button',
    { type: 'button', class: 'ghost close', 'aria-label': words, title: words, on: { click: close } },
    icon('close'),
  )
}

/** @param {Parts} parts @param {ShownPersona} persona @returns {Pane} */
function createTalkPane(parts, persona) {
  const { connection, language, personas, pick, close } = parts
  const say = sayIn(language)
  const talk = connection.talkOf(persona.id)
  const live = el('div', { class: 'unseen', 'aria-live': 'polite', role: 'status' })
  // Apart from the other: what is said of suggestions while somebody types must not talk over it.
  const reminders = el('div', { class: 'unseen reminders', 'aria-live': 'polite' })
  const announce = (/** @type {string} */ text, isReminder = false) =>
    void ((isReminder ? reminders : live).textContent = text)
  const send = (/** @type {string} */ text) => void connection.act(persona.id, { kind: 'line', text })

  const composer = createComposer({ persona, language, say, lines: () => talk.lines(), send, announce })
  const thread = createThread({
    persona,
    talk,
    say: () => say,
    language: () => language,
    sayIn,
    act: (act, on) => void connection.act(persona.id, act, on),
    leave: (on) => void connection.leave(persona.id, on),
    restore(text) {
      composer.put(text)
      composer.focus()
    },
    announce,
    changed({ exchange }, now, isNew) {
      if (exchange.pending || !exchange.card || !now) return
      parts.answered()
      if (isNew && exchange.unasked) parts.arrived(exchange.id)
      if (exchange.card.language !== language) parts.speaks(exchange.card.language)
    },
    empty: () => welcome(persona, say, send, composer.focus),
  })
  const header = el(
    'header',
    { class: 'top' },
    personaMenu({ personas, persona, language, say, pick }),
    close && closeButton(say, close),
  )
  const label = say('thread', { name: persona.name })
  const element = el(
    'section',
    { class: 'pane', lang: language, 'aria-label': label, 'data-persona': persona.id },
    header,
    thread.element,
    composer.element,
    live,
    reminders,
  )
  return { element, focus: composer.focus, end: thread.close }
}

/**
 * An empty chat that teaches: lines to press, made of accounts that this person has.
 * @param {ShownPersona} persona
 * @param {import('./words.js').Say} say
 * @param {(line: string) => void} send
 * @param {() => void} focus
 */
function welcome(persona, say, send, focus) {
  const list = el('ul', { class: 'examples' })
  const press = (/** @type {string} */ line) => {
    send(line)
    focus()
  }
  const show = (/** @type {readonly import('../protocol.ts').Example[]} */ examples) =>
    list.replaceChildren(
      ...examples.map(({ line, why }) =>
        el('li', { class: line.length > LONG_EXAMPLE ? 'long' : undefined }, exampleNode(line, why, press)),
      ),
    )
  loadExamples(persona.id).then(show, () => show(PLAIN_EXAMPLES.map((line) => ({ line, why: '' }))))
  const name = persona.name.split(/\s+/)[0] ?? persona.name
  return el(
    'div',
    { class: 'empty' },
    el('h2', { text: say('empty.title', { name }) }),
    el('p', { class: 'lead', text: say('empty.text') }),
    list,
  )
}

/** @param {string} line @param {string} why @param {(line: string) => void} press */
function exampleNode(line, why, press) {
  const words = why ? el('span', { class: 'why', text: why }) : null
  return el(
    'button',
    { type: 'button', class: 'example', on: { click: () => press(line) } },
    el('code', { dir: 'auto', text: line }),
    words,
  )
}
