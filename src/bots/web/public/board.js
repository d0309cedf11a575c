import { avatar, el, freshId, icon } from './dom.js'
import { createPane } from './pane.js'
import { sayIn } from './words.js'

/** @typedef {import('../protocol.ts').ShownPersona} ShownPersona */
/** @typedef {import('./words.js').Language} Language */
/** @typedef {Readonly<{ shown: readonly (string | null)[], language: Language }>} Frame */
/**
 * @typedef {Readonly<{
 *   personas: readonly ShownPersona[]
 *   connection: import('./connection.js').Connection
 *   languageOf: (persona: ShownPersona) => Language
 *   change: (frame: Partial<Frame>) => void
 *   speaks: (persona: string, language: Language) => void
 *   arrived: (exchange: string) => void
 * }>} Parts
 */

/** The page: a header, one pane or two, and on a narrow screen tabs to choose between them. @param {Parts} parts */
export function createBoard(parts) {
  const banner = createBanner(parts.connection)
  const main = el('main', { class: 'panes' })
  const bar = el('header', { class: 'bar' })
  const element = el('div', { class: 'board' }, bar, banner.element, main)
  /** @type {import('./pane.js').Pane[]} */
  let panes = []
  let front = 0

  /** @param {Frame} frame */
  const show = (frame) => {
    for (const pane of panes) pane.end()
    panes = frame.shown.map((_, index) => paneAt(parts, frame, index, () => mark(index)))
    front = Math.min(front, panes.length - 1)
    const tabs = panes.length > 1 ? tabsNode(parts, frame, bring) : null
    bar.replaceChildren(...barNodes(parts, frame), ...(tabs ? [tabs] : []))
    main.replaceChildren(...panes.map(({ element: pane }) => pane))
    main.classList.toggle('split', panes.length > 1)
    banner.speak(frame.language)
    for (const [index, pane] of panes.entries()) pane.element.id = `pane-${index}`
    bring(front, false)
  }

  /** On a narrow screen one pane is in front. @param {number} index @param {boolean} [focus] */
  const bring = (index, focus = true) => {
    front = index
    for (const [at, pane] of panes.entries()) pane.element.classList.toggle('front', at === index)
    for (const [at, tab] of [...bar.querySelectorAll('[role="tab"]')].entries()) {
      tab.setAttribute('aria-selected', String(at === index))
      tab.setAttribute('tabindex', at === index ? '0' : '-1')
      if (at === index) tab.classList.remove('news')
    }
    if (focus) panes[index]?.focus()
  }

  /** @param {number} index */
  const mark = (index) => {
    if (index !== front) bar.querySelectorAll('[role="tab"]')[index]?.classList.add('news')
  }

  return { element, show, onLink: banner.onLink, focus: (/** @type {number} */ index) => bring(index) }
}

/** @param {Parts} parts @param {Frame} frame @param {number} index @param {() => void} answered */
function paneAt(parts, frame, index, answered) {
  const { personas, connection, change } = parts
  const persona = personas.find(({ id }) => id === frame.shown[index]) ?? null
  const other = personas.find(({ id }) => id === frame.shown[1 - index]) ?? null
  return createPane({
    personas,
    persona,
    beside: other,
    language: persona ? parts.languageOf(persona) : frame.language,
    connection,
    pick: (id) => change({ shown: frame.shown.with(index, id) }),
    close: frame.shown.length > 1 ? () => change({ shown: frame.shown.toSpliced(index, 1) }) : null,
    speaks: (language) => persona && parts.speaks(persona.id, language),
    answered,
    arrived: parts.arrived,
  })
}

/** @param {Parts} parts @param {Frame} frame */
function barNodes({ change }, { shown, language }) {
  const say = sayIn(language)
  const brand = el(
    'a',
    { class: 'brand', href: '#' },
    el('span', { class: 'logo' }, icon('fork')),
    el('span', { class: 'wordmark', text: say('title') }),
  )
  brand.addEventListener('click', (event) => {
    event.preventDefault()
    change({ shown: [null] })
  })
  const split = el(
    'button',
    {
      type: 'button',
      class: 'ghost split-button',
      'aria-label': say('split'),
      title: say('split.hint'),
      on: { click: () => change({ shown: [...shown, null] }) },
    },
    icon('split'),
    el('span', { text: say('split') }),
  )
  return [
    brand,
    el('p', { class: 'tagline', text: say('tagline') }),
    shown.length < 2 && shown[0] ? split : '',
    languageNode(language, say, change),
  ]
}

/** @param {Language} language @param {import('./words.js').Say} say @param {Parts['change']} change */
function languageNode(language, say, change) {
  const buttons = [
    /** @type {const} */ (['en', 'EN', 'English']),
    /** @type {const} */ (['ru', 'RU', 'Русский']),
  ].map(([code, short, name]) =>
    el(
      'button',
      {
        type: 'button',
        lang: code,
        'aria-label': name,
        'aria-pressed': String(code === language),
        on: { click: () => change({ language: code }) },
      },
      short,
    ),
  )
  return el('div', { class: 'languages', role: 'group', 'aria-label': say('language') }, ...buttons)
}

/** @param {Parts} parts @param {Frame} frame @param {(index: number) => void} bring */
function tabsNode({ personas }, { shown, language }, bring) {
  const tabs = shown.map((id, index) => {
    const persona = personas.find((one) => one.id === id)
    const on = {
      click: () => bring(index),
      keydown: (/** @type {KeyboardEvent} */ event) => onTabKey(event, index, shown.length, bring),
    }
    const name = persona ? persona.name : '…'
    return el(
      'button',
      { type: 'button', role: 'tab', id: freshId(), 'aria-controls': `pane-${index}`, on },
      persona && avatar(persona.name, personas.indexOf(persona)),
      el('span', { dir: 'auto', text: name }),
    )
  })
  return el('div', { class: 'tabs', role: 'tablist', 'aria-label': sayIn(language)('panes') }, ...tabs)
}

/** @param {KeyboardEvent} event @param {number} index @param {number} count @param {(index: number) => void} bring */
function onTabKey(event, index, count, bring) {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
  event.preventDefault()
  const next = (index + (event.key === 'ArrowRight' ? 1 : -1) + count) % count
  bring(next)
  const tab = document.querySelectorAll('[role="tab"]')[next]
  if (tab instanceof HTMLElement) tab.focus()
}

/** Says that the server is away, when it is tried again, and lets one try at once. @param {import('./connection.js').Connection} connection */
function createBanner(connection) {
  const words = el('span')
  const next = el('span', { class: 'next', 'aria-hidden': 'true' })
  const button = el('button', {
    type: 'button',
    class: 'button plain',
    on: { click: () => connection.retry() },
  })
  const element = el(
    'div',
    { class: 'banner', role: 'alert', hidden: true },
    icon('warn'),
    words,
    next,
    button,
  )
  let say = sayIn('en')
  /** @type {import('./connection.js').Link} */
  let link = { away: false, retryAt: null }
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking

  const draw = () => {
    const seconds = link.retryAt ? Math.max(Math.ceil((link.retryAt - Date.now()) / 1_000), 0) : 0
    next.textContent = seconds > 0 ? say('away.next', { seconds }) : say('away.now')
  }

  return {
    element,
    /** @param {Language} language */
    speak(language) {
      say = sayIn(language)
      words.textContent = say('away')
      button.textContent = say('away.retry')
      draw()
    },
    onLink: (/** @type {import('./connection.js').Link} */ now) => {
      link = now
      clearInterval(ticking)
      element.hidden = !link.away
      if (!link.away) return
      draw()
      ticking = setInterval(draw, 500)
    },
  }
}
