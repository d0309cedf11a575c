import type { AccountFacts, ContactFact, MeetingFact } from '../../domain/accounts/account.ts'
import type { Role } from '../../domain/shared/actor.ts'
import { inFunnelOrder } from '../../domain/accounts/pipeline.ts'
import { dossierOf, hasContract } from '../../domain/accounts/dossier.ts'
import { health } from '../../domain/health/signals.ts'
import { type Day, shareOfYear, yearOf } from '../../domain/shared/day.ts'
import { amountIn, mainCurrency, ratio } from '../../domain/shared/money.ts'
import {
  type Block,
  type Button,
  type Field,
  type Line,
  parts,
  plain,
  say,
  type Text,
  type View,
} from '../kit/view.ts'
import {
  away,
  contactLine,
  levelLine,
  meetingLine,
  names,
  reasonLine,
  stageText,
  strangerLine,
  sumsText,
  whenOf,
} from './phrases.ts'
import { discountFields } from './discounts.ts'
import { openPromises, promiseRecord, wasPromised } from './promises.ts'

const REASONS = 2
const PEOPLE = 4

/**
 * The summary card, most important first. A line that has nothing to say is absent; what was never recorded is named as
 * missing at the end, because "no invoices loaded" is not "nothing overdue".
 */
export function cardOf(facts: AccountFacts, today: Day, role: Role): View {
  const judged = health(facts, today)
  return [
    { kind: 'heading', text: plain(facts.name), badge: levelLine(judged) },
    ...identityLine(facts),
    ...list(null, judged.reasons.slice(0, REASONS).map(reasonLine)),
    ...fields(null, whose(facts)),
    ...fields(say('account.money'), money(facts, today)),
    ...fields(say('account.next'), next(facts, today)),
    ...list(say('account.last'), facts.lastMeetings.map(meetingLine)),
    ...list(say('account.people'), people(facts)),
    ...fields(say('account.dossier'), dossier(facts)),
    ...missing(facts, today),
    { kind: 'buttons', buttons: buttons(facts, role) },
  ]
}

function identityLine({ tier, delegationLevel, sector, location, parent, taxNumber }: AccountFacts): Block[] {
  const text = parts(
    tier && say('account.tier', { tier }),
    delegationLevel && say('account.delegation', { level: delegationLevel }),
    sector ? plain(sector) : null,
    location ? plain(location) : null,
    parent && say('labelled', { label: say('account.parent'), value: plain(parent.name) }),
    taxNumber ? say('labelled', { label: say('account.taxNumber'), value: plain(taxNumber) }) : null,
  )
  return text.parts.length > 0 ? [{ kind: 'text', text }] : []
}

function whose({ owner, ownerAwayUntil, team, subsidiaries }: AccountFacts): Field[] {
  const others = team.filter((person) => person.id !== owner?.id).map((person) => person.name)
  return [
    { label: say('account.owner'), value: ownerText(owner, ownerAwayUntil) },
    ...(others.length > 0
      ? [{ label: say('account.team'), value: say('list', { items: names(others) }) }]
      : []),
    ...(subsidiaries.length > 0
      ? [
          {
            label: say('account.group'),
            value: say('list', { items: names(subsidiaries.map(({ name }) => name)) }),
          },
        ]
      : []),
  ]
}

function ownerText(owner: AccountFacts['owner'], awayUntil: Day | null): Text {
  if (!owner) return say('account.nobody')
  return awayUntil
    ? say('account.owner.away', { name: plain(owner.name), until: { day: awayUntil } })
    : plain(owner.name)
}

function money(facts: AccountFacts, today: Day): Field[] {
  return [...revenue(facts, today), ...plan(facts, today), ...pipeline(facts), ...overdue(facts, today)]
}

function revenue({ revenue: { thisYear, lastYearToDate, everWon } }: AccountFacts, today: Day): Field[] {
  if (!everWon) return []
  const currency = mainCurrency(lastYearToDate)
  const change = currency ? ratio(amountIn(thisYear, currency), amountIn(lastYearToDate, currency)) : null
  const sums = sumsText(lastYearToDate)
  const year = String(yearOf(today) - 1)
  const versus =
    change === null ? null : say('account.revenue.change', { share: { change: change - 1 }, year, sums })
  const now = thisYear.length > 0 ? say('list', { items: sumsText(thisYear) }) : say('account.revenue.none')
  return [{ label: say('account.revenue', { year: String(yearOf(today)) }), value: parts(now, versus) }]
}

function plan({ plan: sums, revenue: { thisYear } }: AccountFacts, today: Day): Field[] {
  const currency = mainCurrency(sums)
  if (!currency) return []
  const done = ratio(amountIn(thisYear, currency), amountIn(sums, currency)) ?? 0
  const passed = { share: shareOfYear(today) }
  const value = say('account.plan.done', { share: { share: done }, sums: sumsText(sums), passed })
  return [{ label: say('account.plan', { year: String(yearOf(today)) }), value }]
}

function pipeline({ pipeline: stages }: AccountFacts): Field[] {
  return stages
    .toSorted((a, b) => inFunnelOrder(a.stage, b.stage))
    .map(({ stage, deals, sums, withoutAmount }) => {
      const unknown =
        withoutAmount === deals
          ? say('account.amount.unknown')
          : say('account.pipeline.noAmount', { count: withoutAmount })
      return {
        label: say('account.pipeline', { stage: stageText(stage) }),
        value: parts(
          say('account.pipeline.deals', { count: deals }),
          sums.length > 0 ? say('list', { items: sumsText(sums) }) : null,
          withoutAmount > 0 ? unknown : null,
        ),
      }
    })
}

function overdue({ overdue: { sums, invoices, oldestDueOn } }: AccountFacts, today: Day): Field[] {
  if (!oldestDueOn) return []
  const params = {
    sums: sumsText(sums),
    count: invoices,
    since: { day: oldestDueOn },
    ago: away(today, oldestDueOn),
  }
  return [{ label: say('account.overdue'), value: say('account.overdue.value', params), tone: 'bad' }]
}

function next(facts: AccountFacts, today: Day): Field[] {
  const { nextMeeting, outcomesMissing } = facts
  const meeting: Field[] = nextMeeting
    ? [{ label: say('account.next.meeting'), value: nextMeetingText(nextMeeting, facts.contacts, today) }]
    : []
  const missed: Field[] =
    outcomesMissing > 0
      ? [
          {
            label: say('account.next.meeting'),
            value: say('account.next.outcomes', { count: outcomesMissing }),
            tone: 'warn',
          },
        ]
      : []
  return [
    ...meeting,
    ...openPromises(facts, today),
    ...promiseRecord(facts),
    ...contracts(facts, today),
    ...discountFields(facts),
    ...missed,
  ]
}

/** With the telephone of whoever will be there, for a call from the car. */
function nextMeetingText(meeting: MeetingFact, contacts: readonly ContactFact[], today: Day): Text {
  const there = meeting.attendees.map((name) => {
    const phone = contacts.find((contact) => contact.name === name)?.phone
    return phone ? `${name} (${phone})` : name
  })
  return parts(
    say('account.next.when', { when: whenOf(meeting), ago: away(today, meeting.day) }),
    { key: `meeting.kind.${meeting.kind}` },
    there.length > 0 ? say('account.next.with', { people: names(there) }) : null,
  )
}

function contracts({ contracts: known }: AccountFacts, today: Day): Field[] {
  return known.flatMap(({ number, endsOn, autoRenews }) => {
    if (!endsOn) return []
    const key = contractState(endsOn < today, autoRenews)
    const value = {
      key: `account.next.${key}`,
      params: { day: { day: endsOn }, ago: away(today, endsOn) },
    } as const
    const field = { label: say('account.next.contract', { number: plain(number) }), value }
    return [key === 'contractEnded' ? { ...field, tone: 'bad' as const } : field]
  })
}

function contractState(past: boolean, autoRenews: boolean) {
  if (autoRenews) return past ? 'contractRenewed' : 'contractRenews'
  return past ? 'contractEnded' : 'contractEnds'
}

function people({ contacts, strangers }: AccountFacts): Line[] {
  const all = [...contacts.map(contactLine), ...strangers.map(strangerLine)]
  // One line for one more person is that person.
  if (all.length <= PEOPLE + 1) return all
  return [...all.slice(0, PEOPLE), { text: say('account.people.more', { count: all.length - PEOPLE }) }]
}

function dossier(facts: AccountFacts): Field[] {
  const { filled, parts: all, missing: gaps } = dossierOf(facts)
  const { goals, needs, competitors } = facts
  const ask = gaps[0]
  return [
    ...(goals ? [{ label: say('account.goals'), value: plain(goals) }] : []),
    ...(needs ? [{ label: say('account.needs'), value: plain(needs) }] : []),
    ...(competitors.length > 0
      ? [{ label: say('account.competitors'), value: say('list', { items: names(competitors) }) }]
      : []),
    { label: say('account.dossier.filled'), value: say('account.dossier.of', { filled, parts: all }) },
    ...(ask ? [{ label: say('account.dossier.ask'), value: { key: `account.ask.${ask}` } as const }] : []),
  ]
}

function missing(facts: AccountFacts, today: Day): Block[] {
  const what = [
    facts.revenue.everWon ? null : say('account.missing.revenue'),
    facts.plan.length > 0 ? null : say('account.missing.plan', { year: String(yearOf(today)) }),
    facts.invoicesKnown ? null : say('account.missing.invoices'),
    hasContract(facts) ? null : say('account.missing.contract'),
    facts.heldMeetings > 0 ? null : say('account.missing.meetings'),
    facts.contacts.length > 0 ? null : say('account.missing.contacts'),
  ].filter((text) => text !== null)
  return what.length > 0 ? [{ kind: 'note', text: say('account.missing', { what: { list: what } }) }] : []
}

/** Finance sees every account and changes none. */
const logs = (role: Role) => role !== 'FINANCE'

/** What is done here comes before what lies behind; only what has something to show is offered. */
function buttons(facts: AccountFacts, role: Role): Button[] {
  const args = { id: facts.id }
  const account = { account: facts.id }
  const deals = facts.revenue.everWon || facts.openDeals > 0
  const met = facts.heldMeetings > 0 || facts.nextMeeting !== null || facts.outcomesMissing > 0
  return [
    ...(logs(role) ? [{ label: say('account.button.log'), command: 'meeting', args: account }] : []),
    { label: say('account.button.followup'), command: 'followup', args: account },
    ...(logs(role) ? [{ label: say('account.button.discount'), command: 'discount', args: account }] : []),
    { label: say('account.button.brief'), command: 'brief', args: account },
    ...(wasPromised(facts)
      ? [{ label: say('account.button.promises'), command: 'followups', args: account }]
      : []),
    ...(facts.contacts.length + facts.strangers.length > 0
      ? [{ label: say('account.button.people'), command: 'account-people', args }]
      : []),
    ...(met ? [{ label: say('account.button.meetings'), command: 'account-meetings', args }] : []),
    ...(deals ? [{ label: say('account.button.deals'), command: 'account-deals', args }] : []),
    ...(facts.discountsKnown
      ? [{ label: say('account.button.discounts'), command: 'account-discounts', args }]
      : []),
    ...(facts.invoicesKnown
      ? [{ label: say('account.button.invoices'), command: 'account-invoices', args }]
      : []),
    { label: say('account.button.mine'), command: 'account', args: {} },
  ]
}

function fields(title: Text | null, items: readonly Field[]): Block[] {
  return items.length > 0 ? [{ kind: 'fields', ...(title ? { title } : {}), fields: items }] : []
}

function list(title: Text | null, items: readonly Line[]): Block[] {
  return items.length > 0 ? [{ kind: 'list', ...(title ? { title } : {}), items }] : []
}
