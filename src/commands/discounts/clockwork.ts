import { UnavailableError } from '../../domain/shared/errors.ts'
import type { PassingTime } from '../kit/clockwork.ts'
import { passTime } from './time.ts'

/** More in one look would hold up everything else; the rest comes a second later. */
const MOST_AT_ONCE = 50

/** Steps whose time is over pass on; each in a transaction of its own, so that one that fails holds up no other. */
export async function passSteps(passing: PassingTime): Promise<void> {
  const { unitOfWork, now } = passing
  const due = await unitOfWork.read((work) => work.discounts.due(now(), MOST_AT_ONCE))
  await passEach(passing, due)
}

/** What nobody can grant or take any more is closed. */
export async function closeOver(passing: PassingTime): Promise<void> {
  const { unitOfWork, now } = passing
  const over = await unitOfWork.read((work) => work.discounts.over(now(), MOST_AT_ONCE))
  await passEach(passing, over)
}

/** What waits for somebody who is away today moves to whoever stands in for them. */
export async function moveToSubstitutes(passing: PassingTime): Promise<void> {
  const { unitOfWork, now } = passing
  const waiting = await unitOfWork.read((work) => work.discounts.withAbsent(now(), MOST_AT_ONCE))
  await passEach(passing, waiting)
}

/** What nobody is there for any more does not wait for its time to run out. */
export async function passStranded(passing: PassingTime): Promise<void> {
  const { unitOfWork, now } = passing
  const stranded = await unitOfWork.read((work) => work.discounts.stranded(now(), MOST_AT_ONCE))
  await passEach(passing, stranded)
}

async function passEach(
  { unitOfWork, now, calendar, journal }: PassingTime,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids)
    try {
      await unitOfWork.change((work) => passTime({ work, now: now(), calendar }, id))
    } catch (error) {
      if (error instanceof UnavailableError) throw error
      journal.error({ err: error, request: id }, 'time cannot pass for a request')
    }
}
