import {
  type Absence,
  type AwayDays,
  type Colleague,
  FOR_EVER,
  lending,
  shared,
} from '../../domain/identity/absence.ts'
import type { Role } from '../../domain/shared/actor.ts'
import { SEES_ALL } from '../../domain/shared/actor.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Context } from '../kit/command.ts'
import { type Block, type Button, type Line, parts, plain, say, type Text, type View } from '../kit/view.ts'

export const daysText = ({ startsOn, endsOn }: AwayDays): Text =>
  startsOn === endsOn
    ? say('away.day', { day: { day: startsOn } })
    : say('away.days', { from: { day: startsOn }, until: { day: endsOn } })

const planButton: Button = { label: say('away.button.plan'), command: 'away-edit', args: {} }
export const showButton: Button = { label: say('away.title'), command: 'away', args: {} }

/** What is planned, mine and of those whom I stand in for. */
export async function statusView(
  { actor, work, today }: Context,
  first: readonly Block[] = [],
): Promise<View> {
  const [mine, theirs] = await Promise.all([
    work.absences.during([actor.id], { startsOn: today, endsOn: FOR_EVER }),
    work.absences.standInsOf(actor.id, today),
  ])
  const lists: Block[] = [
    ...(mine.length > 0
      ? [{ kind: 'list' as const, title: say('away.mine'), items: mine.map((one) => myLine(one, today)) }]
      : [{ kind: 'text' as const, text: say('away.none') }]),
    ...(theirs.length > 0
      ? [
          {
            kind: 'list' as const,
            title: say('away.theirs'),
            items: theirs.map((one) => theirLine(one, today)),
          },
        ]
      : []),
  ]
  return [
    ...first,
    { kind: 'heading', text: say('away.title') },
    ...lists,
    ...(mine.length > 0 ? [] : [{ kind: 'note' as const, text: say('away.none.hint') }]),
    { kind: 'buttons', buttons: [...mine.map((one) => endButton(one, today)), planButton] },
  ]
}

const isNow = ({ startsOn }: AwayDays, today: string) => startsOn <= today

function myLine(absence: Absence, today: string): Line {
  const { substitute } = absence
  return {
    text: parts(
      daysText(absence),
      say('away.standsIn', { name: plain(substitute.name) }),
      isNow(absence, today) ? say('away.now') : null,
    ),
  }
}

function theirLine(absence: Absence, today: string): Line {
  const now = isNow(absence, today) ? say('away.now') : null
  return { text: parts(plain(absence.person.name), daysText(absence), now) }
}

function endButton(absence: Absence, today: string): Button {
  const { id, startsOn } = absence
  return isNow(absence, today)
    ? { label: say('away.button.end'), command: 'away-end', args: { id } }
    : { label: say('away.button.cancel', { day: { day: startsOn } }), command: 'away-cancel', args: { id } }
}

/** Everything that follows from an absence, in words: who sees what, who gets what, and what does not pass on. */
export async function absenceCard(
  context: Context,
  absence: Absence,
  { substitute, behind, said }: Readonly<{ substitute: Colleague; behind: readonly Behind[]; said: Text }>,
): Promise<View> {
  const { actor, work } = context
  const lent = await lentText(work, { id: actor.id, role: actor.role }, substitute)
  const isLess = SEES_ALL.includes(actor.role) && !SEES_ALL.includes(substitute.role)
  return [
    { kind: 'text', tone: 'good', text: said },
    { kind: 'heading', text: say('away.card', { days: daysText(absence) }) },
    { kind: 'fields', fields: [{ label: say('away.substitute'), value: plain(substitute.name) }] },
    { kind: 'text', text: lent },
    ...(isLess ? [{ kind: 'text' as const, text: say('away.lends.notAll') }] : []),
    ...behind.map((one) => behindBlock(absence, one)),
    { kind: 'note', text: say('away.onBehalf') },
    {
      kind: 'buttons',
      buttons: [
        { label: say('away.button.undo'), command: 'away-cancel', args: { id: absence.id } },
        showButton,
      ],
    },
  ]
}

/** An absence of the substitute on some of the same days, and whether the one behind them is there. */
export type Behind = Readonly<{ absence: Absence; isThere: boolean }>

function behindBlock(days: AwayDays, { absence, isThere }: Behind): Block {
  const name = plain(absence.person.name)
  const both = daysText(shared(days, absence) ?? absence)
  return {
    kind: 'text',
    tone: 'warn',
    text: isThere
      ? say('away.behind', { name, days: both, behind: plain(absence.substitute.name) })
      : say('away.nobodyBehind', { name, days: both }),
  }
}

type Absent = Readonly<{ id: string; role: Role }>

/** For the absent one: what their substitute sees and gets. */
async function lentText(work: Work, absent: Absent, { name: said, role }: Colleague): Promise<Text> {
  const name = plain(said)
  const kind = lending(absent.role, role)
  if (kind === 'all') return say('away.lends.all', { name })
  const count = await work.absences.accountsOf(absent.id, kind === 'tree')
  if (count === 0) return say('away.lends.none', { name })
  return kind === 'tree' ? say('away.lends.tree', { name, count }) : say('away.lends.own', { name, count })
}

/** The same for the substitute. */
export async function borrowedText(work: Work, absent: Absent, role: Role): Promise<Text> {
  const kind = lending(absent.role, role)
  if (kind === 'all') return say('away.gets.all')
  const count = await work.absences.accountsOf(absent.id, kind === 'tree')
  return count === 0 ? say('away.gets.none') : say('away.gets.accounts', { count })
}
