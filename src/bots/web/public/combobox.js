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
  let asked = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const isOpen = () => !list.hidden

  const close = () => {
    clearTimeout(timer)
    asked += 1
    list.hidden = true
    active = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }

  /** @param {number} index */
  const move = (index) => {
    active = index
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(at === active))
      if (at !== active) continue
      field.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }

  /** @param {Item} item */
  const take = (item) => {
    close()
    pick(item)
  }

  /** @param {readonly Item[]} found */
  const open = (found) => {
    items = found
    const remark =
      found.length === 0 && none ? [el('li', { class: 'remark', role: 'presentation', text: none })] : []
    list.replaceChildren(...remark, ...found.map((item) => optionNode(item, take)))
    active = -1
    field.removeAttribute('aria-activedescendant')
    list.hidden = list.children.length === 0
    field.setAttribute('aria-expanded', String(found.length > 0))
    announce?.(found.length)
  }

  const look = async () => {
    const mine = (asked += 1)
    try {
      const found = await search(field.value)
      if (mine !== asked) return
      if (found) open(found)
      else close()
    } catch {
      // Suggestions are a comfort; without a server the field still takes any text.
      if (mine === asked) close()
    }
  }

  const lookSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(look, WAIT_MS)
  }

  const takeActive = () => {
    const item = items[active]
    if (item) take(item)
    return item !== undefined
  }

  /** @param {KeyboardEvent} event @returns {boolean} True when the key was for the list. */
  const onKey = (event) => {
    const last = items.length - 1
    if (!isOpen()) {
      if (event.key !== 'ArrowDown' || event.altKey || field.value.includes('\n')) return false
      void look()
      return true
    }
    if (event.key === 'ArrowDown' && last >= 0) move(active >= last ? 0 : active + 1)
    else if (event.key === 'ArrowUp' && last >= 0) move(active <= 0 ? last : active - 1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'Tab') return takeActive()
    else return false
    return true
  }

  field.addEventListener('input', lookSoon)
  field.addEventListener('blur', close)
  return { list, onKey, close, isOpen }
}

/** @param {Item} item @param {(item: Item) => void} take */
function optionNode(item, take) {
  const detail = item.detail ? el('span', { class: 'detail', text: item.detail }) : null
  // The field would lose the focus, and the list with it, before the click arrives.
  const on = { mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: () => take(item) }
  const name = el('span', { class: 'name', dir: 'auto', text: item.label })
  return el('li', { role: 'option', id: freshId(), 'aria-selected': 'false', on }, name, detail)
}
