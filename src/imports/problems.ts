import { closeSync, openSync, writeSync } from 'node:fs'
import type { Problem } from '../domain/imports/row.ts'
import { csvCell } from './csv-cell.ts'

const SHOWN = 50
const VALUE_LIMIT = 60

/** Collects what is wrong: the lines that are out, the first problems in full, the rest by number; all of them in the report file. */
export class Problems {
  readonly #badLines = new Set<number>()
  readonly #first: Problem[] = []
  readonly #reasons = new Map<string, number>()
  readonly #file: number | null
  #count = 0

  constructor(reportFile: string | null) {
    this.#file = reportFile === null ? null : openSync(reportFile, 'w')
    if (this.#file !== null) writeSync(this.#file, '\ufeffline,column,value,reason\r\n')
  }

  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#count += 1
      this.#badLines.add(problem.line)
      const reason = kindOf(problem)
      this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
      if (this.#first.length < SHOWN) this.#first.push(problem)
      if (this.#file === null) continue
      const cells = [String(problem.line), problem.column, shortened(problem.value), problem.reason]
      writeSync(this.#file, `${cells.map(csvCell).join(',')}\r\n`)
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
  }

  isBad(line: number): boolean {
    return this.#badLines.has(line)
  }

  get badRows(): number {
    return this.#badLines.size
  }

  /** One line per problem, the first fifty by line, and how often each reason was given. */
  lines(): string[] {
    const shown = this.#first.toSorted((a, b) => a.line - b.line).map(sentence)
    const more = this.#count - shown.length
    const counts = [...this.#reasons]
      .toSorted((a, b) => b[1] - a[1])
      .map(([reason, count]) => `  ${count.toLocaleString('en')} × ${reason}`)
    return [
      ...shown,
      ...(more > 0 ? [`… and ${more.toLocaleString('en')} more`] : []),
      'by reason:',
      ...counts,
    ]
  }
}

/** What stands behind a colon or in brackets tells of one case; problems are counted by what is before it. */
function kindOf({ column, reason }: Problem): string {
  const general = reason.split(/: | \(/)[0] ?? reason
  return column === '' ? general : `"${column}" ${general}`
}

function sentence({ line, column, value, reason }: Problem): string {
  const place = column === '' ? `line ${line}` : `line ${line}, column "${column}"`
  return value === '' ? `${place}: ${reason}` : `${place}: ${JSON.stringify(shortened(value))} ${reason}`
}

function shortened(value: string): string {
  return value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT)}…` : value
}
