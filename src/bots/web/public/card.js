import { el, freshId, icon } from './dom.js'

/** @typedef {import('../protocol.ts').SpokenBlock} Block */
/** @typedef {import('../protocol.ts').SpokenButton} Button */
/** @typedef {import('../protocol.ts').Tone} Tone */
/** @typedef {import('./words.js').Say} Say */
/** @typedef {(button: Button) => void} Press */

/** Longer text scrolls in its own box: nobody's words may push the rest away. */
const LONG_TEXT = 1_200

/**
 * @param {readonly Block[]} blocks
 * @param {Say} say
 * @param {Press} press
 */
export function cardBody(blocks, say, press) {
  return blocks.map((block) => blockNode(block, say, press))
}

/** What the live region says of a card: its first words. @param {readonly Block[]} blocks */
export function gist(blocks) {
  const head = blocks.find((block) => block.kind === 'heading') ?? blocks.find((block) => 'text' in block)
  if (!head || !('text' in head)) return ''
  const badge = head.kind === 'heading' && head.badge ? `, ${head.badge.text}` : ''
  return head.text.slice(0, 200) + badge
}

/**
 * @param {Block} block
 * @param {Say} say
 * @param {Press} press
 * @returns {HTMLElement}
 */
function blockNode(block, say, press) {
  switch (block.kind) {
    case 'heading':
      return el(
        'header',
        { class: 'head' },
        el('h3', { dir: 'auto', text: block.text, ...box(block.text) }),
        block.badge && toned('span', 'badge', block.badge, say),
      )
    case 'text':
      return toned('p', 'text', block, say)
    case 'fields':
      return section(
        'fields',
        block.title,
        el('dl', {}, ...block.fields.map((field) => fieldNode(field, say))),
      )
    case 'list':
      return section(
        'list',
        block.title,
        el('ul', {}, ...block.items.map((item) => toned('li', 'item', item, say))),
      )
    case 'table':
      return section('table', block.title, tableNode(block))
    case 'note':
      return el('p', { class: 'note', dir: 'auto', text: block.text, ...box(block.text) })
    case 'divider':
      return el('hr')
    case 'buttons':
      return el('div', { class: 'buttons' }, ...block.buttons.map((button) => buttonNode(button, press)))
  }
}

/** @param {string} kind @param {string | undefined} title @param {HTMLElement} content */
function section(kind, title, content) {
  if (!title) return el('section', { class: `block ${kind}` }, content)
  const id = freshId()
  const heading = el('h4', { id, dir: 'auto', text: title })
  return el('section', { class: `block titled ${kind}`, 'aria-labelledby': id }, heading, content)
}

/**
 * Colour is never alone: a sign stands before the words, and its name is there for who hears the page.
 * @param {'p' | 'li' | 'span' | 'dd'} tag
 * @param {string} name
 * @param {{ text: string, tone?: Tone | undefined }} line
 * @param {Say} say
 */
function toned(tag, name, { text, tone }, say) {
  if (!tone) return el(tag, { class: name, dir: 'auto', ...box(text) }, text)
  const sign = el(
    'span',
    { class: 'sign' },
    icon(tone),
    el('span', { class: 'unseen', text: `${say(`tone.${tone}`)}: ` }),
  )
  return el(
    tag,
    { class: `${name} ${tone}` },
    sign,
    el('span', { class: 'words', dir: 'auto', text, ...box(text) }),
  )
}

/** @param {string} text */
const box = (text) => (text.length > LONG_TEXT ? { 'data-long': true, tabindex: '0' } : {})

/** @param {import('../protocol.ts').SpokenField} field @param {Say} say */
function fieldNode({ label, value, tone }, say) {
  const name = el('dt', { dir: 'auto', text: label })
  return el(
    'div',
    { class: label ? 'field' : 'field more' },
    name,
    toned('dd', 'value', { text: value, tone }, say),
  )
}

/** Wide tables scroll inside the card; the box takes the focus so that the arrow keys reach it. @param {Extract<Block, { kind: 'table' }>} block */
function tableNode({ title, columns, rows }) {
  const align = (/** @type {number} */ index) => (columns[index]?.align === 'end' ? 'end' : undefined)
  const names = columns.map(({ label }, index) =>
    el('th', { scope: 'col', class: align(index), text: label }),
  )
  const lines = rows.map((row) =>
    el(
      'tr',
      {},
      ...row.map((cell, index) =>
        el('td', { class: cellClass(cell, align(index)), dir: 'auto', text: cell, ...box(cell) }),
      ),
    ),
  )
  const name = title ?? columns.map(({ label }) => label).join(', ')
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...names)), el('tbody', {}, ...lines))
  return el('div', { class: 'scroller', role: 'region', tabindex: '0', 'aria-label': name }, table)
}

/** Dates, numbers and sums stay on one line. @param {string} text @param {string | undefined} align */
const cellClass = (text, align) =>
  [text.length <= 26 ? 'short' : '', align ?? ''].join(' ').trim() || undefined

/** @param {Button} button @param {Press} press */
function buttonNode(button, press) {
  const style = button.style ?? 'plain'
  return el(
    'button',
    { type: 'button', class: `button ${style}`, dir: 'auto', on: { click: () => press(button) } },
    button.label,
  )
}
