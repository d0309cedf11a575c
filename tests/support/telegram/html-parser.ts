import type { Entity } from './types.ts'

export interface ParsedHtml {
  text: string
  entities: Entity[]
}

export class HtmlError extends Error {}

interface OpenTag {
  name: string
  offset: number
  attributes: Map<string, string>
}

/** Tag name to the entity it makes; the whole list of allowed tags. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['a', 'text_link'],
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
  ['tg-emoji', 'custom_emoji'],
  ['tg-time', 'date_time'],
  ['pre', 'pre'],
  ['code', 'code'],
  ['blockquote', 'blockquote'],
])

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

const SPACE = /\s/
const STRICT_ENTITY = /&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/iy
// td takes the four names and numbers without the semicolon too.
const LOOSE_ENTITY = /&(?:#x([0-9a-f]+)|#([0-9]+)|(lt|gt|amp|quot));?/iy

/**
 * Reads HTML the way td does: byte offsets in the messages, `</>` closes any tag, unknown attributes are
 * ignored. Stricter in one point unless `loose`: an `&` that starts no known entity is refused, because td
 * would show it as it is and a forgotten escape would go unnoticed.
 */
export function parseHtml(source: string, loose = false): ParsedHtml {
  return new HtmlReader(source, loose).read()
}

class HtmlReader {
  readonly #source: string
  readonly #loose: boolean
  #at = 0
  #text = ''
  readonly #open: OpenTag[] = []
  readonly #entities: Entity[] = []

  constructor(source: string, loose: boolean) {
    this.#source = source
    this.#loose = loose
  }

  read(): ParsedHtml {
    while (this.#at < this.#source.length) this.#step()
    const left = this.#open.at(-1)
    if (left !== undefined) {
      throw new HtmlError(`Can't find end tag corresponding to start tag "${left.name}"`)
    }
    if (!this.#text.isWellFormed()) {
      throw new HtmlError(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      )
    }
    return { text: this.#text, entities: this.#entities.toSorted(byPlace) }
  }

  #step(): void {
    const char = this.#peek()
    if (char === '&') this.#text += this.#reference()
    else if (char !== '<') {
      this.#text += char
      this.#at += 1
    } else if (this.#source[this.#at + 1] === '/') this.#endTag()
    else this.#startTag()
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #byte(position: number): string {
    return `at byte offset ${Buffer.byteLength(this.#source.slice(0, position))}`
  }

  #skipSpaces(): void {
    while (SPACE.test(this.#peek())) this.#at += 1
  }

  /** Takes characters up to a space, one of `stops`, or the end. */
  #word(stops: string): string {
    const begin = this.#at
    while (this.#peek() !== '' && !SPACE.test(this.#peek()) && !stops.includes(this.#peek())) this.#at += 1
    return this.#source.slice(begin, this.#at)
  }

  #reference(): string {
    const pattern = this.#loose ? LOOSE_ENTITY : STRICT_ENTITY
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    const decoded = match === null ? undefined : decode(match)
    if (match === null || decoded === undefined) return this.#unknownReference()
    this.#at += match[0].length
    return decoded
  }

  #unknownReference(): string {
    if (!this.#loose) throw new HtmlError(`Unescaped "&" ${this.#byte(this.#at)} (stricter than td)`)
    this.#at += 1
    return '&'
  }

  #startTag(): void {
    const begin = this.#at
    this.#at += 1
    const name = this.#word('>').toLowerCase()
    if (this.#peek() === '') throw new HtmlError(`Unclosed start tag ${this.#byte(begin)}`)
    if (!TAGS.has(name)) throw new HtmlError(`Unsupported start tag "${name}" ${this.#byte(begin)}`)
    const attributes = this.#attributes(name, begin)
    this.#at += 1
    this.#checkAttributes(name, attributes, begin)
    this.#open.push({ name, offset: this.#text.length, attributes })
  }

  #checkAttributes(name: string, attributes: Map<string, string>, begin: number): void {
    if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
      throw new HtmlError(`Tag "span" must have class "tg-spoiler" ${this.#byte(begin)}`)
    }
    if (name === 'tg-emoji' && !/^[0-9]+$/.test(attributes.get('emoji-id') ?? '')) {
      throw new HtmlError('Invalid custom emoji identifier specified')
    }
  }

  #attributes(tag: string, begin: number): Map<string, string> {
    const found = new Map<string, string>()
    for (;;) {
      this.#skipSpaces()
      if (this.#peek() === '') throw new HtmlError(`Unclosed start tag "${tag}" ${this.#byte(begin)}`)
      if (this.#peek() === '>') return found
      const name = this.#word('=>').toLowerCase()
      if (name === '') throw new HtmlError(`Empty attribute name in the tag "${tag}" ${this.#byte(begin)}`)
      this.#skipSpaces()
      found.set(name, this.#peek() === '=' ? this.#attributeValue(tag, begin) : '')
    }
  }

  #attributeValue(tag: string, begin: number): string {
    this.#at += 1
    this.#skipSpaces()
    const quote = this.#peek()
    if (quote === '') throw new HtmlError(`Unclosed start tag "${tag}" ${this.#byte(begin)}`)
    return quote === '"' || quote === "'" ? this.#quoted(quote, begin) : this.#unquoted()
  }

  #unquoted(): string {
    const begin = this.#at
    while (/[a-z0-9.-]/i.test(this.#peek())) this.#at += 1
    const next = this.#peek()
    if (next !== '>' && !SPACE.test(next)) {
      throw new HtmlError(`Unexpected end of name token ${this.#byte(begin)}`)
    }
    return this.#source.slice(begin, this.#at).toLowerCase()
  }

  #quoted(quote: string, begin: number): string {
    this.#at += 1
    let value = ''
    while (this.#peek() !== quote) {
      if (this.#peek() === '') throw new HtmlError(`Unclosed start tag ${this.#byte(begin)}`)
      if (this.#peek() === '&') value += this.#reference()
      else {
        value += this.#peek()
        this.#at += 1
      }
    }
    this.#at += 1
    return value
  }

  #endTag(): void {
    const begin = this.#at
    const tag = this.#open.pop()
    if (tag === undefined) throw new HtmlError(`Unexpected end tag ${this.#byte(begin)}`)
    this.#at += 2
    const name = this.#word('>').toLowerCase()
    this.#skipSpaces()
    if (this.#peek() !== '>') throw new HtmlError(`Unclosed end tag ${this.#byte(begin)}`)
    if (name !== '' && name !== tag.name) {
      const wanted = `expected "</${tag.name}>", found "</${name}>"`
      throw new HtmlError(`Unmatched end tag ${this.#byte(begin)}, ${wanted}`)
    }
    this.#at += 1
    this.#close(tag)
  }

  #close(tag: OpenTag): void {
    const length = this.#text.length - tag.offset
    if (length === 0) return
    const entity = entityOf(tag, this.#text.slice(tag.offset), length)
    if (entity !== undefined) this.#entities.push(entity)
  }
}

function decode(match: RegExpExecArray): string | undefined {
  if (match[3] !== undefined) return NAMED.get(match[3])
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function entityOf(tag: OpenTag, inner: string, length: number): Entity | undefined {
  const entity: Entity = { type: TAGS.get(tag.name) ?? tag.name, offset: tag.offset, length }
  if (tag.name === 'a') return linkEntity(entity, tag.attributes.get('href') || inner)
  if (tag.name === 'blockquote' && tag.attributes.has('expandable')) entity.type = 'expandable_blockquote'
  if (tag.name === 'tg-emoji') entity['custom_emoji_id'] = tag.attributes.get('emoji-id')
  const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1]
  if (tag.name === 'code' && language !== undefined) entity['language'] = language
  return entity
}

/** A link nobody can follow is no error for td: the words stay, the link goes. */
function linkEntity(entity: Entity, href: string): Entity | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`)
  if (url === null || !/^(https?|tg|ton|tonsite|mailto):$/.test(url.protocol)) return undefined
  return { ...entity, url: url.href }
}

function byPlace(a: Entity, b: Entity): number {
  return a.offset - b.offset || b.length - a.length
}
