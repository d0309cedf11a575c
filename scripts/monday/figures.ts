import type { Answered } from './asking.ts'
import type { Call } from './remote.ts'
import { PROMISE, type Reached, type Somebody } from './roster.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const TOO_MANY = 429

/** A message that nobody asked for: one reminder, or several together under their number. */
const SINGLE = /^\W*send the quote/
const TOGETHER = /^\W*(\d+) reminders/

export type Figures = Readonly<{
  people: number
  reminders: number
  messages: number
  lastAfterMs: number
  mostInASecond: number
  mostInAMinute: number
  mostInAChat: number
  calls: number
  refused: number
  /** Of those, how many came within a second of another message in the same chat. */
  refusedInChat: number
  failed: number
  /** Reminders that came exactly once, and that came more often. */
  once: number
  again: number
  /** Of each reminder; below zero it came early. */
  lateMs: Spread
}>

export type Spread = Readonly<{ count: number; least: number; p50: number; p99: number; most: number }>

type Push = Readonly<{ call: Call; count: number; named: readonly string[] }>

export function figuresOf(
  reached: Reached,
  everybody: readonly Somebody[],
  all: readonly Call[],
  dueAt: Date,
): Figures {
  const people = everybody.filter((one) => one.reached === reached)
  const calls = all.filter((call) => call.reached === reached)
  const taken = calls.filter(({ status }) => status === 200)
  const pushes = taken.flatMap(pushIn)
  const late = pushes.flatMap(({ call, count }) =>
    Array.from({ length: count }, () => call.at - dueAt.getTime()),
  )
  return {
    people: people.length,
    reminders: people.reduce((sum, { promises }) => sum + promises.length, 0),
    messages: pushes.length,
    lastAfterMs: pushes.reduce((last, { call }) => Math.max(last, call.at), 0) - dueAt.getTime(),
    mostInASecond: mostWithin(SECOND_MS, taken),
    mostInAMinute: mostWithin(MINUTE_MS, taken),
    mostInAChat: [...Map.groupBy(taken, ({ chat }) => chat).values()].reduce(
      (most, mine) => Math.max(most, mostWithin(SECOND_MS, mine)),
      0,
    ),
    calls: calls.length,
    refused: calls.filter(({ status }) => status === TOO_MANY).length,
    refusedInChat: refusedInChat(calls),
    failed: calls.filter(({ status }) => status !== 200 && status !== TOO_MANY).length,
    ...copies(people, pushes),
    lateMs: spreadOf(late),
  }
}

function pushIn(call: Call): Push[] {
  const named = [...call.shown.matchAll(PROMISE)].flatMap(([, id]) => id ?? [])
  if (SINGLE.test(call.shown)) return [{ call, count: 1, named: named.slice(0, 1) }]
  const together = TOGETHER.exec(call.shown)
  return together ? [{ call, count: Number(together[1]), named }] : []
}

/** A long message names some and counts all: nobody is told of more or fewer than they are owed, and of none twice. */
function copies(people: readonly Somebody[], pushes: readonly Push[]): Pick<Figures, 'once' | 'again'> {
  const of = Map.groupBy(pushes, ({ call }) => call.chat)
  let once = 0
  let again = 0
  for (const { externalId, promises } of people) {
    const mine = of.get(externalId) ?? []
    const told = mine.reduce((sum, { count }) => sum + count, 0)
    const named = mine.flatMap((push) => push.named)
    const twice = Math.max(told - promises.length, named.length - new Set(named).size, 0)
    again += twice
    once += Math.min(told, promises.length) - twice
  }
  return { once, again }
}

/** In any span of that length, wherever it begins. */
function mostWithin(spanMs: number, calls: readonly Call[]): number {
  const times = calls.map(({ at }) => at).toSorted((a, b) => a - b)
  let first = 0
  return times.reduce((most, at, index) => {
    while ((times[first] ?? at) <= at - spanMs) first += 1
    return Math.max(most, index - first + 1)
  }, 0)
}

function refusedInChat(calls: readonly Call[]): number {
  return [...Map.groupBy(calls, ({ chat }) => chat).values()].reduce(
    (sum, mine) =>
      sum +
      mine.filter(
        ({ status, at }) =>
          status === TOO_MANY &&
          mine.some((other) => other.status === 200 && other.at <= at && other.at > at - SECOND_MS),
      ).length,
    0,
  )
}

export function answersOn(
  reached: Reached,
  answers: readonly Answered[],
): Readonly<{
  took: Spread
  unanswered: number
}> {
  const mine = answers.filter((one) => one.reached === reached)
  return {
    took: spreadOf(mine.flatMap(({ ms }) => ms ?? [])),
    unanswered: mine.filter(({ ms }) => ms === null).length,
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
  return { count: sorted.length, least: at(0), p50: at(0.5), p99: at(0.99), most: at(1) }
}

/** How often the program wrote each line of this level or above; 40 is a warning, 50 an error. */
export function logged(written: string, from: number, below: number): ReadonlyMap<string, number> {
  const texts = written.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    const { level, msg } = JSON.parse(line) as Readonly<{ level: number; msg: string }>
    return level >= from && level < below ? [msg] : []
  })
  return new Map([...Map.groupBy(texts, (text) => text)].map(([text, same]) => [text, same.length]))
}
