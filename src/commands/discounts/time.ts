import type { Office } from '../../domain/discounts/approvers.ts'
import { changedAt, ended, isOver } from '../../domain/discounts/decide.ts'
import { type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import { escalated, LAPSED, LEFT } from '../../domain/discounts/rounds.ts'
import type { Calendar } from '../../domain/identity/hours.ts'
import type { Work } from '../../domain/shared/work.ts'
import { officeFor } from './access.ts'
import { type Changing, saveRequest, telling } from './change.ts'

type Passing = Readonly<{ work: Work; now: Date; calendar: Calendar }>

/** How the audit log calls what time does. */
const CHANNEL = 'clock'

type Passed = Readonly<{ after: DiscountRequest; changing: Pick<Changing, 'action' | 'tells'> }>

/**
 * What time has done to one request: its last day has passed, whoever asked has left, steps that nobody decided pass on,
 * and what waits for somebody who is away is told to whoever stands in for them today. In one transaction; true when
 * something changed.
 */
export async function passTime(passing: Passing, id: string): Promise<boolean> {
  const { work } = passing
  const request = await work.discounts.hold(id)
  if (!request || !isOpen(request)) return false
  const office = await officeFor(passing, request.requester.id)
  const passed = closed(request, office) ?? passedOn(request, office) ?? moved(request, office)
  if (!passed) return false
  const changing = { ...passed.changing, actorId: null, channel: CHANNEL }
  return (await saveRequest({ work, office }, request, passed.after, changing)) !== null
}

/** An open one would hold up whoever has the account now: nobody asks twice for the same. */
function closed(request: DiscountRequest, office: Office): Passed | null {
  const { id } = request.requester
  const close = (rule: string) =>
    ended(request, 'DECLINED', { by: null, onBehalfOf: null, channel: CHANNEL, word: null, rule }, office)
  if (office.officers.get(id)?.active === false)
    return { after: close(LEFT), changing: { action: 'discount.leave' } }
  // Nothing is left to grant.
  if (isOver(request, office))
    return { after: close(LAPSED), changing: { action: 'discount.lapse', tells: [id] } }
  return null
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
