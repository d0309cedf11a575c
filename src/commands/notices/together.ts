import { dueText, opensPromise, theirs } from '../follow-ups/phrases.ts'
import { type Line, parts, plain, say, type View } from '../kit/view.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { type ComposeContext, LATE_MS, type Owed } from './composer.ts'
import { type Reminding, stillWanted } from './reminders.ts'

/** As many buttons as one message holds well; the day has the rest. */
const BUTTONS = 8
/** As many lines as every platform takes in one message. */
const LINES = 25

/** What may be told together: reminders and chases. */
export const isGroupable = ({ notice: { kind } }: Owed): boolean => kind === 'reminder' || kind === 'chase'

/** Several reminders and chases of one person as one message; called with more than MOST_SINGLE that are still wanted. */
export async function composeTogether(context: ComposeContext, batch: readonly Owed[]): Promise<View> {
  const wanted = [...(await stillWanted(context, batch)).values()].toSorted(
    (a, b) => a.owed.notice.dueAt.getTime() - b.owed.notice.dueAt.getTime(),
  )
  const { now } = context
  const late = wanted.some(({ owed }) => now.getTime() - owed.notice.dueAt.getTime() > LATE_MS)
  const lines = wanted.slice(0, LINES).map((one) => lineOf(one, now))
  const more = wanted.length - lines.length
  return [
    { kind: 'heading', text: say('reminder.together', { count: wanted.length }) },
    ...(late ? [{ kind: 'text' as const, tone: 'warn' as const, text: say('reminder.together.late') }] : []),
    { kind: 'list', items: lines },
    ...(more > 0 ? [{ kind: 'note' as const, text: say('today.more', { count: more }) }] : []),
    {
      kind: 'buttons',
      buttons: [
        ...wanted.slice(0, BUTTONS).map(({ followUp }) => opensPromise(followUp)),
        { label: say('reminder.today'), command: 'today', args: {} },
      ],
    },
  ]
}

function lineOf({ owed: { to, insteadOf }, followUp }: Reminding, now: Date): Line {
  const overdue = followUp.dueOn < dayIn(to.timeZone, now)
  const text = parts(
    dueText(followUp),
    plain(followUp.what),
    followUp.account ? plain(followUp.account.name) : null,
    followUp.promisedBy === 'CLIENT' ? theirs(followUp) : null,
    insteadOf ? say('followup.for', { name: plain(insteadOf.name) }) : null,
    overdue ? say('followup.overdue') : null,
  )
  return { text, ...(overdue ? { tone: 'bad' as const } : {}) }
}
