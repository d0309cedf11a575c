import { addDays, type Day, daysBetween, shareOfYear, yearEarlier, yearOf } from '../domain/shared/day.ts'
import { workdayUntil } from './calendar.ts'
import { accountId } from './clients.ts'
import { PRODUCT_KEYS, PRODUCTS, productId } from './products.ts'
import { type Random, randomFor } from './random.ts'
import type { DemoContract, DemoDeal, DemoInvoice, DemoTarget } from './rows.ts'
import type { Bill, Sales, Story } from './story.ts'
import { demoTeam, kam, userId } from './team.ts'

/** How many deals are won in each stretch: this year, last year until today's date, and the rest of it. */
const WINS = { A: 4, B: 3, C: 2 } as const
const DAYS_TO_PAY = 30

export function dealsOf(story: Story, today: Day): DemoDeal[] {
  return [...openDeals(story, today), ...lostDeals(story, today), ...wonDeals(story, today)]
}

function openDeals(story: Story, today: Day): DemoDeal[] {
  return (story.open ?? []).map(({ stage, title, product, amount, opened, expected }, at) => ({
    ...dealBase(story, 'open', at),
    productId: productId(product),
    title,
    stage,
    outcome: 'OPEN',
    amount: amount?.toFixed(2) ?? null,
    openedOn: addDays(today, -opened),
    expectedOn: expected === null ? null : addDays(today, expected),
    closedOn: null,
  }))
}

function lostDeals(story: Story, today: Day): DemoDeal[] {
  return (story.lost ?? []).map(({ title, product, amount, closed }, at) => ({
    ...dealBase(story, 'lost', at),
    productId: productId(product),
    title,
    stage: 'Lost',
    outcome: 'LOST',
    amount: amount.toFixed(2),
    openedOn: addDays(today, -closed - 60),
    expectedOn: addDays(today, -closed + 10),
    closedOn: addDays(today, -closed),
  }))
}

function wonDeals(story: Story, today: Day): DemoDeal[] {
  return wins(story, today).map(({ title, product, amount, closedOn }, at) => ({
    ...dealBase(story, 'won', at),
    productId: productId(product),
    title,
    stage: 'Won',
    outcome: 'WON',
    amount,
    openedOn: addDays(closedOn, -45),
    expectedOn: closedOn,
    closedOn,
  }))
}

function dealBase({ key, owner }: Story, kind: string, at: number) {
  const id = `demo-deal-${key}-${kind}-${at + 1}`
  const { currency } = kam(owner)
  return { id, externalId: id, accountId: accountId(key), ownerId: userId(owner), currency }
}

/**
 * Won deals follow the calendar: whatever day it is, this year so far stands to the same days of last year as
 * the story says. On 2 January that leaves small deals in two days: so looks a year that is two days old.
 */
function wins({ key, owner, tier, sales }: Story, today: Day) {
  if (!sales) return []
  const random = randomFor(`wins ${key}`)
  const number = WINS[tier ?? 'C']
  return stretches(sales, today).flatMap(({ from, until, total }) =>
    split(total, number, random).map((amount, at) => {
      const product = PRODUCT_KEYS[random.whole(0, PRODUCT_KEYS.length - 1)] ?? 'parts'
      const closedOn = spread(from, until, (at + random.next()) / number)
      return { title: PRODUCTS[product].titles[kam(owner).language], product, amount, closedOn }
    }),
  )
}

function stretches(sales: Sales, today: Day) {
  const mark = yearEarlier(today)
  const lastYear = yearOf(mark)
  const toDate = soldByThen(sales, today)
  const now = { from: `${yearOf(today)}-01-01`, until: today, total: toDate * (sales.growth ?? 1) }
  if (sales.growth === null) return [now]
  const before = { from: `${lastYear}-01-01`, until: mark, total: toDate }
  const rest = { from: addDays(mark, 1), until: `${lastYear}-12-31`, total: sales.year - toDate }
  // On the last day of a year nothing of last year is left: the same deals then lie one year further back.
  const older = { from: `${lastYear - 1}-12-01`, until: `${lastYear - 1}-12-31`, total: sales.year / 12 }
  return [now, before, rest.from > rest.until ? older : rest]
}

function soldByThen({ year }: Sales, today: Day): number {
  return year * shareOfYear(yearEarlier(today))
}

/** A day between the two, not on a weekend unless there is no other. */
function spread(from: Day, until: Day, share: number): Day {
  const length = daysBetween(from, until)
  const day = workdayUntil(addDays(from, Math.floor(share * (length + 1))))
  return day < from ? from : day
}

function split(total: number, number: number, random: Random): string[] {
  const weights = Array.from({ length: number }, () => 0.6 + random.next())
  const sum = weights.reduce((one, other) => one + other, 0)
  return weights.map((weight) => rounded((total * weight) / sum))
}

/** Three figures that count, as people quote: 1 240 000. */
function rounded(amount: number): string {
  return Number(amount.toPrecision(3)).toFixed(2)
}

export function invoicesOf({ key, owner, invoices, sales }: Story, today: Day): DemoInvoice[] {
  if (!invoices) return []
  const { language, currency } = kam(owner)
  const random = randomFor(`invoices ${key}`)
  const code = codeOf(key)
  const usual = (sales?.year ?? 100_000) / 14
  const bill = ({ days, amount, paid = 0 }: Bill): Draft => ({
    dueOn: addDays(today, days),
    amount: amount.toFixed(2),
    paidAmount: (amount * paid).toFixed(2),
    paidOn: null,
  })
  const settled = Array.from({ length: invoices.paid }, (_, at): Draft => {
    const dueOn = addDays(today, -random.whole(8, 24) - at * 38)
    const amount = rounded(usual * (0.5 + random.next()))
    return { dueOn, amount, paidAmount: amount, paidOn: addDays(dueOn, random.whole(-9, 5)) }
  })
  const late = (invoices.late ?? []).map((one) => bill({ ...one, days: -one.days }))
  // By kind and not by date, so that a number stays with its invoice on whatever day the demo is laid.
  return [...settled.toReversed(), ...late, ...(invoices.due ?? []).map(bill)].map((draft, at) => {
    const id = `demo-invoice-${key}-${at + 1}`
    const number = `${language === 'ru' ? 'СЧ' : 'INV'}-${code}-${String(at + 1).padStart(2, '0')}`
    const issuedOn = addDays(draft.dueOn, -DAYS_TO_PAY)
    return { id, externalId: id, accountId: accountId(key), number, issuedOn, currency, ...draft }
  })
}

/** What stands in the numbers of a client's papers. */
const codeOf = (key: string) => randomFor(`code ${key}`).whole(1000, 9999)

type Draft = Pick<DemoInvoice, 'dueOn' | 'amount' | 'paidAmount' | 'paidOn'>

export function contractsOf({ key, owner, contracts = [] }: Story, today: Day): DemoContract[] {
  const { language, currency } = kam(owner)
  const code = codeOf(key)
  return contracts.map(({ title, ends, renews, amount }, at) => {
    const id = `demo-contract-${key}-${at + 1}`
    return {
      id,
      externalId: id,
      accountId: accountId(key),
      number: `${language === 'ru' ? 'Д' : 'C'}-${code}/${at + 1}`,
      title,
      startsOn: addDays(today, ends === null ? -500 : ends - 364),
      endsOn: ends === null ? null : addDays(today, ends),
      autoRenews: renews ?? false,
      amount: amount?.toFixed(2) ?? null,
      currency,
    }
  })
}

export function targetsOf({ key, owner, sales }: Story, today: Day): DemoTarget[] {
  if (!sales?.pace || !sales.planned) return []
  const total = plannedFor(sales, today)
  const year = yearOf(today)
  const periods = sales.planned === 'year' ? [[`${year}-01-01`, `${year}-12-31`] as const] : quarters(year)
  return periods.map(([startsOn, endsOn], at) => {
    const id = `demo-target-${key}-${at + 1}`
    const amount = rounded(total / periods.length)
    const { currency } = kam(owner)
    return { id, externalId: id, accountId: accountId(key), userId: null, startsOn, endsOn, amount, currency }
  })
}

/** The plan is set so that what was sold stands to what should be sold by now as the story says. */
function plannedFor(sales: Sales, today: Day): number {
  return (soldByThen(sales, today) * (sales.growth ?? 1)) / (sales.pace ?? 1) / shareOfYear(today)
}

/** Each KAM's own year: all of their clients together. */
export function ownTargets(stories: readonly Story[], today: Day): DemoTarget[] {
  const year = yearOf(today)
  return demoTeam.flatMap(({ id: person, role, currency }) => {
    if (role !== 'KAM') return []
    const theirs = stories.filter(({ owner }) => userId(owner) === person)
    const total = theirs.reduce((sum, { sales }) => sum + (sales ? plannedFor(sales, today) : 0), 0)
    const id = `demo-target-${person}`
    const period = { startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
    return [
      { id, externalId: id, accountId: null, userId: person, ...period, amount: rounded(total), currency },
    ]
  })
}

function quarters(year: number) {
  const ends = ['03-31', '06-30', '09-30', '12-31']
  return ['01', '04', '07', '10'].map((month, at) => [`${year}-${month}-01`, `${year}-${ends[at]}`] as const)
}
