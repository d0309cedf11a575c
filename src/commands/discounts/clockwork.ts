import type { Calendar } from '../../domain/identity/hours.ts'
import type { UnitOfWork } from '../kit/unit-of-work.ts'
import { passTime } from './time.ts'

type Passing = Readonly<{ unitOfWork: Pick<UnitOfWork, 'read' | 'change'>; now(): Date; calendar: Calendar }>

/** More in one look would hold up everything else; the rest comes a second later. */
const MOST_AT_ONCE = 50

/** Steps whose time is over pass on; each in a transaction of its own, so that one that fails holds up no other. */
export async function passSteps({ unitOfWork, now, calendar }: Passing): Promise<void> {
  const due = await unitOfWork.read((work) => work.discounts.due(now(), MOST_AT_ONCE))
  await passEach({ unitOfWork, now, calendar }, due)
}

/** What waits for somebody who is away today moves to whoever stands in for them. */
export async function moveToSubstitutes({ unitOfWork, now, calendar }: Passing): Promise<void> {
  const waiting = await unitOfWork.read((work) => work.discounts.withAbsent(now(), MOST_AT_ONCE))
  await passEach({ unitOfWork, now, calendar }, waiting)
}

async function passEach({ unitOfWork, now, calendar }: Passing, ids: readonly string[]): Promise<void> {
  for (const id of ids) await unitOfWork.change((work) => passTime({ work, now: now(), calendar }, id))
}
