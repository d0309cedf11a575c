import type { Calendar } from '../../domain/identity/hours.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { changedAt } from '../../domain/discounts/decide.ts'
import { escalated } from '../../domain/discounts/rounds.ts'
import type { Work } from '../../domain/shared/work.ts'
import { officeFor } from './access.ts'
import { saveRequest, telling } from './change.ts'

type Passing = Readonly<{ work: Work; now: Date; calendar: Calendar }>

/** How the audit log calls what time does. */
const CHANNEL = 'clock'

/**
 * What time has done to one request: steps that nobody decided pass on, and what waits for somebody who is away is told
 * to whoever stands in for them today. In one transaction; true when something changed.
 */
export async function passTime(passing: Passing, id: string): Promise<boolean> {
  const { work } = passing
  const request = await work.discounts.hold(id)
  if (!request || request.state !== 'PENDING') return false
  const office = await officeFor(passing, request.requester.id)
  const late = escalated(request, office)
  const after = late ?? (isUntold(request, office) ? changedAt(request, office) : null)
  if (!after) return false
  const saved = await saveRequest({ work, office }, request, after, {
    action: late ? 'discount.escalate' : 'discount.move',
    actorId: null,
    channel: CHANNEL,
    tells: late ? [request.requester.id] : [],
  })
  return saved !== null
}

type Office = Parameters<typeof telling>[1]

const isUntold = (request: DiscountRequest, office: Office): boolean =>
  telling(request, office).notices.some(({ kind }) => kind === 'approval')
