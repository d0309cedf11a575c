import { addDays, type Day, dayIn } from '../shared/day.ts'
import { addUnits } from '../when/calendar.ts'
import { COUNT_WORD, countNamed, unitNamed } from '../when/lexicon.ts'
import { findWhens } from '../when/read-when.ts'
import type { Found, Impossibility, Span, When, WhenContext } from '../when/reading.ts'

/** `endsOn` is null when only the first day was said: from Monday. */
export type SaidDays = Readonly<{ startsOn: Day; endsOn: Day | null }>

export type DaysReading =
  | Readonly<{ kind: 'clear'; days: SaidDays }>
  | Readonly<{ kind: 'doubtful'; choices: readonly SaidDays[] }>
  | Readonly<{ kind: 'impossible'; reason: Impossibility }>
  | Readonly<{ kind: 'none' }>

/** A line about an absence: its days, and whatever else was said, which is a name. */
export type AbsenceReading = Readonly<{ days: DaysReading; name: string }>

type Context = Omit<WhenContext, 'direction'>

/** More days than this in one line are likelier a slip, such as `14–1 December`, and are asked. */
const LIKELY_DAYS = 120

export function readAbsence(line: string, context: Context): AbsenceReading {
  const found = findWhens(line, { ...context, direction: 'future' })
  const today = dayIn(context.timeZone, context.now)
  const length = lengthIn(line)
  const pieces = [...found.flatMap(({ pieces: some }) => some), ...(length ? [length] : [])]
  return { days: daysOf(found, { line, today, length }), name: nameIn(without(line, pieces)) }
}

type Said = Readonly<{ line: string; today: Day; length: Length | null }>

function daysOf(found: readonly Found[], said: Said): DaysReading {
  const [first, second] = found
  if (!first) {
    return said.length ? { kind: 'clear', days: lasting(said.today, said.length) } : { kind: 'none' }
  }
  if (first.kind === 'impossible') return first
  if (first.kind === 'clear' && first.when.until === null && second?.kind === 'clear') {
    return clear({ startsOn: first.when.day, endsOn: second.when.until?.day ?? second.when.day })
  }
  if (first.kind === 'clear') return clear(meant(first.when, first, said))
  const choices = first.choices.map((when) => meant(when, first, said))
  const ahead = choices.filter(({ startsOn, endsOn }) => (endsOn ?? startsOn) >= said.today)
  const [only, another] = ahead
  return only && !another ? clear(only) : { kind: 'doubtful', choices: ahead }
}

function clear(days: SaidDays): DaysReading {
  const isLong = days.endsOn !== null && days.endsOn > addDays(days.startsOn, LIKELY_DAYS)
  return isLong ? { kind: 'doubtful', choices: [days] } : { kind: 'clear', days }
}

const UNTIL = /^\W{0,2}(?:until|till|til|through|thru|up to|by|before|до|по)(?!\p{L})/iu
const FROM = /^\W{0,2}(?:from|since|starting|beginning|as of|с|со|от|начиная)(?!\p{L})/iu

function meant({ day, until }: When, { from, to }: Span, { line, today, length }: Said): SaidDays {
  if (length) return lasting(day, length)
  if (until) return { startsOn: day, endsOn: until.day }
  const words = line.slice(from, to)
  if (UNTIL.test(words)) return { startsOn: today, endsOn: day }
  return { startsOn: day, endsOn: FROM.test(words) ? null : day }
}

type Length = Span & Readonly<{ amount: number; unit: 'day' | 'week' | 'month' }>

/** For two weeks, «на неделю», «на 10 дней». */
const LENGTH = new RegExp(
  `(?<![\\p{L}\\d])(?:for|на)\\s+(?:(?<n>\\d{1,3}|${COUNT_WORD})\\s+)?` +
    '(?<unit>days?|weeks?|months?|день|дня|дней|неделю|недели|недель|месяц|месяца|месяцев)(?![\\p{L}\\d])',
  'iu',
)

function lengthIn(line: string): Length | null {
  const match = LENGTH.exec(line.replaceAll('ё', 'е').replaceAll('Ё', 'Е'))
  const { n = '1', unit: word = '' } = match?.groups ?? {}
  if (!match) return null
  const amount = countNamed(n.toLowerCase())
  const unit = unitNamed(word.toLowerCase())
  if (!(amount >= 1) || (unit !== 'day' && unit !== 'week' && unit !== 'month')) return null
  return { from: match.index, to: match.index + match[0].length, amount, unit }
}

const lasting = (startsOn: Day, { amount, unit }: Length): SaidDays => ({
  startsOn,
  endsOn: addDays(addUnits(startsOn, amount, unit), -1),
})

/** Blanks, so that places that overlap do no harm. */
function without(line: string, spans: readonly Span[]): string {
  return spans.reduce(
    (text, { from, to }) => text.slice(0, from) + ' '.repeat(to - from) + text.slice(to),
    line,
  )
}

/** What people say around a name: that they are away, and what the other one does. */
const AROUND = new Set(
  [
    "i am im i’m i'm be will me my mine is away off out on of the a an to for at from until till with by and in instead please",
    'substitute substitutes stand stands standing in covers cover covering covered replaced replaces deputy',
    'vacation holiday holidays leave sick business trip office absence days day',
    'я меня мне мой моя мои буду будет уеду уезжаю ухожу нет в во на с со и к у за по до от вместо это',
    'замещает замещать заместит заменит заменяет заместитель замещение подменит прикроет отвечает остается остаётся',
    'отпуск отпуске отпуска командировка командировке командировку больничный больничном болею отсутствую отсутствие',
  ].flatMap((words) => words.split(' ')),
)

const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu

const nameIn = (text: string): string =>
  text
    .split(/[\s,;:()<>]+/)
    .flatMap((part) => (/.@./.test(part) ? [part] : (part.match(WORD) ?? [])))
    .filter((word) => !AROUND.has(word.toLowerCase()))
    .join(' ')
