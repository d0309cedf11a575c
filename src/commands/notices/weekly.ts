import type { AccountSignals } from '../../domain/accounts/account.ts'
import { health, type Reason } from '../../domain/health/signals.ts'
import { mondayOf, weekBefore } from '../../domain/notices/digests.ts'
import type { ClosedDeal, Span, TeamWeek } from '../../domain/notices/team.ts'
import type { Sight } from '../../domain/shared/actor.ts'
import { dayIn, daysBetween } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import { moneyText, opens, reasonLine } from '../accounts/phrases.ts'
import { shorten } from '../follow-ups/phrases.ts'
import { rhythmOf } from '../follow-ups/promise.ts'
import { type Block, type Line, parts, plain, say, type Text, type View } from '../kit/view.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'

/** As much of a promise as one line holds. */
const WHAT = 100
const BUTTONS = 5
const DAY_MS = 86_400_000
/** Health is judged for this many accounts, the most important tiers first. */
const CONSIDERED = 500
const AT_RISK_SHOWN = 5

export const composeWeeklies: Composer = async (context, batch) =>
  new Map(
    await Promise.all(batch.map(async (owed) => [owed.notice.id, await weeklyOf(context, owed)] as const)),
  )

/** What a manager should know at the beginning of a week: results and risks, and never how often anybody visits. */
async function weeklyOf({ work, now, calendar }: ComposeContext, owed: Owed): Promise<View | null> {
  const { to, notice, insteadOf } = owed
  // A substitute may still have Sunday: the week and its days are the manager's.
  const time = (await work.people.workingTimeOf(notice.personId)) ?? to
  const today = dayIn(time.timeZone, now)
  if (notice.subject !== mondayOf(today)) return null
  const lastPage = await work.team.lastPage(notice.personId)
  const since = lastPage ?? weekBefore(notice.subject, rhythmOf(time, calendar))
  const at = { now, today, since }
  const [week, risks] = await Promise.all([
    work.team.week(notice.personId, to.sight, at),
    newRisks(work, to.sight, at),
  ])
  const blocks = [
    ...section(
      say('notice.weekly.broken', { count: week.broken.total }),
      brokenLines(week),
      week.broken.total,
    ),
    ...section(
      say('notice.weekly.silent', { count: week.silent.total }),
      silentLines(week),
      week.silent.total,
    ),
    ...section(say('notice.weekly.changed'), changes(week, risks)),
  ]
  if (blocks.length === 0) return null
  const named = [...risks.map(({ signals }) => signals), ...week.silent.rows].slice(0, BUTTONS)
  return [
    { kind: 'heading', text: say('notice.weekly') },
    ...(insteadOf
      ? [{ kind: 'note' as const, text: say('notice.insteadOf', { name: plain(insteadOf.name) }) }]
      : []),
    ...blocks,
    ...(named.length > 0 ? [{ kind: 'buttons' as const, buttons: named.map(opens) }] : []),
  ]
}

function section(title: Text, items: readonly Line[], total = items.length): Block[] {
  if (items.length === 0) return []
  const more = total - items.length
  return [
    { kind: 'list', title, items },
    ...(more > 0 ? [{ kind: 'note' as const, text: say('notice.weekly.more', { count: more }) }] : []),
  ]
}

const brokenLines = ({ broken }: TeamWeek): Line[] =>
  broken.rows.map(({ owner, what, account, dueOn }) => ({
    tone: 'bad',
    text: parts(
      plain(owner),
      plain(shorten(what, WHAT)),
      account === null ? null : plain(account),
      say('notice.weekly.since', { day: { day: dueOn } }),
    ),
  }))

const silentLines = ({ silent }: TeamWeek): Line[] =>
  silent.rows.map(({ name, tier, lastMetOn, owner }) => ({
    tone: 'warn',
    text: parts(
      plain(name),
      say('account.tier', { tier }),
      say('account.people.lastMet', { day: { day: lastMetOn } }),
      owner === null ? null : plain(owner),
    ),
  }))

function changes({ won, lost, ending }: TeamWeek, risks: readonly Risk[]): Line[] {
  const closed = (text: Text, tone: 'good' | 'bad', deals: readonly ClosedDeal[]): Line[] =>
    deals.map(({ account, title, amount }) => ({
      tone,
      text: parts(
        text,
        plain(account),
        title === null ? null : plain(shorten(title, WHAT)),
        amount && moneyText(amount),
      ),
    }))
  const contracts = ending.rows.map(
    ({ account, number, endsOn }): Line => ({
      tone: 'warn',
      text: parts(plain(account), say('notice.weekly.ends', { number: plain(number), day: { day: endsOn } })),
    }),
  )
  const atRisk = risks.map(
    ({ signals, reason }): Line => ({
      tone: 'bad',
      text: parts(say('notice.weekly.risk'), plain(signals.name), reason ? reasonLine(reason).text : null),
    }),
  )
  return [
    ...atRisk,
    ...contracts,
    ...closed(say('notice.weekly.won'), 'good', won.rows),
    ...closed(say('notice.weekly.lost'), 'bad', lost.rows),
  ]
}

type Risk = Readonly<{ signals: AccountSignals; reason: Reason | undefined }>

/** At risk today, and by what is known today not at `since`: an invoice, a silence or a contract has gone too far. */
async function newRisks(work: Work, sight: Sight, at: Span): Promise<readonly Risk[]> {
  const ago = daysBetween(at.since, at.today) * DAY_MS
  const before = { now: new Date(at.now.getTime() - ago), today: at.since }
  const [now, then] = await Promise.all(
    [at, before].map((moment) => work.accounts.signals(sight, moment, CONSIDERED)),
  )
  const risky = new Set(then?.filter((one) => health(one, before.today).level === 'risk').map(({ id }) => id))
  return (now ?? [])
    .map((signals) => ({ signals, judged: health(signals, at.today) }))
    .filter(({ signals, judged }) => judged.level === 'risk' && !risky.has(signals.id))
    .slice(0, AT_RISK_SHOWN)
    .map(({ signals, judged }) => ({ signals, reason: judged.reasons[0] }))
}
