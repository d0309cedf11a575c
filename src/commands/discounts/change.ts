import { type Office, readerOf } from '../../domain/discounts/approvers.ts'
import type { CastVote } from '../../domain/discounts/discount-store.ts'
import { factText, MONEY_FACTS, NUMBER_FACTS, WORD_FACTS } from '../../domain/discounts/facts.ts'
import { type DiscountRequest, isOpen, type Step } from '../../domain/discounts/request.ts'
import { waitingFor } from '../../domain/discounts/rounds.ts'
import { approvalKey, discountKey, nudgeKey } from '../../domain/notices/keys.ts'
import type { NewNotice } from '../../domain/notices/notice.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Json } from '../../domain/shared/audit.ts'
import type { Work } from '../../domain/shared/work.ts'

/** Who changed it, and who hears of it beside those who are to decide. */
export type Changing = Readonly<{
  action: string
  /** Null when time itself did. */
  actorId: PersonId | null
  onBehalfOf?: PersonId | undefined
  channel: string
  vote?: CastVote | undefined
  tells?: readonly PersonId[] | undefined
  word?: string | undefined
}>

type Parts = Readonly<{ work: Work; office: Office }>

/** The first of a request: written down, audited, and those who are to decide are told. */
export async function addRequest(
  { work, office }: Parts,
  request: DiscountRequest,
  changing: Changing,
): Promise<DiscountRequest> {
  const { request: told, notices } = telling(request, office)
  const added = await work.discounts.add(told)
  await audited(work, null, added, changing)
  await work.notices.plan([...notices, ...heard(added, changing, office)])
  return added
}

/**
 * The next state of a request with everything that belongs to it: the vote in the same statement, the audit row, the
 * messages. Null when somebody else was faster; then nothing was written.
 */
export async function saveRequest(
  { work, office }: Parts,
  before: DiscountRequest,
  after: DiscountRequest,
  changing: Changing,
): Promise<DiscountRequest | null> {
  const { request: told, notices } = telling(after, office)
  if (!(await work.discounts.save(before, told, changing.vote ?? null))) return null
  await audited(work, before, told, changing)
  if (!isOpen(told) || told.round !== before.round) {
    await work.notices.drop(before.id, 'approval')
    await work.notices.drop(before.id, 'nudge')
  }
  await work.notices.plan([...notices, ...heard(told, changing, office)])
  return told
}

type Told = Readonly<{ request: DiscountRequest; notices: readonly NewNotice[] }>

/** Everybody who is to decide and has not been told, with the reminder after half of the agreed hours. */
export function telling(request: DiscountRequest, office: Office): Told {
  if (request.state !== 'PENDING') return { request, notices: [] }
  const notices: NewNotice[] = []
  const steps = request.steps.map((step): Step => {
    if (step.state !== 'OPEN') return step
    const asked = readers(step, request, office)
    const fresh = asked.filter(({ seat, reader }) => !step.told.includes(`${seat}>${reader}`))
    for (const { seat, reader } of fresh) notices.push(approval(request, step, seat, reader, office))
    for (const { seat, reader } of asked) notices.push(...nudge(request, step, seat, reader))
    return { ...step, told: [...step.told, ...fresh.map(({ seat, reader }) => `${seat}>${reader}`)] }
  })
  return { request: { ...request, steps }, notices }
}

/** Whoever is to decide, by each seat that has not decided yet: its own person, or the last who stands in and may. */
function readers(step: Step, request: DiscountRequest, office: Office) {
  return step.seats
    .filter(({ id }) => !step.votes.some(({ seat }) => seat === id))
    .flatMap((seat) => {
      const reader = readerOf(seat, request, office)
      return reader === null ? [] : [{ seat: seat.id, reader }]
    })
}

const approval = (
  { id, version }: DiscountRequest,
  step: Step,
  seat: PersonId,
  reader: PersonId,
  { now }: Office,
): NewNotice => ({
  key: approvalKey(id, step.id, seat, reader),
  personId: reader,
  kind: 'approval',
  subject: id,
  number: version,
  dueAt: now,
})

function nudge({ id, version }: DiscountRequest, step: Step, seat: PersonId, reader: PersonId): NewNotice[] {
  if (!step.remindAt) return []
  const key = nudgeKey(id, step.id, step.escalations, seat)
  return [
    { key, personId: reader, kind: 'nudge', subject: id, number: version, dueAt: new Date(step.remindAt) },
  ]
}

function heard({ id, version }: DiscountRequest, { tells = [], actorId }: Changing, { now }: Office) {
  return [...new Set(tells)]
    .filter((person) => person !== actorId)
    .map(
      (personId): NewNotice => ({
        key: discountKey(id, version, personId),
        personId,
        kind: 'discount',
        subject: id,
        number: version,
        dueAt: now,
      }),
    )
}

async function audited(
  work: Work,
  before: DiscountRequest | null,
  after: DiscountRequest,
  { action, actorId, onBehalfOf, channel, word }: Changing,
): Promise<void> {
  await work.audit.write({
    actorId,
    ...(onBehalfOf ? { onBehalfOf } : {}),
    channel,
    action,
    subject: after.id,
    ...(before ? { before: summaryOf(before) } : {}),
    after: { ...summaryOf(after), tested: testedBy(after), ...(word ? { word } : {}) },
  })
}

/** What the audit log keeps of a state. */
function summaryOf(request: DiscountRequest): Readonly<Record<string, Json>> {
  const { number, account, requester, terms, state, round, version, policyVersion, steps, counter } = request
  return {
    number,
    accountId: account.id,
    requesterId: requester.id,
    authors: request.authors,
    state,
    round,
    version,
    policyVersion,
    subject: terms.subject.title,
    percent: terms.percent,
    list: `${terms.list.amount} ${terms.list.currency}`,
    net: `${terms.net.amount} ${terms.net.currency}`,
    deferralDays: terms.deferralDays,
    lastDay: terms.lastDay,
    waitingFor: waitingFor(request),
    steps: steps.map(({ id, state: of, votes }) =>
      `${id} ${of} ${votes.map(({ by }) => by.id).join('+')}`.trim(),
    ),
    ...(counter ? { counter: counter.terms.percent } : {}),
  }
}

const testedBy = ({ facts }: DiscountRequest): Json =>
  Object.fromEntries(
    [...NUMBER_FACTS, ...MONEY_FACTS, ...WORD_FACTS].map((name) => [name, factText(facts, name)]),
  )
