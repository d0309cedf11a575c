import type { AccountFacts } from '../../domain/accounts/account.ts'
import type { RuleFacts } from '../../domain/discounts/facts.ts'
import type { CommitmentScore } from '../../domain/discounts/commitment.ts'
import { isOpen, type DiscountRequest } from '../../domain/discounts/request.ts'
import { againstFloor, type GrantedBefore, sumsOf } from '../../domain/discounts/rule-facts.ts'
import { type Day, dayIn, daysBetween, yearEarlier, yearOf } from '../../domain/shared/day.ts'
import { amountIn, mainCurrency, ratio } from '../../domain/shared/money.ts'
import type { Work } from '../../domain/shared/work.ts'
import { sumsText } from '../accounts/phrases.ts'
import { type Field, parts, say } from '../kit/view.ts'
import { percentValue } from './phrases.ts'

/** What whoever decides must know beside the request: read anew each time that the card is shown. */
export type Passport = Readonly<{
  account: AccountFacts | null
  granted: GrantedBefore
  last: Pick<DiscountRequest, 'terms' | 'decision'> | null
  score: CommitmentScore
}>

const HISTORY = 20

/** Whoever decides sees these facts of the account, also when it is none of theirs otherwise. */
export async function passportOf(
  work: Work,
  request: DiscountRequest,
  at: Readonly<{ now: Date; today: Day }>,
): Promise<Passport> {
  const { id } = request.account
  const [account, granted, history, score] = await Promise.all([
    work.accounts.facts(id, 'all', at),
    work.discounts.grantedSince(id, yearBefore(at.now)),
    work.discounts.ofAccount(id, HISTORY),
    work.discounts.score(id, at.today),
  ])
  const before = history.find((one) => one.id !== request.id && one.state === 'GRANTED')
  return { account, granted, last: before ?? null, score }
}

/** Twelve months before, at the same time of day. */
export function yearBefore(now: Date): Date {
  const day = yearEarlier(dayIn('UTC', now))
  return new Date(`${day}${now.toISOString().slice(10)}`)
}

export function passportFields(request: DiscountRequest, passport: Passport, today: Day): Field[] {
  return [
    marginField(request.facts),
    ...(isOpen(request) ? [...clientFields(passport, today), grantedBefore(passport)] : []),
    ...keptFields(passport),
  ]
}

export function marginField(facts: RuleFacts): Field {
  const label = say('discount.margin')
  if (facts.margin === null) return { label, value: say('discount.unknown') }
  const share = say('discount.percent', { percent: percentValue(facts.margin) })
  if (facts.marginOverFloor === null) return { label, value: share }
  const { floor, isBelow } = againstFloor(facts.margin, facts.marginOverFloor)
  const text = say(isBelow ? 'discount.margin.below' : 'discount.margin.above', {
    margin: share,
    floor: say('discount.percent', { percent: percentValue(floor) }),
  })
  return { label, value: text, tone: isBelow ? 'bad' : 'good' }
}

function clientFields({ account }: Passport, today: Day): Field[] {
  if (!account) return []
  return [debt(account, today), ...plan(account, today), ...pipeline(account)]
}

function debt({ overdue, invoicesKnown }: AccountFacts, today: Day): Field {
  const label = say('discount.debt')
  if (!invoicesKnown) return { label, value: say('discount.unknown') }
  if (!overdue.oldestDueOn) return { label, value: say('discount.debt.none'), tone: 'good' }
  const days = daysBetween(overdue.oldestDueOn, today)
  return {
    label,
    value: say('discount.debt.value', { sums: sumsText(overdue.sums), count: days }),
    tone: 'bad',
  }
}

function plan({ plan: sums, revenue: { thisYear } }: AccountFacts, today: Day): Field[] {
  const currency = mainCurrency(sums)
  if (!currency) return []
  const done = ratio(amountIn(thisYear, currency), amountIn(sums, currency)) ?? 0
  const fact = thisYear.length > 0 ? say('list', { items: sumsText(thisYear) }) : say('account.revenue.none')
  const value = say('discount.plan.value', { fact, plan: sumsText(sums), share: { share: done } })
  return [{ label: say('account.plan', { year: String(yearOf(today)) }), value }]
}

function pipeline({ openDeals, pipeline: stages }: AccountFacts): Field[] {
  if (openDeals === 0) return []
  const sums = sumsOf(stages.flatMap((stage) => stage.sums))
  const deals = say('account.pipeline.deals', { count: openDeals })
  const value = sums.length > 0 ? parts(deals, say('list', { items: sumsText(sums) })) : deals
  return [{ label: say('discount.pipeline'), value }]
}

function grantedBefore({ granted, last }: Passport): Field {
  const label = say('discount.before')
  if (granted.count === 0) return { label, value: say('discount.before.none') }
  const sums = sumsText(granted.amount)
  const when = last?.decision
    ? say('discount.before.last', {
        percent: percentValue(last.terms.percent),
        when: { instant: last.decision.at },
      })
    : null
  return { label, value: parts(say('discount.before.value', { count: granted.count, sums }), when) }
}

/** Whether the client kept its side of what it was given before. */
function keptFields({ score: { kept, broken, overdue } }: Passport): Field[] {
  if (kept + broken + overdue === 0) return []
  const counted = (
    [
      ['kept', kept],
      ['broken', broken],
      ['overdue', overdue],
    ] as const
  ).filter(([, count]) => count > 0)
  const value = parts(
    ...counted.map(([name, count]) => say(`discount.kept.${name}`, { number: String(count) })),
  )
  return [{ label: say('discount.kept'), value, tone: broken + overdue > 0 ? 'bad' : 'good' }]
}
