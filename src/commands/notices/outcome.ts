import { isStale } from '../../domain/notices/keys.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { names } from '../accounts/phrases.ts'
import { type Button, parts, plain, say, type View } from '../kit/view.ts'
import { meetingSeenBy } from './brief.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'

/** What can be told with one tap; `MOVED` asks when it will be. */
export const OUTCOMES = ['GOOD', 'NEUTRAL', 'BAD', 'CANCELLED', 'MOVED'] as const

export const composeOutcomes: Composer = async (context, batch) =>
  new Map(
    await Promise.all(
      batch.map(async (owed) => [owed.notice.id, await composeOutcome(context, owed)] as const),
    ),
  )

async function composeOutcome({ work, now }: ComposeContext, owed: Owed): Promise<View | null> {
  const { to, notice, insteadOf } = owed
  const seen = await meetingSeenBy(work, to, notice.subject, now)
  if (!seen) return null
  const { meeting } = seen
  if (meeting.status !== 'PLANNED' || isStale(notice.key, meeting)) return null
  if (isAhead(meeting, now, dayIn(to.timeZone, now))) return null
  return [
    ...(insteadOf
      ? [{ kind: 'note' as const, text: say('brief.insteadOf', { name: plain(insteadOf.name) }) }]
      : []),
    ...outcomeQuestion(meeting),
  ]
}

/** Nobody can tell how it went before it began; one without a time of day may be over at any time of its day. */
export function isAhead(
  { startsAt, day }: Pick<Meeting, 'startsAt' | 'day'>,
  now: Date,
  today: string,
): boolean {
  return startsAt ? Date.parse(startsAt) > now.getTime() : day > today
}

/** One tap for each way in which it can have gone. */
export function outcomeButtons({ id }: Pick<Meeting, 'id'>): Button[] {
  return OUTCOMES.map((outcome) => ({
    label: { key: `outcome.button.${outcome}` },
    command: 'meeting-outcome',
    args: { id, outcome },
  }))
}

function outcomeQuestion(meeting: Meeting): View {
  const { account, attendees, kind, startsAt, day } = meeting
  const people = attendees.map(({ name }) => name)
  const when = startsAt ? { instant: startsAt } : { day }
  return [
    { kind: 'heading', text: say('outcome.ask', { name: plain(account.name) }) },
    {
      kind: 'text',
      text: parts(
        say('when', { when }),
        { key: `meeting.kind.${kind}` },
        people.length > 0 ? say('account.next.with', { people: names(people) }) : null,
      ),
    },
    { kind: 'buttons', buttons: outcomeButtons(meeting) },
  ]
}
