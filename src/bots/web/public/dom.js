/** @typedef {Node | string | null | undefined | false} Child */
/**
 * @typedef {Readonly<{
 *   class?: string | undefined
 *   text?: string
 *   on?: Readonly<Record<string, (event: any) => void>>
 *   [attribute: string]: unknown
 * }>} Attributes
 */

/**
 * Builds an element. Words go in as text nodes and attributes as attributes: nothing from data is ever read as markup,
 * and the page's policy (trusted types) would stop it if it were.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) set(element, name, value)
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(child)
  return element
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {any} value
 */
function set(element, name, value) {
  if (value === null || value === undefined || value === false) return
  if (name === 'text') element.textContent = String(value)
  else if (name === 'class') element.className = String(value)
  else if (name === 'on') {
    for (const [event, listener] of Object.entries(/** @type {Record<string, EventListener>} */ (value))) {
      element.addEventListener(event, listener)
    }
  } else element.setAttribute(name, value === true ? '' : String(value))
}

const SVG = 'http://www.w3.org/2000/svg'

/** Drawn on a grid of 24, in the colour of the words around them. */
const PATHS = {
  fork: 'M8 2.500v8a4 4 0 0 0 8 0v-8M12 14.500v7M4.600 5q-1.400 2.600 0 5.200M19.400 5q1.400 2.600 0 5.200',
  send: 'M12 19V5M5.500 11.500 12 5l6.500 6.500',
  split: 'M4 5h16v14H4zM12 5v14',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4',
  close: 'M6 6l12 12M18 6 6 18',
  chevron: 'M7 10l5 5 5-5',
  good: 'M5 12.500 10 17.500 19 7.500',
  warn: 'M12 4 21 19.500H3zM12 10v4.500M12 17v.2',
  bad: 'M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200zM12 8v5M12 16v.2',
}

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', `icon icon-${name}`)
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}

/** As tall as its text, up to what the style allows. @param {HTMLTextAreaElement} field */
export function grow(field) {
  field.style.height = 'auto'
  // Nothing is measured where the field is not shown.
  const borders = field.offsetHeight - field.clientHeight
  if (field.scrollHeight > 0) field.style.height = `${field.scrollHeight + borders}px`
}

let lastId = 0
/** An id for labels and lists that refer to one another. */
export const freshId = () => `k${(lastId += 1)}`

/** Neighbours in the list of people never share a colour. @param {string} name @param {number} order */
export function avatar(name, order) {
  const words = name.trim().split(/\s+/)
  const initials = [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => String.fromCodePoint((word ?? '').codePointAt(0) ?? 32).trim())
    .join('')
  const hue = Math.max(order, 0) % 6
  return el('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true', text: initials.toUpperCase() })
}
