import { demoTeam } from '../demo/team.ts'
import type { Rhythm } from '../domain/follow-ups/schedule.ts'
import { USUAL_HOURS } from '../domain/identity/hours.ts'

/** In the demo every day is an ordinary one. */
const NO_HOLIDAYS = { isHoliday: () => false, countryOf: () => null }

/** Everybody keeps the usual hours where they are. */
export function rhythmOf(person: string): Rhythm {
  const timeZone = demoTeam.find(({ id }) => id === person)?.timeZone ?? 'UTC'
  return { timeZone, hours: USUAL_HOURS, calendar: NO_HOLIDAYS }
}
