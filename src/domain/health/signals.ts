import { addDays, type Day, daysBetween, shareOfYear } from '../shared/day.ts'
import { amountIn, mainCurrency, type Money, ratio } from '../shared/money.ts'
import type { AccountSignals, Tier } from '../accounts/account.ts'

export type Level = 'thriving' | 'steady' | 'watch' | 'risk' | 'unknown'

/** Why: a code that has its sentence in every language (`health.<code>`), and the figures of that sentence. */
export type Reason =
  | Readonly<{ code: 'overdue'; weight: number; sums: readonly Money[]; invoices: number; days: number }>
  | Readonly<{ code: 'silent'; weight: number; days: number }>
  | Readonly<{ code: 'revenueDown' | 'revenueUp'; weight: number; change: number }>
  | Readonly<{ code: 'behindPlan' | 'aheadOfPlan'; weight: number; share: number }>
  | Readonly<{ code: 'contractEnds'; weight: number; days: number }>
  | Readonly<{ code: 'contractEnded'; weight: number; days: number }>
  | Readonly<{ code: 'promisesBroken'; weight: number; count: number }>
  | Readonly<{ code: 'moodBad' | 'moodGood' | 'nothingPlanned' | 'noDecisionMaker'; weight: number }>

export type Health = Readonly<{ level: Level; reasons: readonly Reason[] }>

/** After how many days without a meeting an account counts as silent: a working rhythm of one, two or three months. */
const RHYTHM_DAYS: Record<Tier, number> = { A: 30, B: 60, C: 90 }
const CONTRACT_WARNING_DAYS = 60
/** A change of revenue or a distance from plan below this is noise. */
const NOTICEABLE = 0.1

/**
 * A judgement that explains itself: each reason pulls down (negative weight) or lifts up; reasons come strongest first.
 * What is not known gives no reason: an account without any history is `unknown`, not healthy.
 */
export function health(signals: AccountSignals, today: Day): Health {
  const reasons = [
    overdue(signals, today),
    silence(signals, today),
    revenue(signals),
    plan(signals, today),
    contract(signals, today),
    mood(signals),
    promises(signals),
    nextStep(signals),
    decisionMaker(signals),
  ]
    .filter((reason) => reason !== null)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return { level: levelOf(signals, reasons), reasons }
}

function levelOf(signals: AccountSignals, reasons: readonly Reason[]): Level {
  if (!signals.revenue.everWon && !signals.lastHeldOn && !signals.invoicesKnown) return 'unknown'
  const worries = reasons.reduce((sum, reason) => sum + Math.min(reason.weight, 0), 0)
  const joys = reasons.reduce((sum, reason) => sum + Math.max(reason.weight, 0), 0)
  if (worries <= -50) return 'risk'
  if (worries <= -25) return 'watch'
  return joys >= 25 && worries > -15 ? 'thriving' : 'steady'
}

function overdue({ overdue: { sums, invoices, oldestDueOn } }: AccountSignals, today: Day): Reason | null {
  if (sums.length === 0 || !oldestDueOn) return null
  const days = daysBetween(oldestDueOn, today)
  return { code: 'overdue', weight: debtWeight(days), sums, invoices, days }
}

/** A week is a slow bookkeeper, two months are a decision. */
function debtWeight(days: number): number {
  if (days > 60) return -60
  if (days > 30) return -45
  return days > 7 ? -25 : -10
}

function silence({ tier, lastHeldOn }: AccountSignals, today: Day): Reason | null {
  if (!lastHeldOn) return null
  const days = daysBetween(lastHeldOn, today)
  const rhythm = RHYTHM_DAYS[tier ?? 'B']
  if (days <= rhythm) return null
  return { code: 'silent', weight: days > rhythm * 2 ? -40 : -20, days }
}

function revenue({ revenue: { thisYear, lastYearToDate } }: AccountSignals): Reason | null {
  const currency = mainCurrency(lastYearToDate)
  if (!currency) return null
  const now = ratio(amountIn(thisYear, currency), amountIn(lastYearToDate, currency))
  if (now === null || Math.abs(now - 1) < NOTICEABLE) return null
  if (now > 1) return { code: 'revenueUp', weight: now >= 1.25 ? 25 : 15, change: now - 1 }
  return { code: 'revenueDown', weight: now < 0.6 ? -35 : now < 0.8 ? -25 : -10, change: now - 1 }
}

function plan({ revenue: { thisYear }, plan: sums }: AccountSignals, today: Day): Reason | null {
  const currency = mainCurrency(sums)
  if (!currency) return null
  const done = ratio(amountIn(thisYear, currency), amountIn(sums, currency))
  if (done === null) return null
  const pace = done / shareOfYear(today)
  if (pace >= 1 + NOTICEABLE) return { code: 'aheadOfPlan', weight: 20, share: done }
  if (pace > 1 - NOTICEABLE) return null
  return { code: 'behindPlan', weight: pace < 0.6 ? -30 : pace < 0.8 ? -20 : -10, share: done }
}

function contract({ contractEndsOn }: AccountSignals, today: Day): Reason | null {
  if (!contractEndsOn) return null
  const days = daysBetween(today, contractEndsOn)
  if (days < 0) return { code: 'contractEnded', weight: -30, days: -days }
  const soon = contractEndsOn <= addDays(today, CONTRACT_WARNING_DAYS)
  return soon ? { code: 'contractEnds', weight: days <= 30 ? -25 : -15, days } : null
}

function mood({ lastMoods }: AccountSignals): Reason | null {
  const [last, before] = lastMoods
  if (last === 'BAD') return { code: 'moodBad', weight: before === 'BAD' ? -35 : -20 }
  return last === 'GOOD' && before === 'GOOD' ? { code: 'moodGood', weight: 15 } : null
}

/** One may be a slip; two are a habit that the client has noticed. */
function promises({ promisesBroken: count }: AccountSignals): Reason | null {
  return count > 0 ? { code: 'promisesBroken', weight: count > 1 ? -25 : -15, count } : null
}

function nextStep({ tier, nextMeetingOn, lastHeldOn }: AccountSignals): Reason | null {
  return tier === 'A' && !nextMeetingOn && lastHeldOn ? { code: 'nothingPlanned', weight: -8 } : null
}

function decisionMaker({ decisionMakers, tier }: AccountSignals): Reason | null {
  return decisionMakers === 0 && tier === 'A' ? { code: 'noDecisionMaker', weight: -8 } : null
}

const URGENCY: readonly Level[] = ['risk', 'watch', 'unknown', 'steady', 'thriving']
const TIERS: readonly (Tier | null)[] = ['A', 'B', 'C', null]

/** Quotes around a name do not count. */
const byName = new Intl.Collator('en', { ignorePunctuation: true })

/** Those that need attention first; among equals the more important tier, then the name. */
export function byAttention(
  a: Readonly<{ signals: AccountSignals; health: Health }>,
  b: Readonly<{ signals: AccountSignals; health: Health }>,
): number {
  return (
    URGENCY.indexOf(a.health.level) - URGENCY.indexOf(b.health.level) ||
    TIERS.indexOf(a.signals.tier) - TIERS.indexOf(b.signals.tier) ||
    byName.compare(a.signals.name, b.signals.name)
  )
}
