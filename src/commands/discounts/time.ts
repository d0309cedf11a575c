import type { Office } from '../../domain/discounts/approvers.ts'
import { changedAt, ended } from '../../domain/discounts/decide.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { escalated, LAPSED } from '../../domain/discounts/rounds.ts'
import type { Calendar } from '../../domain/identity/hours.ts'
import { dayIn } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import { officeFor } from './access.ts'
import { type Changing, saveRequest, telling } from './change.ts'

type Passing = Readonly<{ work: Work; now: Date; calendar: Calendar }>

/** How the audit log calls what time does. */
const CHANNEL = 'clock'

type Passed = Readonly<{ after: DiscountRequest; changing: Pick<Changing, 'action' | 'tells'> }>

/**
 * What time has done to one request: its last day has passed, steps that nobody decided pass on, and what waits for
 * somebody who is away is told to whoever stands in for them today. In one transaction; true when something changed.
 */
export async function passTime(passing: Passing, id: string): Promise<boolean> {
  const { work } = passing
  const request = await work.discounts.hold(id)
  if (!request || request.state !== 'PENDING') return false
  const office = await officeFor(passing, request.requester.id)
  const passed = lapsed(request, office) ?? passedOn(request, office) ?? moved(request, office)
  if (!passed) return false
  const changing = { ...passed.changing, actorId: null, channel: CHANNEL }
  return (await saveRequest({ work, office }, request, passed.after, changing)) !== null
}

/** Nothing is left to grant once its last day is over where the requester is. */
function lapsed(request: DiscountRequest, office: Office): Passed | null {
  const { requester, terms } = request
  const zone = office.officers.get(requester.id)?.rhythm.timeZone ?? 'UTC'
  if (terms.lastDay >= dayIn(zone, office.now)) return null
  const decision = { by: null, onBehalfOf: null, channel: CHANNEL, word: null, rule: LAPSED }
  const after = ended(request, 'DECLINED', decision, office)
  return { after, changing: { action: 'discount.lapse', tells: [requester.id] } }
}

function passedOn(request: DiscountRequest, office: Office): Passed | null {
  const after = escalated(request, office)
  if (!after) return null
  // With nobody left to ask it has not gone on, and there is nothing new to hear.
  const isNews = seatsIn(after) > seatsIn(request)
  return { after, changing: { action: 'discount.escalate', tells: isNews ? [request.requester.id] : [] } }
}

const seatsIn = ({ steps }: DiscountRequest): number =>
  steps.reduce((sum, { seats }) => sum + seats.length, 0)

function moved(request: DiscountRequest, office: Office): Passed | null {
  const isUntold = telling(request, office).notices.some(({ kind }) => kind === 'approval')
  return isUntold ? { after: changedAt(request, office), changing: { action: 'discount.move' } } : null
}
