import type { AccountRef } from '../../domain/accounts/account.ts'
import { addDays } from '../../domain/shared/day.ts'
import { weekdayOf } from '../../domain/when/calendar.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Button, plain, say, show, type Text } from '../kit/view.ts'
import { dueText } from './phrases.ts'
import { type DueReading, keepSaid, type Said } from './said.ts'

const FRIDAY = 5

/** Whose it is, with the line kept: the nearest accounts, none, or another one by the form. */
export async function askAccount(
  context: Context,
  said: Said,
  near: readonly AccountRef[],
  kept: string | null,
): Promise<Answer> {
  const draft = await keepSaid(context, said, kept)
  const pick = (label: Text, args: Readonly<Record<string, string>>): Button => ({
    label,
    command: 'followup-pick',
    args: { draft, ...args },
  })
  return show([
    { kind: 'text', text: say('followup.askAccount') },
    { kind: 'note', text: plain(said.line) },
    {
      kind: 'buttons',
      buttons: [
        ...near.map(({ id, name }) => pick(plain(name), { account: id })),
        pick(say('followup.askAccount.without'), { without: 'yes' }),
        form(say('followup.askAccount.other'), draft),
      ],
    },
  ])
}

/** When: the meanings of what was said, or the usual days when nothing was. */
export function askWhen(
  { today }: Context,
  draft: string,
  reading: Extract<DueReading, { kind: 'open' | 'doubtful' }>,
): Answer {
  const pick = (label: Text, when: string): Button => ({
    label,
    command: 'followup-pick',
    args: { draft, when },
  })
  const buttons =
    reading.kind === 'open'
      ? usualDays(today).map(([label, day]) => pick(label, day))
      : reading.choices.map(({ day, time }) =>
          pick(dueText({ dueOn: day, dueTime: time }), time ? `${day} ${time}` : day),
        )
  return show([
    { kind: 'text', text: say(reading.kind === 'open' ? 'followup.askWhen' : 'followup.askWhich') },
    { kind: 'buttons', buttons: [...buttons, form(say('followup.askWhen.other'), draft)] },
  ])
}

const form = (label: Text, draft: string): Button => ({ label, command: 'followup', args: { draft } })

/** Friday is not offered where it would be today or tomorrow; next week begins on its Monday. */
function usualDays(today: string): (readonly [Text, string])[] {
  const weekday = weekdayOf(today)
  const friday = addDays(today, (FRIDAY - weekday + 7) % 7)
  const near = friday <= addDays(today, 1)
  return [
    [say('followup.day.today'), today],
    [say('followup.day.tomorrow'), addDays(today, 1)],
    ...(near ? [] : [[say('followup.day.friday'), friday] as const]),
    [say('followup.day.nextWeek'), addDays(today, 8 - weekday)],
  ]
}
