import { z } from 'zod'
import type { AccountRef } from '../../domain/accounts/account.ts'
import type { FollowUpContent } from '../../domain/follow-ups/follow-up.ts'
import { firstDay, nextDay, type Repeat } from '../../domain/follow-ups/repeat.ts'
import { dueAt, isPast, isWorkday, type Rhythm } from '../../domain/follow-ups/schedule.ts'
import { dayIn, type Day } from '../../domain/shared/day.ts'
import { readFollowUp } from '../../domain/talk/read-follow-up.ts'
import type { FollowUpTalk } from '../../domain/talk/talk.ts'
import type { Found, Impossibility, When } from '../../domain/when/reading.ts'
import type { Context } from '../kit/command.ts'
import { keepDraft, withAccountNow } from '../kit/draft.ts'
import { talkContext } from '../kit/talk-context.ts'

const KIND = 'followup'

/** What was said in one line and has been answered so far. `without` is the answer that there is no account. */
const SAID = z.object({
  line: z.string(),
  saidAt: z.string(),
  named: z.object({ from: z.number(), to: z.number(), text: z.string() }).nullable(),
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  without: z.boolean(),
  when: z.object({ day: z.string(), time: z.string().nullable() }).nullable(),
})
export type Said = Readonly<z.infer<typeof SAID>>

export const keepSaid = (context: Context, said: Said, draft: string | null): Promise<string> =>
  keepDraft(context, KIND, said, draft)

/** Null when it was answered, or a week has gone by. An account that was lost since then is not in it. */
export async function saidBefore(context: Context, draft: string): Promise<Said | null> {
  const { work, actor, now } = context
  const read = SAID.safeParse(await work.drafts.find(draft, actor.id, KIND, now))
  return read.success ? withAccountNow(context, read.data) : null
}

export function readSaid({ actor }: Context, { line, saidAt }: Pick<Said, 'line' | 'saidAt'>): FollowUpTalk {
  return readFollowUp(line, talkContext(actor, new Date(saidAt)))
}

/** Only an account that was chosen takes its words out of what is to be done. */
export const whatOf = (talk: FollowUpTalk, { account, named }: Said): string =>
  talk.whatWithout(account ? named : null).trim()

/** The words of a line that told the time, as they were written. */
export function wordsOf(line: string, found: Found | null): string {
  return (found?.pieces ?? []).map(({ from, to }) => line.slice(from, to)).join(' ')
}

/** When something is due, or what has to be asked first. */
export type DueReading = Readonly<
  | { kind: 'due'; due: Pick<FollowUpContent, 'dueOn' | 'dueTime' | 'repeat'> }
  | { kind: 'open' }
  | { kind: 'doubtful'; choices: readonly When[] }
  | { kind: 'impossible'; reason: Impossibility }
>

type Talk = Pick<FollowUpTalk, 'when' | 'repeat'>

/** On the calendar of whoever will be reminded. `chosen` is the answer to an earlier question about the time. */
export function dueOf(
  { when, repeat }: Talk,
  { rhythm, now, saidAt }: Readonly<{ rhythm: Rhythm; now: Date; saidAt: Date }>,
  chosen: Said['when'] = null,
): DueReading {
  const clear = chosen ?? (when?.kind === 'clear' ? when.when : null)
  if (!clear && when && when.kind !== 'clear') return unclear(when)
  if (repeat) return { kind: 'due', due: firstDue(repeat, clear, rhythm, now) }
  if (!clear) return { kind: 'open' }
  const due = { dueOn: clear.day, dueTime: clear.time, repeat: null }
  // A line that waited on its way was right when it was written; one that waited for an answer is not.
  return isPast(due, rhythm, saidAt) ? { kind: 'impossible', reason: 'past' } : { kind: 'due', due }
}

function unclear(when: Exclude<Found, { kind: 'clear' }>): DueReading {
  return when.kind === 'doubtful'
    ? { kind: 'doubtful', choices: when.choices }
    : { kind: 'impossible', reason: when.reason }
}

/** The first time of something repeating that is still to come. */
export function firstDue(repeat: Repeat, said: Said['when'], rhythm: Rhythm, now: Date) {
  const works = (day: Day) => isWorkday(day, rhythm)
  const dueTime = said?.time ?? null
  const today = dayIn(rhythm.timeZone, now)
  const from = said && said.day > today ? said.day : today
  let dueOn = firstDay(repeat, from, works)
  if (dueAt({ dueOn, dueTime }, rhythm) <= now) dueOn = nextDay(repeat, dueOn, works)
  return { dueOn, dueTime, repeat }
}

export const refOf = (account: AccountRef | null): AccountRef | null =>
  account && { id: account.id, name: account.name }
