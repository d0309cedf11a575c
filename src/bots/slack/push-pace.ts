import { remember } from '../remember.ts'

/** Slack bears "several hundred messages a minute" in a workspace and one a second in a channel. */
const ALL_EVERY_MS = 250
const PERSON_EVERY_MS = 1_000
const PEOPLE_REMEMBERED = 10_000
/** Whoever is sent away because of the crowd comes back within this time. */
const LONGEST_LATER_MS = 5 * 60_000

type Slot = Readonly<{ kind: 'slot'; waitMs: number } | { kind: 'later'; afterMs: number }>

/**
 * When messages that nobody asked for may go out. Answers never wait here: they are only noted, and take their share of
 * the workspace's rate from what does wait.
 */
export type PushPace = Readonly<{
  /** Keeps the next slot for this person, unless it is further away than `mostMs`. */
  reserve(person: string, mostMs: number): Slot
  /** How long this person's direct message must still be left alone; not above zero when it need not. */
  restMs(person: string): number
  /** Something is being posted for this person. */
  posted(person: string, how: 'answer' | 'push'): void
  /** Slack said "not now" about this person for so long. */
  limited(person: string, ms: number): void
}>

export function createPushPace(now: () => number): PushPace {
  const reservedUntil = new Map<string, number>()
  const lastTo = new Map<string, number>()
  const limitedUntil = new Map<string, number>()
  let next = 0
  let closedUntil = 0
  /** Where the crowd of those who were sent away ends: each is told another time, so that they do not come back at once. */
  let tail = 0

  const soonest = (person: string) =>
    Math.max((lastTo.get(person) ?? -Infinity) + PERSON_EVERY_MS, limitedUntil.get(person) ?? 0, closedUntil)

  return {
    reserve(person, mostMs) {
      const crowd = Math.max(next, closedUntil, now())
      const at = Math.max(crowd, soonest(person), reservedUntil.get(person) ?? 0)
      if (crowd - now() > mostMs) {
        tail = Math.min(Math.max(tail, crowd) + ALL_EVERY_MS, now() + LONGEST_LATER_MS)
        return { kind: 'later', afterMs: Math.ceil(Math.max(at, tail) - now()) }
      }
      if (at - now() > mostMs) return { kind: 'later', afterMs: Math.ceil(at - now()) }
      next = crowd + ALL_EVERY_MS
      remember(reservedUntil, person, at + PERSON_EVERY_MS, PEOPLE_REMEMBERED)
      return { kind: 'slot', waitMs: Math.ceil(at - now()) }
    },
    restMs: (person) => Math.ceil(soonest(person) - now()),
    posted(person, how) {
      remember(lastTo, person, now(), PEOPLE_REMEMBERED)
      if (how === 'answer') next = Math.max(next, now()) + ALL_EVERY_MS
    },
    limited(person, ms) {
      for (const [known, until] of limitedUntil) if (until <= now()) limitedUntil.delete(known)
      // One person is the limit of their own channel; two at the same time are the workspace's.
      const others = [...limitedUntil.keys()].some((known) => known !== person)
      limitedUntil.set(person, now() + ms)
      if (others) closedUntil = Math.max(closedUntil, now() + ms)
    },
  }
}
