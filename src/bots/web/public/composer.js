import { createCombobox } from './combobox.js'
import { searchChoices } from './connection.js'
import { el, freshId, grow, icon } from './dom.js'
import { memory } from './memory.js'

/** @typedef {import('../protocol.ts').ShownPersona} ShownPersona */
/** @typedef {import('./words.js').Say} Say */

/** A name of one letter fits half of all accounts. */
const SHORTEST_NAME = 2
const MOST_COMMANDS = 16

/**
 * The line at the foot of a pane.
 * @param {Readonly<{
 *   persona: ShownPersona
 *   language: import('./words.js').Language
 *   say: Say
 *   lines: () => readonly string[]
 *   send: (text: string) => void
 *   announce: (text: string) => void
 * }>} parts
 */
export function createComposer({ persona, language, say, lines, send, announce }) {
  const id = freshId()
  const field = el('textarea', {
    id,
    rows: '1',
    enterkeyhint: 'send',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    dir: 'auto',
    placeholder: say('composer.placeholder'),
    'aria-describedby': `${id}-keys`,
  })
  field.value = memory.draft(persona.id)
  const recall = createRecall(lines)

  const submit = () => {
    const text = field.value.trim()
    field.focus()
    if (text === '') return
    put('')
    recall.reset()
    send(text)
  }

  /** @param {string} text */
  const put = (text) => {
    suggestions.close()
    field.value = text
    field.setSelectionRange(text.length, text.length)
    memory.keepDraft(persona.id, text)
    grow(field)
  }

  const suggestions = createCombobox({
    field,
    label: say('suggestions'),
    search: (text) => suggest(persona, language, text),
    pick: ({ value }) => put(value),
    announce: (count) => announce(say('suggestions.count', { count })),
  })

  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return
    if (event.key === 'ArrowUp' && !suggestions.isOpen() && recalls(field)) {
      const line = recall.older(field.value)
      if (line !== null) put(line)
      event.preventDefault()
    } else if (event.key === 'ArrowDown' && !suggestions.isOpen() && recall.under()) {
      put(recall.newer())
      event.preventDefault()
    } else if (suggestions.onKey(event)) event.preventDefault()
    else if (event.key === 'Enter' && !event.shiftKey) {
      submit()
      event.preventDefault()
    }
  }
  field.addEventListener('keydown', onKey)
  field.addEventListener('input', () => {
    recall.reset()
    memory.keepDraft(persona.id, field.value)
    grow(field)
  })

  const button = el(
    'button',
    { type: 'submit', class: 'send', 'aria-label': say('composer.send'), title: say('composer.send') },
    icon('send'),
  )
  const on = { submit: (/** @type {Event} */ event) => (event.preventDefault(), submit()) }
  const element = el(
    'form',
    { class: 'composer', on },
    el('label', { for: id, class: 'unseen', text: say('composer.label', { name: persona.name }) }),
    el('div', { class: 'line' }, suggestions.list, field, button),
    el('p', { class: 'keys', id: `${id}-keys`, text: say('composer.keys') }),
  )
  requestAnimationFrame(() => grow(field))
  return { element, put, focus: () => field.focus() }
}

/** The arrow looks back only where it would not move within the text. @param {HTMLTextAreaElement} field */
function recalls(field) {
  return (
    !field.value.slice(0, field.selectionStart).includes('\n') && field.selectionStart === field.selectionEnd
  )
}

/** Walks through what was typed before; what stood in the line meanwhile is at its end. @param {() => readonly string[]} lines */
function createRecall(lines) {
  /** @type {readonly string[]} */
  let known = []
  let at = -1
  let kept = ''
  return {
    under: () => at >= 0,
    reset: () => void (at = -1),
    /** @param {string} now */
    older(now) {
      if (at < 0) {
        known = lines()
        kept = now
        at = known.length
      }
      at = Math.max(at - 1, 0)
      return known[at] ?? null
    },
    newer() {
      at += 1
      const line = known[at]
      if (line === undefined) at = -1
      return line ?? kept
    },
  }
}

/**
 * Commands while the first word is typed, then the accounts that the rest could mean.
 * @param {ShownPersona} persona
 * @param {import('./words.js').Language} language
 * @param {string} text
 */
async function suggest(persona, language, text) {
  const [, slash = '', word = '', gap = '', rest = ''] = /^(\/?)(\S*)(\s*)(.*)$/s.exec(text) ?? []
  if (slash && !gap) return commandsFor(persona, language, word.toLowerCase())
  const command = slash
    ? persona.commands.find(({ name, aliases }) => [name, ...aliases].includes(word.toLowerCase()))
    : null
  if (slash && !command?.takesAccount) return null
  const name = (slash ? rest : text).trim()
  if (!slash && name.length < SHORTEST_NAME) return null
  const choices = await searchChoices(persona.id, 'account', name)
  const before = slash ? `/${word} ` : ''
  return choices.map(({ value, label }) => ({ value: before + label, label, id: value }))
}

/** @param {ShownPersona} persona @param {import('./words.js').Language} language @param {string} word */
function commandsFor({ commands }, language, word) {
  const fitting = commands.filter(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.startsWith(word)),
  )
  return fitting.slice(0, MOST_COMMANDS).map(({ name, summary, takesAccount }) => ({
    value: takesAccount ? `/${name} ` : `/${name}`,
    label: `/${name}`,
    detail: summary[language],
  }))
}
