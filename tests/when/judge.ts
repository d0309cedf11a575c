import type { When, WhenReading } from '../../src/domain/when/reading.ts'
import { readWhen } from '../../src/domain/when/read-when.ts'
import { contextOf, type Phrase } from './table.ts'

/** `asked`: a question, with what was meant among its choices; `lost`: not read; `wrong`: a confident mistake. */
export type Mark = 'right' | 'asked' | 'lost' | 'wrong'
export type Marked = Readonly<{ phrase: Phrase; mark: Mark; answer: string }>

export function markAll(phrases: readonly Phrase[]): Marked[] {
  return phrases.map((phrase) => {
    const reading = readWhen(phrase.line, contextOf(phrase.scene))
    return { phrase, mark: markReading(phrase, reading), answer: told(reading) }
  })
}

function markReading({ right }: Phrase, reading: WhenReading): Mark {
  const meant = right.startsWith('? ') ? right.slice(2).split(' | ') : []
  if (reading.kind === 'clear') {
    return meant.length === 0 && saysSame(right, reading.when) ? 'right' : 'wrong'
  }
  if (reading.kind === 'doubtful') {
    const offered = (one: string) => reading.choices.some((choice) => saysSame(one, choice))
    if (meant.length > 0) return meant.every(offered) ? 'right' : 'lost'
    return offered(right) || right === '-' || right.startsWith('!') ? 'asked' : 'lost'
  }
  return told(reading) === right ? 'right' : 'lost'
}

function saysSame(right: string, when: When): boolean {
  const [said, instant] = right.split(' @')
  if (said !== toldWhen(when)) return false
  return instant === undefined || (when.instant !== null && Date.parse(instant) === Date.parse(when.instant))
}

function told(reading: WhenReading): string {
  if (reading.kind === 'none') return '-'
  if (reading.kind === 'impossible') return `! ${reading.reason}`
  return reading.kind === 'clear' ? toldWhen(reading.when) : `? ${reading.choices.map(toldWhen).join(' | ')}`
}

export function toldWhen({ day, time, until }: When): string {
  const start = time === null ? day : `${day} ${time}`
  if (until === null) return start
  const end = until.time === null || until.day === day ? '' : `${until.day} `
  return `${start}..${until.time === null ? until.day : `${end}${until.time}`}`
}
