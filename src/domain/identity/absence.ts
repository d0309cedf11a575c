import { addDays, type Day, daysBetween } from '../shared/day.ts'
import { type PersonId, type Role, ROLES, SEES_ALL } from '../shared/actor.ts'

type Named = Readonly<{ id: PersonId; name: string }>

/** Both days count, on the calendar of whoever is away. */
export type AwayDays = Readonly<{ startsOn: Day; endsOn: Day }>
export type Absence = AwayDays & Readonly<{ id: string; person: Named; substitute: Named }>

/** Anybody of the company: their names are no secret among one another. */
export type Colleague = Named &
  Readonly<{ email: string; role: Role; active: boolean; managerId: PersonId | null }>

export type AbsenceStore = Readonly<{
  /** Everybody, also who has left, by name. */
  colleagues(): Promise<readonly Colleague[]>
  /** Held until the transaction ends, always in the same order: of two who plan at once, the second sees the first. */
  hold(people: readonly PersonId[]): Promise<void>
  find(id: string): Promise<Absence | null>
  /** The absences of these people that share a day with these days, the soonest first. */
  during(people: readonly PersonId[], days: AwayDays): Promise<readonly Absence[]>
  /** Whom somebody stands in for on that day or later, the soonest first. */
  standInsOf(substitute: PersonId, from: Day): Promise<readonly Absence[]>
  add(absence: AwayDays & Readonly<{ personId: PersonId; substituteId: PersonId }>): Promise<string>
  setEnd(id: string, endsOn: Day): Promise<void>
  remove(id: string): Promise<void>
  /** How many accounts are somebody's, or theirs and of everybody below them. */
  accountsOf(person: PersonId, withTree: boolean): Promise<number>
  /** Who has been told about this absence, or is being told. */
  toldOf(id: string): Promise<readonly PersonId[]>
}>

/** For lists that have no end. */
export const FOR_EVER: Day = '9999-12-31'

/** No absence is longer, and none begins later than so many days from today. */
const MOST_DAYS = 366

export type DaysProblem = 'past' | 'backwards' | 'tooLong' | 'tooFar'

export function problemWith({ startsOn, endsOn }: AwayDays, today: Day): DaysProblem | null {
  if (endsOn < startsOn) return 'backwards'
  if (endsOn < today) return 'past'
  if (daysBetween(today, startsOn) > MOST_DAYS) return 'tooFar'
  return daysBetween(startsOn, endsOn) >= MOST_DAYS ? 'tooLong' : null
}

/** «This week», said on a Wednesday: nobody can be stood in for on days that are over. */
export const fromToday = (days: AwayDays, today: Day): AwayDays => ({
  startsOn: days.startsOn < today && today <= days.endsOn ? today : days.startsOn,
  endsOn: days.endsOn,
})

/** The days that both have. */
export function shared(one: AwayDays, other: AwayDays): AwayDays | null {
  const startsOn = one.startsOn > other.startsOn ? one.startsOn : other.startsOn
  const endsOn = one.endsOn < other.endsOn ? one.endsOn : other.endsOn
  return startsOn <= endsOn ? { startsOn, endsOn } : null
}

export const isSame = (one: AwayDays, other: AwayDays): boolean =>
  one.startsOn === other.startsOn && one.endsOn === other.endsOn

/** The last day of an absence that ends now: today they are back. */
export const endedBefore = (today: Day): Day => addDays(today, -1)

/** So many substitutes in a row are followed, each for the one before. */
export const MOST_STEPS = 3

type Planned = AwayDays & Readonly<{ person: PersonId; substitute: PersonId }>

/**
 * The absences that would lead back to the absent one on some day, in their order; null when none do. Every step must be
 * on a day that all steps before it have.
 */
export function loopOf(planned: Planned, known: readonly Absence[]): readonly Absence[] | null {
  const walk = (at: PersonId, days: AwayDays, path: readonly Absence[]): readonly Absence[] | null => {
    if (path.length >= MOST_STEPS) return null
    for (const absence of known) {
      const both = absence.person.id === at ? shared(days, absence) : null
      if (!both || path.includes(absence)) continue
      const longer = [...path, absence]
      if (absence.substitute.id === planned.person) return longer
      const loop = walk(absence.substitute.id, both, longer)
      if (loop) return loop
    }
    return null
  }
  return walk(planned.substitute, planned, [])
}

/**
 * Who, standing in for a person of this role, also sees the accounts of everybody below that person. Below a director is
 * nearly everybody, so that only who leads sees it; to see every account is a role's own right and never passes on.
 */
export const TREE_PASSES_TO: Readonly<Record<Role, readonly Role[]>> = {
  MANAGER: ROLES,
  DIRECTOR: ['MANAGER', 'DIRECTOR', 'ADMIN'],
  KAM: [],
  FINANCE: [],
  ADMIN: [],
}

/** What a substitute sees of the absent one's: `all` is what they see anyway. */
export function lending(absent: Role, substitute: Role): 'all' | 'tree' | 'own' {
  if (SEES_ALL.includes(substitute)) return 'all'
  return TREE_PASSES_TO[absent].includes(substitute) ? 'tree' : 'own'
}
