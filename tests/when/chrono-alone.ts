import { casual as english } from 'chrono-node/en'
import { casual as russian } from 'chrono-node/ru'
import type { Mark } from './judge.ts'
import { contextOf, type Phrase } from './table.ts'

/**
 * chrono-node as it comes, given the easiest fair reading: the wall clock as UTC, forwardDate where plans are made, in a
 * mixed line the longer match of both languages; an hour that it only supposes for a part of the day is not held
 * against it, nor the lack of a range's end where the start is right and it found none; no question is expected of it.
 */
export function chronoAnswers(phrases: readonly Phrase[]): { phrase: Phrase; mark: Mark; answer: string }[] {
  return phrases.map((phrase) => {
    const answer = chronoAnswer(phrase)
    return { phrase, answer: answer?.text ?? '-', mark: markOf(phrase, answer) }
  })
}

type Answer = Readonly<{ day: string; time: string; timeSure: boolean; text: string }>

function chronoAnswer({ category, line, scene }: Phrase): Answer | null {
  const wall = wallOf(scene.timeZone, contextOf(scene).now)
  const reference = { instant: wall, timezone: 0 }
  const options = { forwardDate: scene.direction === 'future' }
  const parsers = category.startsWith('mixed')
    ? [russian, english]
    : [scene.language === 'ru' ? russian : english]
  const [best] = parsers
    .flatMap((parser) => parser.parse(line, reference, options))
    .toSorted((a, b) => b.text.length - a.text.length)
  if (!best) return null
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute', width = 2) =>
    String(best.start.get(name) ?? 0).padStart(width, '0')
  const day = `${part('year', 4)}-${part('month')}-${part('day')}`
  const time = `${part('hour')}:${part('minute')}`
  return { day, time, timeSure: best.start.isCertain('hour'), text: `${day} ${time}` }
}

function markOf({ right }: Phrase, answer: Answer | null): Mark {
  if (!/^\d/.test(right)) return answer === null ? (right.startsWith('?') ? 'lost' : 'right') : 'wrong'
  if (answer === null) return 'lost'
  const [day, time] = right.split(/\.\.| @/)[0]?.split(' ') ?? []
  if (day !== answer.day) return 'wrong'
  if (time === undefined) return answer.timeSure ? 'wrong' : 'right'
  return time === answer.time || !answer.timeSure ? 'right' : 'wrong'
}

function wallOf(timeZone: string, instant: Date): Date {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    instant,
  )
  return new Date(`${text.replace(' ', 'T')}Z`)
}
