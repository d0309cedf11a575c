import type { Colleague } from '../../domain/identity/absence.ts'
import type { SaidDays } from '../../domain/identity/read-absence.ts'
import { addDays } from '../../domain/shared/day.ts'
import { weekdayOf } from '../../domain/when/calendar.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Block, type Button, plain, say, show, type Text } from '../kit/view.ts'
import { keepSaid, type Said } from './away-said.ts'
import { daysText } from './away-view.ts'

const FRIDAY = 5

type Asked = Readonly<{ said: Said; draft: string | null; wrong?: Text | null }>

const pick = (label: Text, draft: string, args: Readonly<Record<string, string>>): Button => ({
  label,
  command: 'away-pick',
  args: { draft, ...args },
})

const other = (label: Text, draft: string): Button => ({ label, command: 'away-edit', args: { draft } })

const wrongBlock = (wrong: Text | null | undefined): Block[] =>
  wrong ? [{ kind: 'text', tone: 'bad', text: wrong }] : []

/** Which days: the meanings of what was said, or the usual ones. */
export async function askDays(
  context: Context,
  { said, draft, wrong }: Asked,
  choices: readonly SaidDays[] = [],
): Promise<Answer> {
  const kept = await keepSaid(context, said, draft)
  const buttons =
    choices.length > 0
      ? choices.map((days) => pick(choiceText(days), kept, argsOf(days)))
      : usualDays(context.today).map(([label, days]) => pick(label, kept, argsOf(days)))
  return show([
    ...wrongBlock(wrong),
    { kind: 'text', text: choices.length > 0 ? say('away.askWhich') : say('away.askDays') },
    { kind: 'buttons', buttons: [...buttons, other(say('away.askDays.other'), kept)] },
  ])
}

const argsOf = ({ startsOn, endsOn }: SaidDays): Readonly<Record<string, string>> =>
  endsOn === null ? { from: startsOn } : { from: startsOn, until: endsOn }

const choiceText = ({ startsOn, endsOn }: SaidDays): Text =>
  endsOn === null ? say('away.from', { day: { day: startsOn } }) : daysText({ startsOn, endsOn })

/** Next week is its five working days with the weekend behind them, as somebody says who is back on Monday. */
function usualDays(today: string): (readonly [Text, SaidDays])[] {
  const one = (day: string): SaidDays => ({ startsOn: day, endsOn: day })
  const monday = addDays(today, 8 - weekdayOf(today))
  return [
    [say('followup.day.today'), one(today)],
    [say('followup.day.tomorrow'), one(addDays(today, 1))],
    [say('followup.day.nextWeek'), { startsOn: monday, endsOn: addDays(monday, 6) }],
  ]
}

/** Only the first day is known. */
export async function askUntil(
  context: Context,
  { said, draft, wrong }: Asked,
  startsOn: string,
): Promise<Answer> {
  const kept = await keepSaid(context, said, draft)
  const friday = addDays(startsOn, (FRIDAY - weekdayOf(startsOn) + 7) % 7)
  const days = [...new Set([startsOn, friday, addDays(startsOn, 6), addDays(startsOn, 13)])].toSorted()
  return show([
    ...wrongBlock(wrong),
    { kind: 'text', text: say('away.askUntil', { day: { day: startsOn } }) },
    {
      kind: 'buttons',
      buttons: [
        ...days.map((day) =>
          pick(day === startsOn ? say('away.askUntil.same') : say('away.until', { day: { day } }), kept, {
            from: startsOn,
            until: day,
          }),
        ),
        other(say('away.askDays.other'), kept),
      ],
    },
  ])
}

/** Who stands in, with the days kept. */
export async function askSubstitute(
  context: Context,
  { said, draft, wrong }: Asked,
  near: readonly Colleague[],
): Promise<Answer> {
  const kept = await keepSaid(context, said, draft)
  const { days } = said
  return show([
    ...wrongBlock(wrong),
    { kind: 'text', text: say('away.askSubstitute') },
    ...(days?.endsOn
      ? [{ kind: 'note' as const, text: daysText({ startsOn: days.startsOn, endsOn: days.endsOn }) }]
      : []),
    {
      kind: 'buttons',
      buttons: [
        ...near.map(({ id, name }) => pick(plain(name), kept, { substitute: id })),
        other(say('away.askSubstitute.other'), kept),
      ],
    },
  ])
}
