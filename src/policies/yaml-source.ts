import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument } from 'yaml'

/** A mistake in a file, with its place and what would be right. Lines and columns count from 1. */
export type Problem = Readonly<{ line: number; column: number; path: string; message: string }>

/** Where in the policy somebody is, in words: `['rule 3', 'when', 'percent']`. */
export type Trail = readonly string[]

export type Entry = Readonly<{ key: string; at: Node; value: Node | null }>

const LENGTH_LIMIT = 200_000
/** The parser calls itself for each level, and a policy has four. */
const DEPTH_LIMIT = 20

/**
 * A YAML text whose values are all text: nothing is taken for a number, a date or a truth, so 0.10 stays 0.10. Collects
 * every problem instead of stopping at the first.
 */
export class YamlSource {
  readonly root: Node | null
  readonly #problems: Problem[] = []
  readonly #lines = new LineCounter()

  constructor(text: string) {
    this.root = this.#parse(text)
  }

  /** In the order of the file, one for each place. */
  get problems(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
  }

  refuse(at: Node | null, trail: Trail, message: string): void {
    this.#add(at?.range?.[0] ?? 0, trail, message)
  }

  #add(offset: number, trail: Trail, message: string): void {
    // A text that was too long to be parsed has no lines.
    const { line, col } = this.#lines.linePos(offset)
    this.#problems.push({
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: trail.join(', '),
      message,
    })
  }

  #parse(text: string): Node | null {
    const refusal = unfit(text)
    if (refusal) {
      this.#add(0, [], refusal)
      return null
    }
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: this.#lines,
      prettyErrors: false,
    })
    for (const { code, message, pos } of [...document.errors, ...document.warnings])
      this.#add(pos[0], [], inPlainWords(code, message))
    return document.contents
  }

  text(node: Node | null, trail: Trail): string | null {
    if (isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')) {
      this.refuse(node, trail, 'write it on one line, and "over" or "under" instead of > and <')
      return null
    }
    const text = isScalar(node) ? String(node.value).trim() : null
    if (text) return text
    this.refuse(
      node,
      trail,
      isScalar(node) || node === null ? 'nothing is written here' : wrongShape(node, 'a text'),
    )
    return null
  }

  /** The entries of a map, or null when it is none. A key that stands twice was told of already. */
  entries(node: Node | null, trail: Trail): readonly Entry[] | null {
    if (!isMap(node)) {
      this.refuse(node, trail, wrongShape(node, 'lines of the form "key: value"'))
      return null
    }
    return node.items.flatMap(({ key, value }) => {
      const at = key as Node
      const text = this.text(at, trail)
      return text === null ? [] : [{ key: text, at, value: value as Node | null }]
    })
  }

  items(node: Node | null, trail: Trail): readonly Node[] | null {
    if (isSeq(node)) return node.items as Node[]
    this.refuse(node, trail, wrongShape(node, 'a list, each line beginning with "- "'))
    return null
  }
}

function wrongShape(node: Node | null, expected: string): string {
  if (isAlias(node)) return 'references (* and &) are not read here: write it out'
  const got = isMap(node)
    ? 'a map'
    : isSeq(node)
      ? 'a list'
      : isScalar(node) && node.value
        ? 'a text'
        : 'nothing'
  return `${got} is written here; expected ${expected}`
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice: keep one',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  MULTIPLE_DOCS: 'a file holds one policy: remove everything from the second "---" on',
  BAD_SCALAR_START: 'write "over" or "under" instead of > and <, and put other special characters in quotes',
}

const inPlainWords = (code: string, message: string): string =>
  PLAIN_WORDS[code] ?? `not YAML: ${message.split('\n')[0]}`

function unfit(text: string): string | null {
  if (text.length > LENGTH_LIMIT) return `longer than ${LENGTH_LIMIT.toLocaleString('en')} characters`
  if (text.includes('\ufffd')) return 'not in UTF-8: save the file as UTF-8'
  return isTooDeep(text) ? 'nested far deeper than a policy is' : null
}

/** Looks at the tokens only, which needs no recursion: a hostile file must not exhaust the stack. */
function isTooDeep(text: string): boolean {
  let flow = 0
  let inLine = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow += 1
    else if (token === ']' || token === '}') flow -= 1
    else if (token === '-' || token === '?' || token === ':') inLine += flow === 0 ? 1 : 0
    else if (token.includes('\n')) inLine = 0
    if (flow > DEPTH_LIMIT || inLine > DEPTH_LIMIT) return true
  }
  return false
}
