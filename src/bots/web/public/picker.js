import { avatar, el, freshId, icon } from './dom.js'

/** @typedef {import('../protocol.ts').ShownPersona} ShownPersona */
/** @typedef {import('./words.js').Say} Say */
/** @typedef {import('./words.js').Language} Language */

/** @param {ShownPersona} persona @param {Language} language */
const roleLine = ({ role }, language) => role[language]

/**
 * The first thing a newcomer sees: who is there, and what each of them may see.
 * @param {Readonly<{ personas: readonly ShownPersona[], language: Language, say: Say, beside: ShownPersona | null, pick: (id: string) => void }>} parts
 */
export function gallery({ personas, language, say, beside, pick }) {
  const title = beside ? say('pick.second', { name: beside.name }) : say('pick.title')
  const text = beside ? say('pick.second.text') : say('pick.text')
  const cards = personas.map((persona, index) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'person',
          'data-persona': persona.id,
          on: { click: () => pick(persona.id) },
        },
        avatar(persona.name, index),
        el(
          'span',
          { class: 'who' },
          el('span', { class: 'name', dir: 'auto', text: persona.name }),
          el('span', { class: 'role', dir: 'auto', text: roleLine(persona, language) }),
        ),
        el('span', { class: 'tongue', text: persona.language.toUpperCase() }),
        el('span', { class: 'sees', text: persona.sees[language] }),
      ),
    ),
  )
  const people =
    cards.length > 0
      ? el('ul', { class: 'people' }, ...cards)
      : el('p', { class: 'lead', text: say('pick.none') })
  return el(
    'div',
    { class: 'gallery' },
    icon('fork'),
    el('h2', { text: title }),
    el('p', { class: 'lead', text }),
    people,
  )
}

/**
 * The name over a pane: press it, or the arrow keys, to speak as somebody else.
 * @param {Readonly<{ personas: readonly ShownPersona[], persona: ShownPersona, language: Language, say: Say, pick: (id: string) => void }>} parts
 */
export function personaMenu({ personas, persona, language, say, pick }) {
  const list = el('ul', {
    class: 'menu',
    role: 'listbox',
    id: freshId(),
    tabindex: '-1',
    hidden: true,
    'aria-label': say('pick.title'),
  })
  const button = el(
    'button',
    {
      type: 'button',
      class: 'speaking',
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-controls': list.id,
    },
    avatar(persona.name, personas.indexOf(persona)),
    el('span', { class: 'unseen', text: `${say('persona', { name: persona.name })}. ` }),
    el(
      'span',
      { class: 'who', 'aria-hidden': 'true' },
      el('span', { class: 'name', dir: 'auto', text: persona.name }),
      el('span', { class: 'role', dir: 'auto', text: roleLine(persona, language) }),
    ),
    icon('chevron'),
  )
  const options = personas.map((one, order) => optionNode(one, order, one.id === persona.id, language))
  list.append(...options)
  const element = el('div', { class: 'persona' }, button, list)
  arm({ element, button, list, options, pick: (index) => personas[index] && pick(personas[index].id) })
  return element
}

/** @param {ShownPersona} persona @param {number} order @param {boolean} selected @param {Language} language */
function optionNode(persona, order, selected, language) {
  const who = el(
    'span',
    { class: 'who' },
    el('span', { class: 'name', dir: 'auto', text: persona.name }),
    el('span', { class: 'role', dir: 'auto', text: roleLine(persona, language) }),
  )
  return el(
    'li',
    { role: 'option', id: freshId(), 'aria-selected': String(selected), 'data-persona': persona.id },
    avatar(persona.name, order),
    who,
  )
}

/**
 * Opening, closing and the keys of the menu.
 * @param {{ element: HTMLElement, button: HTMLElement, list: HTMLElement, options: readonly HTMLElement[], pick: (index: number) => void }} parts
 */
function arm({ element, button, list, options, pick }) {
  let active = 0
  /** @param {number} index */
  const move = (index) => {
    active = (index + options.length) % options.length
    for (const [at, option] of options.entries()) option.classList.toggle('active', at === active)
    const option = options[active]
    if (option) list.setAttribute('aria-activedescendant', option.id)
    option?.scrollIntoView({ block: 'nearest' })
  }
  /** @param {boolean} open */
  const toggle = (open) => {
    list.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    if (!open) return
    list.focus()
    move(
      Math.max(
        options.findIndex((option) => option.getAttribute('aria-selected') === 'true'),
        0,
      ),
    )
  }
  const close = () => {
    toggle(false)
    button.focus()
  }
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    Home: () => move(0),
    End: () => move(options.length - 1),
    Escape: close,
    Enter: () => pick(active),
    ' ': () => pick(active),
  }
  list.addEventListener('keydown', (event) => {
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
  button.addEventListener('click', () => toggle(list.hidden === true))
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    toggle(true)
  })
  for (const [index, option] of options.entries()) option.addEventListener('click', () => pick(index))
  element.addEventListener('focusout', (event) => {
    if (!element.contains(/** @type {Node | null} */ (event.relatedTarget))) toggle(false)
  })
}
