import type { AccountFacts, PromiseFact } from '../../domain/accounts/account.ts'
import type { Score } from '../../domain/follow-ups/follow-up.ts'
import type { Day } from '../../domain/shared/day.ts'
import { type Field, parts, plain, say, type Text } from '../kit/view.ts'
import { away, inOneLine } from './phrases.ts'

type Promised = Pick<AccountFacts, 'promises' | 'openPromises'>

export function wasPromised({ promises: { ours, theirs } }: Promised): boolean {
  return [ours, theirs].some(({ kept, late, overdue, open }) => kept + late + overdue + open > 0)
}

/** The oldest come first, so that what is overdue is never among those that are only counted. */
export function openPromises({ openPromises: shown, promises }: Promised, today: Day): Field[] {
  const { ours, theirs } = promises
  const more = ours.open + ours.overdue + theirs.open + theirs.overdue - shown.length
  const rest = { label: say('account.next.promises'), value: say('account.next.more', { count: more }) }
  return [...shown.map((promise) => promiseField(promise, today)), ...(more > 0 ? [rest] : [])]
}

function promiseField(promise: PromiseFact, today: Day): Field {
  const { promisedBy, contactName, what, dueOn, dueTime } = promise
  const params = { day: { day: dueOn }, ago: away(today, dueOn) }
  const due = dueTime
    ? say('account.next.dueAt', { ...params, time: plain(dueTime) })
    : say('account.next.due', params)
  const field = {
    label: say(promisedBy === 'US' ? 'account.next.ours' : 'account.next.theirs'),
    value: parts(plain(inOneLine(what)), contactName ? plain(contactName) : null, due),
  }
  return dueOn < today ? { ...field, tone: 'bad' } : field
}

/** How promises went so far; a side, or a part of it, that counts none is left out. */
export function promiseRecord({ promises: { ours, theirs } }: Promised): Field[] {
  const sides = [side('account.promises.ours', ours), side('account.promises.theirs', theirs)]
  const told = sides.filter((text) => text !== null)
  return told.length > 0 ? [{ label: say('account.promises'), value: parts(...told) }] : []
}

function side(
  key: 'account.promises.ours' | 'account.promises.theirs',
  { kept, late, overdue }: Score,
): Text | null {
  const score = [
    kept > 0 ? say('account.promises.kept', { kept }) : null,
    late > 0 ? say('account.promises.late', { late }) : null,
    overdue > 0 ? say('account.promises.overdue', { overdue }) : null,
  ].filter((text) => text !== null)
  return score.length > 0 ? say(key, { score: { list: score } }) : null
}
