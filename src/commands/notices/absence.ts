import { borrowedText, daysText, showButton } from '../identity/away-view.ts'
import { readOver } from '../identity/away-plan.ts'
import { type Block, plain, say, type View } from '../kit/view.ts'
import { dayIn } from '../../domain/shared/day.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'

/** Tells the substitute and the manager who is away, and when that is over before its time. */
export const composeAbsences: Composer = async (context, batch) =>
  new Map(
    await Promise.all(batch.map(async (owed) => [owed.notice.id, await viewOf(context, owed)] as const)),
  )

async function viewOf(context: ComposeContext, owed: Owed): Promise<View | null> {
  const over = readOver(owed.notice.subject)
  if (over) return overView(context, owed, over)
  const { work, now } = context
  const { notice, to, insteadOf } = owed
  const absence = await work.absences.find(notice.subject)
  const absent = absence && (await work.people.byId(absence.person.id))
  if (!absence || !absent?.active) return null
  const { timeZone } = (await work.people.workingTimeOf(absent.id)) ?? to
  if (absence.endsOn < dayIn(timeZone, now)) return null
  const name = plain(absent.name)
  const days = daysText(absence)
  if (notice.personId !== absence.substitute.id) {
    const substitute = plain(absence.substitute.name)
    return [
      { kind: 'heading', text: say('notice.absence', { name, days }) },
      { kind: 'text', text: say('notice.absence.substitute', { name: substitute }) },
      ...forWhom(insteadOf),
    ]
  }
  return [
    { kind: 'heading', text: say('notice.absence.you', { name, days }) },
    // What passes on is the substitute's; whoever reads this for them gets no more than the messages.
    ...(insteadOf ? [] : [{ kind: 'text' as const, text: await borrowedText(work, absent, to.role) }]),
    ...forWhom(insteadOf),
    { kind: 'note', text: say('notice.absence.onBehalf', { name }) },
    {
      kind: 'buttons',
      buttons: [{ label: say('account.button.mine'), command: 'account', args: {} }, showButton],
    },
  ]
}

type Over = NonNullable<ReturnType<typeof readOver>>

async function overView({ work }: ComposeContext, { insteadOf }: Owed, over: Over): Promise<View | null> {
  const absent = await work.people.byId(over.personId)
  if (!absent?.active) return null
  const days = daysText(over)
  return [
    { kind: 'heading', text: say('notice.absence.over', { name: plain(absent.name) }) },
    { kind: 'text', text: say('notice.absence.over.days', { days }) },
    ...forWhom(insteadOf),
  ]
}

const forWhom = (insteadOf: Owed['insteadOf']): Block[] =>
  insteadOf ? [{ kind: 'note', text: say('notice.insteadOf', { name: plain(insteadOf.name) }) }] : []
