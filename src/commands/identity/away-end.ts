import { z } from 'zod'
import { type Absence, endedBefore, fromToday } from '../../domain/identity/absence.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, plain, say, show, type Text } from '../kit/view.ts'
import { addAbsence, check, concerned, facts, overSubject, record, takeBack, tell } from './away-plan.ts'
import { absenceCard, daysText, showButton, statusView } from './away-view.ts'

const id = z.string().min(1).max(64)

/** Back today: the absence keeps the days that are over; one that began today was none. */
export const awayEnd = defineCommand({
  name: 'away-end',
  aliases: [],
  summary: 'away.button.end',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const absence = await mine(context, input.id)
    return absence.startsOn > context.today ? cancel(context, absence) : end(context, absence)
  },
})

/** As if it had never been; of one that has days behind it, those stay. */
export const awayCancel = defineCommand({
  name: 'away-cancel',
  aliases: [],
  summary: 'away.button.undo',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const absence = await mine(context, input.id)
    return absence.startsOn < context.today ? end(context, absence) : cancel(context, absence)
  },
})

/** One's own that is not over. Held, so that of two presses the second finds what the first has left. */
async function mine({ actor, work, today }: Context, wanted: string): Promise<Absence> {
  await work.absences.hold([actor.id])
  const absence = await work.absences.find(wanted)
  if (!absence || absence.person.id !== actor.id || absence.endsOn < today) throw new DomainError('away.gone')
  return absence
}

async function end(context: Context, absence: Absence): Promise<Answer> {
  const { work, today } = context
  const after = { ...absence, endsOn: endedBefore(today) }
  const isLeft = after.startsOn <= after.endsOn
  if (isLeft) await work.absences.setEnd(absence.id, after.endsOn)
  else await work.absences.remove(absence.id)
  await record(context, 'absence.end', absence.id, {
    before: facts(absence),
    after: isLeft ? facts(after) : null,
  })
  await takeBack(context, absence)
  return show(taken(say('away.ended'), absence))
}

async function cancel(context: Context, absence: Absence): Promise<Answer> {
  await context.work.absences.remove(absence.id)
  await record(context, 'absence.cancel', absence.id, { before: facts(absence), after: null })
  await takeBack(context, absence)
  return show(taken(say('away.cancelled', { days: daysText(absence) }), absence))
}

function taken(text: Text, { id: absence, startsOn, endsOn, substitute }: Absence): Block[] {
  const args = { id: absence, from: startsOn, until: endsOn, substitute: substitute.id }
  return [
    { kind: 'text', text },
    { kind: 'note', text: say('away.takenBack', { name: plain(substitute.name) }) },
    {
      kind: 'buttons',
      buttons: [{ label: say('away.button.undo'), command: 'away-restore', args }, showButton],
    },
  ]
}

/** Takes an end back: the row is as long as it was, or there is one again. The rules are asked as for a new one. */
export const awayRestore = defineCommand({
  name: 'away-restore',
  aliases: [],
  summary: 'away.button.undo',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id, from: z.iso.date(), until: z.iso.date(), substitute: id }),

  async run(context, { id: wanted, from, until, substitute: substituteId }) {
    const { actor, work, today } = context
    // Before it is read, as in `mine`.
    await work.absences.hold([actor.id, substituteId])
    const row = await work.absences.find(wanted)
    const ended = row && row.person.id === actor.id && row.substitute.id === substituteId ? row : null
    const planned = { ...fromToday({ startsOn: from, endsOn: until }, today), substituteId }
    const checked = await check(context, planned, ended?.id)
    if (checked.kind === 'refused') {
      const wrong: Block = { kind: 'text', tone: 'bad', text: checked.refusal.text }
      return show(await statusView(context, [wrong]))
    }
    const { substitute, behind } = checked
    await work.notices.drop(overSubject(actor.id, { startsOn: from, endsOn: until }), 'absence')
    const absence =
      checked.kind === 'same'
        ? checked.absence
        : ended
          ? await lengthen(context, ended, until)
          : await addAbsence(context, planned, substitute)
    return show(await absenceCard(context, absence, { substitute, behind, said: say('away.restored') }))
  },
})

async function lengthen(context: Context, ended: Absence, endsOn: string): Promise<Absence> {
  const after = { ...ended, endsOn }
  if (ended.endsOn === endsOn) return after
  await context.work.absences.setEnd(ended.id, endsOn)
  await record(context, 'absence.restore', ended.id, { before: facts(ended), after: facts(after) })
  await tell(context, ended.id, await concerned(context, ended.substitute.id), 'planned')
  return after
}
