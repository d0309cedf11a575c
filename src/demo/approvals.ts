import type { AccountFacts } from '../domain/accounts/account.ts'
import { type Office, type Officer, readerOf } from '../domain/discounts/approvers.ts'
import { actingAt, approved, countered, declined } from '../domain/discounts/decide.ts'
import type { CastVote } from '../domain/discounts/discount-store.ts'
import { DEFAULT_POLICY } from '../domain/discounts/default-policy.ts'
import { evaluate } from '../domain/discounts/evaluate.ts'
import type { Offer } from '../domain/discounts/offer.ts'
import type { DiscountRequest, PersonRef, Step } from '../domain/discounts/request.ts'
import { filed, withAnswer, withQuestion } from '../domain/discounts/rounds.ts'
import { type GrantedBefore, ruleFacts, sumsOf } from '../domain/discounts/rule-facts.ts'
import { amountOff, atPercent, netAt, type Terms } from '../domain/discounts/terms.ts'
import { USUAL_HOURS } from '../domain/identity/hours.ts'
import { addDays, type Day, daysBetween } from '../domain/shared/day.ts'
import { instantAt, workdayUntil } from './calendar.ts'
import { accountId } from './clients.ts'
import { type Act, type Asked, DISCOUNTS, type Moment } from './discounts.ts'
import { contractsOf, dealsOf, invoicesOf } from './money.ts'
import { PRODUCTS, productId } from './products.ts'
import type { DemoCommitment, DemoDiscount } from './rows.ts'
import type { Story } from './story.ts'
import { demoAbsence, demoTeam, memberOf, type Person, userId } from './team.ts'

const CHANNEL = 'console'
/** In the demo every day is an ordinary one. */
const NO_HOLIDAYS = { isHoliday: () => false, countryOf: () => null }

type Told = Pick<DemoDiscount, 'request' | 'votes'>
type Setting = Readonly<{ stories: readonly Story[]; today: Day; now: Date }>

/** When the demo is laid without a time: before all of that day, so that nothing in it is still to come. */
export const beginningOf = (today: Day): Date => new Date(`${today}T00:00:00Z`)

/**
 * What was asked for and decided, by the same rules as everything that people ask for. What still waits came in within the
 * hour before `now`, so that nobody finds the time for an answer over.
 */
export function discountsOf(stories: readonly Story[], today: Day, now: Date): DemoDiscount[] {
  return DISCOUNTS.reduce<DemoDiscount[]>(
    (before, asked) => [...before, discountOf(asked, before, { stories, today, now })],
    [],
  )
}

function discountOf(asked: Asked, before: readonly DemoDiscount[], setting: Setting): DemoDiscount {
  const first = fileOf(asked, before, setting)
  const { request, votes } = (asked.acts ?? []).reduce<Told>(
    (told, act) => actOn(told, act, asked, setting),
    { request: first, votes: [] },
  )
  const told = { ...request, steps: request.steps.map((step) => withTold(step, request, setting)) }
  const { id, account } = request
  return { id, accountId: account.id, request: told, votes, commitments: commitmentsOf(asked, told, setting) }
}

function fileOf(asked: Asked, before: readonly DemoDiscount[], setting: Setting): DiscountRequest {
  const { key, account, by, percent, reason, competitor = null } = asked
  const story = setting.stories.find((one) => one.key === account)
  if (!story) throw new Error(`${account} is not in the demo`)
  const office = officeAt(asked.asked, asked, setting)
  const day = dayOf(asked.asked, setting.today)
  const offer = offerOf(asked, story, setting.today)
  const terms = termsOf(asked, offer, day, setting.today)
  const facts = ruleFacts({
    terms,
    costShare: offer.costShare,
    floorMargin: offer.floorMargin,
    account: clientOn(day, story, setting.today),
    granted: grantedBefore(accountId(account), before, day),
    requester: { role: memberOf(by).role, level: memberOf(by).delegationLevel },
    policy: office.policy,
    today: day,
  })
  const verdict = evaluate(office.policy, facts)
  if (verdict.kind === 'stopped') throw new Error(`${key}, ${percent}%, is stopped by ${verdict.rule.name}`)
  const list = 'deal' in asked.on ? terms.list.amount : null
  const basis = { list, currency: terms.list.currency, quantity: 1, costShare: offer.costShare }
  const ref = { id: accountId(account), name: story.name }
  const request = { id: `demo-discount-${key}`, account: ref, requester: refOf(by), terms, basis }
  return filed({ ...request, reason, competitor }, { facts, verdict }, CHANNEL, office)
}

function offerOf({ on, key }: Asked, story: Story, today: Day): Offer {
  const product = 'deal' in on ? story.open?.[on.deal - 1]?.product : on.product
  if (!product) throw new Error(`${key} is about a deal that is not in the demo`)
  const { name, productGroup, cost, listPrice, floorMargin } = PRODUCTS[product]
  const deal = 'deal' in on ? dealsOf(story, today)[on.deal - 1] : undefined
  const amount = 'deal' in on ? (deal?.amount ?? null) : on.list.toFixed(2)
  const { currency } = memberOf(story.owner)
  const subject = { productId: productId(product), product: name, productGroup }
  return {
    subject: { ...subject, dealId: deal?.id ?? null, title: deal?.title ?? name },
    list: amount === null ? null : { amount, currency },
    costShare: { cost, list: listPrice },
    floorMargin,
  }
}

function termsOf({ key, percent, gives = [], deferralDays = 0 }: Asked, offer: Offer, day: Day, today: Day) {
  const { list, subject } = offer
  if (!list) throw new Error(`${key} has no price`)
  const terms: Terms = {
    subject,
    list,
    percent,
    net: { amount: netAt(list.amount, percent), currency: list.currency },
    deferralDays,
    lastDay: addDays(day, DEFAULT_POLICY.validDays),
    gives: gives.map(({ kind, what, due }) => ({ kind, what, dueOn: addDays(today, due) })),
  }
  return terms
}

type ClientFacts = Pick<
  AccountFacts,
  'tier' | 'delegationLevel' | 'overdue' | 'invoicesKnown' | 'contractEndsOn'
>

/** What was known of the client on that day. */
function clientOn(day: Day, story: Story, today: Day): ClientFacts {
  const invoices = invoicesOf(story, today)
  const late = invoices.filter(({ dueOn, paidOn }) => dueOn < day && (paidOn === null || paidOn > day))
  const sums = late.map(({ amount, paidAmount, paidOn, currency }) => ({
    amount: (Number(amount) - (paidOn === null ? Number(paidAmount) : 0)).toFixed(2),
    currency,
  }))
  const oldestDueOn = late.map(({ dueOn }) => dueOn).toSorted()[0] ?? null
  return {
    tier: story.tier ?? null,
    delegationLevel: story.level ?? null,
    overdue: { sums: sumsOf(sums), invoices: late.length, oldestDueOn },
    invoicesKnown: invoices.length > 0,
    contractEndsOn: contractEnd(day, story, today),
  }
}

function contractEnd(day: Day, story: Story, today: Day): Day | null {
  const ends = contractsOf(story, today).flatMap(({ endsOn, autoRenews }) =>
    endsOn && !autoRenews && endsOn >= day ? [endsOn] : [],
  )
  return ends.toSorted()[0] ?? null
}

function grantedBefore(account: string, all: readonly DemoDiscount[], day: Day): GrantedBefore {
  const granted = all.filter(
    ({ accountId: of, request: { state, decision } }) =>
      of === account &&
      state === 'GRANTED' &&
      decision !== null &&
      daysBetween(decision.at.slice(0, 10), day) < 365,
  )
  return { count: granted.length, amount: sumsOf(granted.map(({ request }) => amountOff(request.terms))) }
}

function actOn({ request, votes }: Told, act: Act, asked: Asked, setting: Setting): Told {
  const office = officeAt(act, asked, setting)
  const at = office.now.toISOString()
  const by = refOf(act.by)
  if (act.does === 'ask') {
    const id = `${request.questions.length + 1}`
    return { request: withQuestion(request, { id, by, text: act.text, at }, office), votes }
  }
  if (act.does === 'answer') {
    const id = request.questions.at(-1)?.id ?? ''
    return { request: withAnswer(request, id, { by, text: act.text, at }, office), votes }
  }
  return decisionOn({ request, votes }, act, office)
}

type Deciding = Extract<Act, { does: 'approve' | 'counter' | 'decline' }>

function decisionOn({ request, votes }: Told, act: Deciding, office: Office): Told {
  const step = request.steps.find(
    ({ state, seats }) => state === 'OPEN' && seats.some(({ id }) => id === userId(act.by)),
  )
  if (!step) throw new Error(`nothing of ${request.id} waits for ${act.by}`)
  const acting = actingAt(request, step, { ...refOf(act.by), channel: CHANNEL }, office)
  if (typeof acting === 'string') throw new Error(`${act.by} may not decide ${request.id}: ${acting}`)
  const vote: CastVote = {
    stepId: step.id,
    slot: step.votes.length + 1,
    seatId: acting.seat.id,
    actorId: acting.by.id,
    verdict: act.does,
    channel: CHANNEL,
  }
  const after = () => {
    if (act.does === 'approve') return approved(request, acting, office)
    if (act.does === 'decline') return declined(request, acting, act.word, office)
    return countered(
      request,
      acting,
      { terms: atPercent(request.terms, act.percent), word: act.word },
      office,
    )
  }
  return { request: after(), votes: [...votes, { ...vote, at: office.now.toISOString() }] }
}

/** Those who are asked have been told, or their card is on the way: see planDemoDiscounts(). */
function withTold(step: Step, request: DiscountRequest, setting: Setting): Step {
  if (step.state !== 'OPEN') return step
  const office = officeAt({ minutesAgo: 0 }, { by: 'anna' }, setting)
  return {
    ...step,
    told: step.seats.map((seat) => `${seat.id}>${readerOf(seat, request, office) ?? seat.id}`),
  }
}

function commitmentsOf(
  { key, gives = [] }: Asked,
  { state, terms }: DiscountRequest,
  { today }: Setting,
): DemoCommitment[] {
  if (state !== 'GRANTED') return []
  return terms.gives.map((give, at): DemoCommitment => {
    const id = `demo-commitment-${key}-${at + 1}`
    const checked = gives[at]?.checked
    if (!checked) return { id, ...give, state: 'OPEN', checkedAt: null, checkedBy: null }
    const by = DISCOUNTS.find((one) => one.key === key)?.by ?? 'anna'
    const checkedAt = instantAt(workdayUntil(addDays(today, -checked.ago)), '09:30', memberOf(by).timeZone)
    return { id, ...give, state: checked.kept ? 'KEPT' : 'BROKEN', checkedAt, checkedBy: userId(by) }
  })
}

/** The team as it decides at that moment: James is away, and everybody keeps the usual hours. */
function officeAt(moment: Moment, { by }: Pick<Asked, 'by'>, { today, now }: Setting): Office {
  const day = dayOf(moment, today)
  const { person, substitute, startsIn, endsIn } = demoAbsence
  const isAway = day >= addDays(today, startsIn) && day <= addDays(today, endsIn)
  return {
    now: new Date(atOf(moment, { today, now, timeZone: memberOf(by).timeZone })),
    policy: DEFAULT_POLICY,
    policyVersion: 0,
    officers: new Map(demoTeam.map((one) => [one.id, officer(one)])),
    standIns: new Map(isAway ? [[userId(person), [userId(substitute)]]] : []),
  }
}

const officer = ({
  id,
  name,
  role,
  managerId,
  timeZone,
  delegationLevel,
}: (typeof demoTeam)[number]): Officer => ({
  id,
  name,
  role,
  active: true,
  managerId,
  level: delegationLevel,
  rhythm: { timeZone, hours: USUAL_HOURS, calendar: NO_HOLIDAYS },
})

const dayOf = (moment: Moment, today: Day): Day =>
  'ago' in moment ? workdayUntil(addDays(today, -moment.ago)) : today

type Clock = Readonly<{ today: Day; now: Date; timeZone: string }>

const atOf = (moment: Moment, { today, now, timeZone }: Clock): string =>
  'ago' in moment
    ? instantAt(dayOf(moment, today), moment.time, timeZone)
    : new Date(now.getTime() - moment.minutesAgo * 60_000).toISOString()

const refOf = (person: Person): PersonRef => ({ id: userId(person), name: memberOf(person).name })
