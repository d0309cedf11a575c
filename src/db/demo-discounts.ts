import type { Prisma } from '../../prisma/generated/client.ts'
import { buildDemo } from '../demo/demo.ts'
import type { DemoData, DemoDiscount } from '../demo/rows.ts'
import type { DiscountRequest } from '../domain/discounts/request.ts'
import { dueAt as morningOf } from '../domain/follow-ups/schedule.ts'
import { approvalKey, commitmentKey, discountKey, endingKey, nudgeKey } from '../domain/notices/keys.ts'
import type { NewNotice } from '../domain/notices/notice.ts'
import { addDays, type Day } from '../domain/shared/day.ts'
import { discountStore } from './discounts.ts'
import { rhythmOf } from './demo-rhythm.ts'
import { newId } from './new-id.ts'
import { noticeStore } from './notices.ts'

/** A card for whoever decides comes before one has looked around, an offer after the first reminder. */
const DECIDE_AFTER_MS = 45_000
const ANSWER_AFTER_MS = 3 * 60_000
/** Everybody in the demo has a zone of their own. */
const ANY_ZONE = 'UTC'

type Transaction = Prisma.TransactionClient

const storeOf = (tx: Transaction) => discountStore(tx, newId, ANY_ZONE)

export async function addDemoDiscounts(tx: Transaction, { discounts }: DemoData): Promise<void> {
  for (const discount of discounts) {
    await storeOf(tx).add(discount.request)
    await addRowsOf(tx, discount)
  }
}

async function addRowsOf(
  tx: Transaction,
  { id, accountId, votes, commitments }: DemoDiscount,
): Promise<void> {
  await tx.approvalVote.createMany({ data: votes.map((vote) => ({ requestId: id, ...vote })) })
  await tx.clientCommitment.createMany({
    data: commitments.map(({ dueOn, ...row }) => ({
      ...row,
      requestId: id,
      accountId,
      dueOn: new Date(`${dueOn}T00:00:00Z`),
    })),
  })
}

/**
 * Those that nobody decided, asked about or checked are laid anew for the new day. Their cards that still wait go; those
 * that went out keep their message, so that they show how it stands now. A demo that was laid before there were discounts
 * gets them.
 */
export async function moveDemoDiscounts(tx: Transaction, demo: DemoData, from: Day): Promise<void> {
  if ((await tx.discountRequest.count({ where: { id: { startsWith: 'demo-' } } })) === 0) {
    await addCosts(tx, demo)
    return addDemoDiscounts(tx, demo)
  }
  for (const [discount, current] of await untouched(tx, demo)) {
    const subjects = [discount.id, ...discount.commitments.map(({ id }) => id)]
    await tx.notice.deleteMany({ where: { subject: { in: subjects }, state: 'WAITING' } })
    await tx.$executeRaw`
      update notices set key = 'of ' || ${from} || ' ' || key
      where subject = any(${subjects}::text[]) and key not like 'copy:%'`
    await layAnew(tx, discount, current)
  }
}

/**
 * Whoever is to decide or to answer gets the card soon after the start, once a day. What waits comes in anew shortly before
 * that: the agreed hours begin when somebody can see it.
 */
export async function planDemoDiscounts(tx: Transaction, today: Day, now: Date): Promise<void> {
  for (const [laid, current] of await untouched(tx, buildDemo(today, now))) {
    if (current.isPlanned) continue
    const discount = { ...laid, request: inVersion(laid, current) }
    const cards = cardsFor(discount.request, now)
    if (cards.length > 0) await layAnew(tx, laid, current)
    const all = [
      ...cards,
      ...nudgesFor(discount.request),
      ...checksOf(discount),
      ...endingOf(discount.request),
    ]
    await noticeStore(tx, newId).plan(all.filter(({ dueAt }) => dueAt > now))
  }
}

/** With the same keys as those of requests that people make, so that nobody is told twice. */
function cardsFor({ id, version, state, steps, requester }: DiscountRequest, now: Date): NewNotice[] {
  const common = { subject: id, number: version }
  if (state === 'COUNTERED') {
    const dueAt = new Date(now.getTime() + ANSWER_AFTER_MS)
    const key = discountKey(id, version, requester.id)
    return [{ ...common, key, personId: requester.id, kind: 'discount', dueAt }]
  }
  const dueAt = new Date(now.getTime() + DECIDE_AFTER_MS)
  return openSeats({ state, steps }).map(({ step, seat, reader }) => {
    const key = approvalKey(id, step.id, seat, reader)
    return { ...common, key, personId: seat, kind: 'approval', dueAt }
  })
}

function nudgesFor({ id, version, state, steps }: DiscountRequest): NewNotice[] {
  return openSeats({ state, steps }).flatMap(({ step, seat }): NewNotice[] => {
    if (step.remindAt === null) return []
    const key = nudgeKey(id, step.id, step.escalations, seat)
    const dueAt = new Date(step.remindAt)
    return [{ key, personId: seat, kind: 'nudge', subject: id, number: version, dueAt }]
  })
}

/** Of the steps that are open, who is asked and who reads it for them. */
const openSeats = ({ state, steps }: Pick<DiscountRequest, 'state' | 'steps'>) =>
  steps
    .filter((step) => state === 'PENDING' && step.state === 'OPEN')
    .flatMap((step) =>
      step.told.map((told) => {
        const [seat = '', reader = seat] = told.split('>')
        return { step, seat, reader }
      }),
    )

/** On the morning after its day the requester is asked whether the client kept its side. */
function checksOf({ request, commitments }: DemoDiscount): NewNotice[] {
  const personId = request.requester.id
  return commitments
    .filter(({ state }) => state === 'OPEN')
    .map(({ id, dueOn }) => ({
      key: commitmentKey(id, 0),
      personId,
      kind: 'commitment',
      subject: id,
      dueAt: morningOf({ dueOn: addDays(dueOn, 1), dueTime: null }, rhythmOf(personId)),
    }))
}

/** Three days before the last day the requester is told that it is near. */
function endingOf({ id, version, state, requester, terms }: DiscountRequest): NewNotice[] {
  if (state !== 'GRANTED') return []
  const day = addDays(terms.lastDay, -3)
  const dueAt = morningOf({ dueOn: day, dueTime: null }, rhythmOf(requester.id))
  return [
    { key: endingKey(id), personId: requester.id, kind: 'discount', subject: id, number: version, dueAt },
  ]
}

/** `shown`: the newest version that a message shows. `isPlanned`: cards of it were planned on this day. */
type Current = Readonly<{ request: DiscountRequest; shown: number | null; isPlanned: boolean }>

/** Those that stand as they were laid, whatever time did to them meanwhile. */
async function untouched(
  tx: Transaction,
  { discounts }: DemoData,
): Promise<readonly (readonly [DemoDiscount, Current])[]> {
  const ids = discounts.map(({ id }) => id)
  const requests = await storeOf(tx).byIds(ids)
  const commitments = await tx.clientCommitment.findMany({ where: { requestId: { in: ids } } })
  const notices = await tx.notice.findMany({ where: { subject: { in: ids } } })
  return discounts.flatMap((discount) => {
    const request = requests.find(({ id }) => id === discount.id)
    const promised = commitments.filter(({ requestId }) => requestId === discount.id)
    if (!request || shapeOf(request, promised) !== shapeOf(discount.request, discount.commitments)) return []
    const about = notices.filter(({ subject }) => subject === discount.id)
    const numbers = about.flatMap(({ message, number }) => (message === null ? [] : [number]))
    const shown = numbers.length > 0 ? Math.max(...numbers) : null
    const isPlanned = about.some(({ key }) => /^(approval|discount):/.test(key))
    return [[discount, { request, shown, isPlanned }] as const]
  })
}

type Promised = readonly Readonly<{ id: string; state: string; delays?: number }>[]

/** What only people change: decisions, questions, and whether a client kept its side. */
function shapeOf(request: DiscountRequest, promised: Promised): string {
  const { state, round, steps, questions } = request
  const decided = steps.map((step) => `${step.state} ${step.votes.length}`)
  const asked = questions.map(({ answer }) => answer !== null)
  const checked = promised.map((one) => `${one.id} ${one.state} ${one.delays ?? 0}`).toSorted()
  return JSON.stringify([state, round, decided, asked, checked])
}

/** A message that shows it is edited only when the version has grown. */
const inVersion = ({ request }: DemoDiscount, { shown }: Current): DiscountRequest => ({
  ...request,
  version: shown === null ? request.version : Math.max(request.version, shown + 1),
})

async function layAnew(tx: Transaction, discount: DemoDiscount, current: Current): Promise<void> {
  const { id } = discount
  const { createdAt } = discount.request
  await storeOf(tx).save(current.request, inVersion(discount, current), null)
  await tx.discountRequest.update({ where: { id }, data: { createdAt } })
  await tx.approvalVote.deleteMany({ where: { requestId: id } })
  await tx.clientCommitment.deleteMany({ where: { requestId: id } })
  await addRowsOf(tx, discount)
}

/** What a demo of an earlier version did not know: what things cost, and how far people are trusted. */
async function addCosts(tx: Transaction, { products, users }: DemoData): Promise<void> {
  for (const { id, cost, floorMargin } of products)
    await tx.product.updateMany({ where: { id, cost: null }, data: { cost, floorMargin } })
  for (const { id, delegationLevel } of users)
    await tx.user.updateMany({ where: { id, delegationLevel: null }, data: { delegationLevel } })
}
