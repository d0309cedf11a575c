import type { SourceRow } from '../domain/imports/row.ts'
import { CELL_LIMIT } from './source.ts'

export const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/**
 * Cuts text into records as RFC 4180 has it, chunk by chunk, so that a file of any size needs the memory of one record.
 * A cell beyond the limit is counted to its end but not kept. Empty lines are no records.
 */
export class CsvParser {
  readonly #delimiter: Delimiter
  #line = 1
  #startLine = 1
  #cells: string[] = []
  #oversize = new Map<number, number>()
  #pieces = ''
  #length = 0
  #quoted: 'no' | 'inside' | 'closed' = 'no'
  #quoteLine = 1
  #broken: string | null = null
  #afterCr = false
  #pendingQuote = false

  constructor(delimiter: Delimiter, firstLine = 1) {
    this.#delimiter = delimiter
    this.#line = firstLine
    this.#startLine = firstLine
  }

  /** The records that end in this chunk. */
  *push(chunk: string): Generator<SourceRow> {
    let at = 0
    while (at < chunk.length) {
      const end =
        this.#quoted === 'inside' && !this.#pendingQuote
          ? this.#quotedRun(chunk, at)
          : this.#plainRun(chunk, at)
      if (end > at) {
        this.#keep(chunk.slice(at, end))
        at = end
        continue
      }
      const row = this.#take(chunk[at] ?? '')
      if (row) yield row
      at += 1
    }
  }

  *finish(): Generator<SourceRow> {
    if (this.#pendingQuote) this.#closeQuote()
    if (this.#quoted === 'inside')
      this.#broken ??= `a quote is never closed: it opens in line ${this.#quoteLine}`
    const row = this.#endRecord()
    if (row) yield row
  }

  /** Where the run of characters without meaning ends. */
  #quotedRun(chunk: string, from: number): number {
    let at = from
    while (at < chunk.length) {
      const char = chunk[at]
      if (char === '"') break
      if (char === '\n' || char === '\r') this.#countLine(char)
      else this.#afterCr = false
      at += 1
    }
    return at
  }

  #plainRun(chunk: string, from: number): number {
    let at = from
    if (this.#pendingQuote) return at
    while (at < chunk.length) {
      const char = chunk[at]
      if (char === '"' || char === '\n' || char === '\r' || char === this.#delimiter) break
      at += 1
    }
    if (at > from) this.#afterCr = false
    return at
  }

  #take(char: string): SourceRow | null {
    if (this.#pendingQuote) {
      this.#pendingQuote = false
      if (char === '"') {
        this.#keep('"')
        return null
      }
      this.#closeQuote()
      return this.#take(char)
    }
    if (char === '"') return this.#takeQuote()
    if (char === this.#delimiter) {
      this.#afterCr = false
      this.#endCell()
      return null
    }
    if (char === '\n' || char === '\r') return this.#takeBreak(char)
    this.#keep(char)
    return null
  }

  #takeQuote(): null {
    this.#afterCr = false
    if (this.#quoted === 'inside') this.#pendingQuote = true
    else if (this.#quoted === 'no' && this.#length === 0) {
      this.#quoted = 'inside'
      this.#quoteLine = this.#line
    } else this.#keep('"')
    return null
  }

  #closeQuote(): void {
    this.#pendingQuote = false
    this.#quoted = 'closed'
  }

  #takeBreak(char: string): SourceRow | null {
    const secondHalf = char === '\n' && this.#afterCr
    this.#afterCr = char === '\r'
    if (secondHalf) {
      this.#startLine = this.#line
      return null
    }
    const row = this.#endRecord()
    this.#line += 1
    this.#startLine = this.#line
    return row
  }

  /** Within quotes a line break is text; CR LF is one break. */
  #countLine(char: string): void {
    if (!(char === '\n' && this.#afterCr)) this.#line += 1
    this.#afterCr = char === '\r'
  }

  #keep(text: string): void {
    if (this.#quoted === 'closed' && text.trim() !== '') {
      this.#broken ??= 'text stands after a closing quote'
    }
    this.#length += text.length
    const room = CELL_LIMIT - this.#pieces.length
    if (room > 0) this.#pieces += text.slice(0, room)
  }

  #endCell(): void {
    if (this.#length > CELL_LIMIT) this.#oversize.set(this.#cells.length, this.#length)
    this.#cells.push(this.#pieces)
    this.#pieces = ''
    this.#length = 0
    this.#quoted = 'no'
  }

  #endRecord(): SourceRow | null {
    const empty = this.#cells.length === 0 && this.#length === 0 && this.#quoted === 'no'
    this.#endCell()
    const row: SourceRow = {
      line: this.#startLine,
      cells: this.#cells,
      ...(this.#oversize.size > 0 ? { oversize: this.#oversize } : {}),
      ...(this.#broken ? { broken: this.#broken } : {}),
    }
    this.#cells = []
    this.#oversize = new Map()
    this.#broken = null
    return empty ? null : row
  }
}
