import { z } from 'zod'
import type { AccountFacts } from '../../domain/accounts/account.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { hasBegun } from '../../domain/meetings/preparation.ts'
import { mayChange } from '../../domain/meetings/rights.ts'
import { addDays } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { factsOf } from '../accounts/facts-of.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Button, plain, say, show } from '../kit/view.ts'
import { asFact, meetingSeenBy } from './brief.ts'
import { briefView } from './brief-view.ts'
import { departureFor } from './plan-meeting.ts'

const LONGEST_NAME = 200
/** How much of a wild name is repeated back. */
const SHOWN_NAME = 60
/** How far ahead the next meeting is looked for when nothing is named. */
const DAYS_AHEAD = 14

/** What is pushed before a meeting, on demand: for a meeting, for an account, or for whatever comes next. */
export const briefCommand = defineCommand({
  name: 'brief',
  aliases: ['бриф'],
  summary: 'brief.summary',
  example: 'brief.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({
    meeting: z.string().min(1).max(64).optional(),
    account: z.string().min(1).max(64).optional(),
    name: z.string().max(LONGEST_NAME, { error: 'error.nameTooLong' }).optional(),
  }),
  parse: (name) => (name ? { name } : {}),

  async run(context, { meeting, account, name }) {
    if (meeting) return byMeeting(context, meeting)
    if (account) return showBrief(context, await factsOf(context, account))
    return name ? byName(context, name) : nextBrief(context)
  },
})

async function byMeeting(context: Context, id: string): Promise<Answer> {
  const { actor, work, now } = context
  const seen = await meetingSeenBy(work, actor, id, now)
  if (!seen) throw new DomainError('meeting.gone')
  const ahead = isAhead(seen.meeting, context)
  return ahead ? briefOf(context, seen.facts, seen.meeting) : showBrief(context, seen.facts)
}

/** For the account's next planned meeting, or without one for the account itself. */
async function showBrief(context: Context, facts: AccountFacts): Promise<Answer> {
  const next = facts.nextMeeting
  const meeting = next && (await context.work.meetings.find(next.id, context.actor.sight))
  return briefOf(context, facts, meeting)
}

async function briefOf(context: Context, facts: AccountFacts, meeting: Meeting | null): Promise<Answer> {
  const { actor, work, now } = context
  const goes = meeting?.author && [actor.id, ...actor.standsFor].includes(meeting.author.id)
  const leave = meeting && goes ? await departureFor(work, meeting, actor.id, now) : null
  const own = meeting !== null && mayChange(actor, meeting)
  const brief = { facts, meeting: meeting && asFact(meeting), leave, own }
  const view = briefView(brief, { now, timeZone: actor.timeZone })
  return show(meeting ? view : [...view, { kind: 'note', text: say('brief.nothingPlanned') }])
}

async function nextBrief(context: Context): Promise<Answer> {
  const { actor, work, today } = context
  // A meeting late in the evening may lie on another day in another zone.
  const near = await work.meetings.between([actor.id], addDays(today, -1), addDays(today, DAYS_AHEAD))
  for (const meeting of near) {
    if (!isAhead(meeting, context)) continue
    const seen = await meetingSeenBy(work, actor, meeting.id, context.now)
    if (seen) return briefOf(context, seen.facts, seen.meeting)
  }
  return show([
    { kind: 'text', text: say('brief.none', { count: DAYS_AHEAD }) },
    { kind: 'note', text: say('error.example', { example: { key: 'brief.example' } }) },
  ])
}

const isAhead = (meeting: Meeting, { now, today }: Context) =>
  meeting.status === 'PLANNED' && !hasBegun(meeting, now, today)

async function byName(context: Context, name: string): Promise<Answer> {
  const found = await findAccountInLine(context, [{ text: name, from: 0, to: name.length }])
  if (found.kind === 'sure') return showBrief(context, await factsOf(context, found.account.id))
  const shown = plain([...name].slice(0, SHOWN_NAME).join(''))
  const buttons = (accounts: readonly Readonly<{ id: string; name: string }>[]): Button[] =>
    accounts.map(({ id, name: label }) => ({ label: plain(label), command: 'brief', args: { account: id } }))
  if (found.kind === 'several') {
    return show([
      { kind: 'text', text: say('account.choose', { name: shown }) },
      { kind: 'buttons', buttons: buttons(found.accounts) },
    ])
  }
  const nearest: Block[] =
    found.nearest.length > 0
      ? [
          { kind: 'text', text: say('account.nearest') },
          { kind: 'buttons', buttons: buttons(found.nearest) },
        ]
      : []
  return show([
    { kind: 'text', tone: 'warn', text: say('account.notFound', { name: shown }) },
    ...nearest,
    { kind: 'note', text: say('account.notFound.hint') },
  ])
}
