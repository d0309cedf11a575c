import {
  type Absence,
  type AwayDays,
  type Colleague,
  isSame,
  loopOf,
  MOST_STEPS,
  problemWith,
} from '../../domain/identity/absence.ts'
import { nextQuietFree } from '../../domain/follow-ups/schedule.ts'
import { type Json } from '../../domain/shared/audit.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Context } from '../kit/command.ts'
import { plain, say, type Text } from '../kit/view.ts'
import { type Behind, daysText } from './away-view.ts'

/** What stands against an absence, and which part of it would have to change. */
export type Refusal = Readonly<{ about: 'days' | 'substitute'; text: Text; absences: readonly Absence[] }>

export type Checked = Readonly<
  | { kind: 'free'; substitute: Colleague; behind: readonly Behind[] }
  /** The very same is planned already, as when a form is sent twice. */
  | { kind: 'same'; absence: Absence; substitute: Colleague; behind: readonly Behind[] }
  | { kind: 'refused'; refusal: Refusal }
>

type Planned = AwayDays & Readonly<{ substituteId: PersonId }>

/** Holds both people until the transaction ends, so that what was found free stays free. `except` is being changed. */
export async function check(context: Context, planned: Planned, except?: string): Promise<Checked> {
  const { actor, work, today } = context
  const problem = problemWith(planned, today)
  if (problem) return refused('days', { key: `away.problem.${problem}` } as const)
  if (planned.substituteId === actor.id) return refused('substitute', say('away.problem.oneself'))
  await work.absences.hold([actor.id, planned.substituteId])
  const everybody = new Map((await work.absences.colleagues()).map((one) => [one.id, one]))
  const substitute = everybody.get(planned.substituteId)
  if (!substitute) return refused('substitute', say('away.problem.unknown'))
  if (!substitute.active) {
    return refused('substitute', say('away.problem.left', { name: plain(substitute.name) }))
  }
  const known = await chainFrom(context, planned)
  const behind = known
    .filter(({ person }) => person.id === substitute.id)
    .map((absence) => ({ absence, isThere: everybody.get(absence.substitute.id)?.active === true }))
  const mine = (await work.absences.during([actor.id], planned)).filter(({ id }) => id !== except)
  const [other] = mine
  if (other) {
    const same = isSame(other, planned) && other.substitute.id === substitute.id
    return same ? { kind: 'same', absence: other, substitute, behind } : overlapping(other, mine)
  }
  const loop = loopOf({ ...planned, person: actor.id, substitute: substitute.id }, known)
  return loop ? looping(loop, substitute) : { kind: 'free', substitute, behind }
}

const refused = (about: Refusal['about'], text: Text, absences: readonly Absence[] = []): Checked => ({
  kind: 'refused',
  refusal: { about, text, absences },
})

const overlapping = (other: Absence, all: readonly Absence[]): Checked =>
  refused(
    'days',
    say('away.problem.overlap', { days: daysText(other), name: plain(other.substitute.name) }),
    all,
  )

/** Both ends of the circle are named: the one that is planned, and the one that leads back. */
function looping(loop: readonly Absence[], { name }: Colleague): Checked {
  const last = loop.at(-1)
  if (!last) throw new Error('a loop has at least one absence')
  const days = daysText(last)
  return refused(
    'substitute',
    loop.length === 1
      ? say('away.problem.loop', { name: plain(name), days })
      : say('away.problem.longLoop', { name: plain(name), last: plain(last.person.name), days }),
  )
}

/** The absences of the substitute on these days, of those who stand in for them, and so on as far as delivery goes. */
async function chainFrom({ work }: Context, planned: Planned): Promise<readonly Absence[]> {
  const known = new Map<string, Absence>()
  let people: readonly PersonId[] = [planned.substituteId]
  for (let step = 0; step < MOST_STEPS && people.length > 0; step += 1) {
    const further = (await work.absences.during(people, planned)).filter(({ id }) => !known.has(id))
    for (const absence of further) known.set(absence.id, absence)
    people = [...new Set(further.map(({ substitute }) => substitute.id))]
  }
  return [...known.values()]
}

/** Writes it down, with its audit row and the word to those whom it concerns. Only after check(). */
export async function addAbsence(
  context: Context,
  planned: Planned,
  substitute: Colleague,
): Promise<Absence> {
  const { actor, work } = context
  const { startsOn, endsOn } = planned
  const id = await work.absences.add({ personId: actor.id, substituteId: substitute.id, startsOn, endsOn })
  const absence: Absence = {
    id,
    startsOn,
    endsOn,
    person: { id: actor.id, name: actor.name },
    substitute: { id: substitute.id, name: substitute.name },
  }
  await record(context, 'absence.add', absence.id, { after: facts(absence) })
  await tell(context, absence.id, await concerned(context, substitute.id), 'planned')
  return absence
}

export const facts = ({ person, substitute, startsOn, endsOn }: Absence): Json => ({
  personId: person.id,
  substituteId: substitute.id,
  startsOn,
  endsOn,
})

export async function record(
  { actor, work, channel }: Context,
  action: 'absence.add' | 'absence.end' | 'absence.cancel' | 'absence.restore',
  subject: string,
  states: Readonly<{ before?: Json; after?: Json }>,
): Promise<void> {
  await work.audit.write({ actorId: actor.id, channel, action, subject, ...states })
}

/** The substitute, and the manager if that is somebody else. */
export async function concerned(
  { actor, work }: Context,
  substitute: PersonId,
): Promise<readonly PersonId[]> {
  const everybody = await work.absences.colleagues()
  const manager = everybody.find(({ id }) => id === actor.id)?.managerId ?? null
  const leads = everybody.find(({ id, active }) => id === manager && active)
  return [...new Set([substitute, ...(leads ? [leads.id] : [])])].filter((id) => id !== actor.id)
}

/** At once, but in nobody's quiet hours. */
export async function tell(
  { work, now, calendar }: Context,
  subject: string,
  people: readonly PersonId[],
  what: 'planned' | 'over',
): Promise<void> {
  const notices = await Promise.all(
    people.map(async (personId) => {
      const time = await work.people.workingTimeOf(personId)
      const dueAt = time ? nextQuietFree(now, { ...time, calendar }) : now
      // With the moment, because what was dropped or sent once may have to be said again.
      const key = `absence:${what}:${subject}:${now.getTime()}:${personId}`
      return { key, personId, kind: 'absence' as const, subject, dueAt }
    }),
  )
  await work.notices.plan(notices)
}

/** What was not said yet is not said any more; whoever has heard of it hears that it is over. */
export async function takeBack(context: Context, absence: Absence): Promise<void> {
  const { actor, work } = context
  const told = await work.absences.toldOf(absence.id)
  await work.notices.drop(absence.id, 'absence')
  await tell(context, overSubject(actor.id, absence), told, 'over')
}

const OVER = /^over:(?<person>[^:]+):(?<startsOn>[\d-]{10}):(?<endsOn>[\d-]{10})$/

/** The subject of the word that an absence is over before its time: it may be no row any more. */
export const overSubject = (person: PersonId, { startsOn, endsOn }: AwayDays): string =>
  `over:${person}:${startsOn}:${endsOn}`

export function readOver(subject: string): (AwayDays & Readonly<{ personId: PersonId }>) | null {
  const { person, startsOn, endsOn } = OVER.exec(subject)?.groups ?? {}
  return person && startsOn && endsOn ? { personId: person, startsOn, endsOn } : null
}
