import { el, freshId } from './dom.js'

/** @typedef {Readonly<{ value: string, label: string, detail?: string }>} Item */
/**
 * @typedef {Readonly<{
 *   field: HTMLInputElement | HTMLTextAreaElement
 *   label: string
 *   search: (text: string) => Promise<readonly Item[] | null>
 *   pick: (item: Item) => void
 *   none?: string
 *   announce?(count: number): void
 * }>} Parts
 */

const WAIT_MS = 120

/**
 * Suggestions under (or over) a field, after the ARIA pattern: the focus stays in the field, arrows move through the
 * list, Enter takes, Escape closes. Nothing is chosen before an arrow is pressed, so that Enter sends what was typed.
 * @param {Parts} parts
 */
export function createCombobox({ field, label, search, pick, none, announce }) {
  let asked = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const close = () => {
    clearTimeout(timer)
    asked += 1
    options.hide()
  }

  const options = createOptions(field, label, (item) => {
    close()
    pick(item)
  })

  const look = async () => {
    const mine = (asked += 1)
    try {
      const found = await search(field.value)
      if (mine !== asked) return
      if (!found) return close()
      options.show(found, none)
      announce?.(found.length)
    } catch {
      // Suggestions are a comfort; without a server the field still takes any text.
      if (mine === asked) close()
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, WAIT_MS)
  })
  field.addEventListener('blur', close)
  const onKey = keysOf({ field, options, look, close })
  return { list: options.list, onKey, close, isOpen: options.isOpen }
}

/**
 * What the keys do; the answer is true when the key was for the list.
 * @param {{ field: Parts['field'], options: ReturnType<typeof createOptions>, look: () => Promise<void>, close: () => void }} parts
 */
function keysOf({ field, options, look, close }) {
  return (/** @type {KeyboardEvent} */ event) => {
    if (!options.isOpen()) {
      if (event.key !== 'ArrowDown' || event.altKey || field.value.includes('\n')) return false
      void look()
      return true
    }
    if (event.key === 'ArrowDown') options.move(1)
    else if (event.key === 'ArrowUp') options.move(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'Tab') return options.takeActive()
    else return false
    return true
  }
}

/**
 * The list itself: what it shows, and which line is marked.
 * @param {Parts['field']} field
 * @param {string} label
 * @param {(item: Item) => void} take
 */
function createOptions(field, label, take) {
  const list = el('ul', {
    class: 'suggestions',
    role: 'listbox',
    id: freshId(),
    'aria-label': label,
    hidden: true,
  })
  const attributes = {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value)
  /** @type {readonly Item[]} */
  let items = []
  let active = -1

  const unmark = () => {
    active = -1
    field.removeAttribute('aria-activedescendant')
  }
  const mark = () => {
    for (const [at, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(at === active))
    const option = list.children[active]
    if (option) field.setAttribute('aria-activedescendant', option.id)
    option?.scrollIntoView({ block: 'nearest' })
  }

  return {
    list,
    isOpen: () => !list.hidden,
    hide: () => {
      list.hidden = true
      field.setAttribute('aria-expanded', 'false')
      unmark()
    },
    show: (/** @type {readonly Item[]} */ found, /** @type {string | undefined} */ none) => {
      items = found
      const remark =
        found.length === 0 && none ? [el('li', { class: 'remark', role: 'presentation', text: none })] : []
      list.replaceChildren(...remark, ...found.map((item) => optionNode(item, take)))
      list.hidden = list.children.length === 0
      field.setAttribute('aria-expanded', String(found.length > 0))
      unmark()
    },
    /** From the last line to the first and back. */
    move: (/** @type {1 | -1} */ step) => {
      if (items.length === 0) return
      active = active < 0 && step < 0 ? items.length - 1 : (active + step + items.length) % items.length
      mark()
    },
    takeActive: () => {
      const item = items[active]
      if (item) take(item)
      return item !== undefined
    },
  }
}

/** @param {Item} item @param {(item: Item) => void} take */
function optionNode(item, take) {
  const detail = item.detail ? el('span', { class: 'detail', text: item.detail }) : null
  // The field would lose the focus, and the list with it, before the click arrives.
  const on = { mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: () => take(item) }
  const name = el('span', { class: 'name', dir: 'auto', text: item.label })
  return el('li', { role: 'option', id: freshId(), 'aria-selected': 'false', on }, name, detail)
}
