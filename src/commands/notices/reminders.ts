import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { chaseDraft } from '../follow-ups/chase.ts'
import { dueText, opensAccount, reminderButtons, repeatText } from '../follow-ups/phrases.ts'
import { type Block, type Field, plain, say, type View } from '../kit/view.ts'
import { type ComposeContext, type Composer, LATE_MS, type Owed } from './composer.ts'

/** What is owed, with the promise that it is about. `isLost`: its account is none that the reader may see any more. */
export type Reminding = Readonly<{ owed: Owed; followUp: FollowUp; isLost: boolean }>

export const composeReminders: Composer = async (context, batch) => {
  const wanted = await stillWanted(context, batch)
  const views = new Map<string, View | null>(batch.map(({ notice }) => [notice.id, null]))
  for (const [id, reminding] of wanted) views.set(id, await reminderView(context, reminding))
  return views
}

/**
 * Those whose promise is open and whose reminder is still the newest, by the notice's id. The name of an account that
 * the reader does not see is taken out.
 */
export async function stillWanted(
  { work }: ComposeContext,
  batch: readonly Owed[],
): Promise<ReadonlyMap<string, Reminding>> {
  const ids = [...new Set(batch.map(({ notice }) => notice.subject))]
  const known = new Map((await work.followUps.byIds(ids)).map((one) => [one.id, one]))
  const live = batch.flatMap((owed): Reminding[] => {
    const followUp = known.get(owed.notice.subject)
    const newest = followUp?.status === 'OPEN' && followUp.reminder === owed.notice.number
    return newest ? [{ owed, followUp, isLost: false }] : []
  })
  const seen = await seenAccounts(work, live)
  return new Map(
    live.map(({ owed, followUp }) => {
      const account = followUp.account && seen.has(keyOf(owed, followUp.account.id)) ? followUp.account : null
      const isLost = followUp.account !== null && account === null
      return [owed.notice.id, { owed, followUp: { ...followUp, account }, isLost }]
    }),
  )
}

const keyOf = ({ to }: Owed, account: string) => `${to.id} ${account}`

/** One question for each person, not for each reminder. */
async function seenAccounts(
  work: ComposeContext['work'],
  live: readonly Reminding[],
): Promise<ReadonlySet<string>> {
  const people = Map.groupBy(
    live.filter(({ followUp }) => followUp.account),
    ({ owed }) => owed.to.id,
  )
  const keys = await Promise.all(
    [...people.values()].map(async (theirOwn) => {
      const [first] = theirOwn
      if (!first) return []
      const ids = [...new Set(theirOwn.flatMap(({ followUp }) => followUp.account?.id ?? []))]
      const refs = await work.accounts.refs(ids, first.owed.to.sight)
      return refs.map(({ id }) => keyOf(first.owed, id))
    }),
  )
  return new Set(keys.flat())
}

async function reminderView(
  { work, now }: ComposeContext,
  { owed, followUp, isLost }: Reminding,
): Promise<View> {
  const { contactName, promisedBy } = followUp
  const what = plain(followUp.what)
  const chase = promisedBy === 'CLIENT'
  const heading = !chase
    ? what
    : contactName
      ? say('reminder.chase.by', { name: plain(contactName), what })
      : say('reminder.chase', { what })
  return [
    { kind: 'heading', text: heading },
    ...late(owed, now),
    { kind: 'fields', fields: fieldsOf(owed, followUp, now) },
    ...(chase && !isLost ? await chaseDraft(work, followUp, owed.to.language) : []),
    { kind: 'buttons', buttons: [...reminderButtons(followUp), ...opensAccount(followUp)] },
  ]
}

function late({ notice: { dueAt } }: Owed, now: Date): Block[] {
  if (now.getTime() - dueAt.getTime() <= LATE_MS) return []
  const text = say('reminder.late', { when: { instant: dueAt.toISOString() } })
  return [{ kind: 'text', tone: 'warn', text }]
}

function fieldsOf({ to, insteadOf }: Owed, followUp: FollowUp, now: Date): Field[] {
  const { account, repeat, snoozes } = followUp
  const overdue = followUp.dueOn < dayIn(to.timeZone, now)
  return [
    ...(account ? [{ label: say('followup.account'), value: plain(account.name) }] : []),
    { label: say('followup.due'), value: dueText(followUp), ...(overdue ? { tone: 'bad' as const } : {}) },
    ...(repeat ? [{ label: say('followup.repeat'), value: repeatText(repeat) }] : []),
    ...(snoozes > 0
      ? [{ label: say('followup.snoozes'), value: say('followup.snoozes.count', { count: snoozes }) }]
      : []),
    ...(insteadOf ? [{ label: say('followup.owner'), value: plain(insteadOf.name) }] : []),
  ]
}
