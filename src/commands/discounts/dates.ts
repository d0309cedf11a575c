import type { Give } from '../../domain/discounts/terms.ts'
import { addDays, type Day } from '../../domain/shared/day.ts'
import type { Context } from '../kit/command.ts'
import type { Wish } from './wish.ts'

/** No discount is promised for longer; a policy may not grant for longer either. */
const LONGEST_DAYS = 730

/** Null when what was said is doubtful, over, or too far away. */
export function lastDayOf({ today }: Context, { lastDay, kept }: Wish, validDays: number): Day | null {
  const day = kept.lastDay ?? dayOf(lastDay) ?? (lastDay ? null : addDays(today, validDays))
  return day !== null && day >= today && day <= addDays(today, LONGEST_DAYS) ? day : null
}

const dayOf = (found: Wish['lastDay']): Day | null =>
  found?.kind === 'clear' ? (found.when.until?.day ?? found.when.day) : null

/** A give without a date is due by the last day of the discount. Null when a date is doubtful or over. */
export function givesOf({ today }: Context, { gives, kept }: Wish, lastDay: Day): readonly Give[] | null {
  if (kept.gives) return kept.gives.every(({ dueOn }) => dueOn >= today) ? kept.gives : null
  const all = gives.map(({ give, when }) => {
    if (!when) return { ...give, dueOn: lastDay }
    return when.kind === 'clear' && when.when.day >= today ? { ...give, dueOn: when.when.day } : null
  })
  return all.some((give) => give === null) ? null : all.filter((give) => give !== null)
}
