import type { MeetingKind } from '../accounts/account.ts'
import type { Place, PlaceAt } from './place.ts'

const MINUTE = 60_000
const DEGREE = Math.PI / 180
/** The mean radius; the error of a sphere is below half a per cent. */
const EARTH_METRES = 6_371_008.8

/**
 * Our own rule of thumb, taken from no source: roads are longer than the straight line, a town is slow, what lies beyond
 * it is faster, and a few minutes go to parking and the reception.
 */
const DETOUR = 1.4
const TOWN_METRES = 15_000
const TOWN_METRES_PER_MINUTE = 25_000 / 60
const COUNTRY_METRES_PER_MINUTE = 60_000 / 60
const ARRIVAL_MINUTES = 10

/** Whoever was somewhere longer ago is somewhere else by now. */
const PLACE_HOURS = 3
/** Whoever is nearer than this has arrived. */
const THERE_METRES = 200
/** Nobody drives for longer than this before a meeting, and of flights we know nothing. */
const LONGEST_DRIVE_MINUTES = 8 * 60

/** Where people go; a call and an e-mail find them where they are. */
const ON_SITE: readonly MeetingKind[] = ['VISIT', 'MEETING', 'INFORMAL']
export const isOnSite = (kind: MeetingKind): boolean => ON_SITE.includes(kind)

/** Metres along the great circle, by the haversine formula. */
export function distance(from: Place, to: Place): number {
  const half = (degrees: number) => Math.sin((degrees * DEGREE) / 2) ** 2
  const root =
    half(to.latitude - from.latitude) +
    Math.cos(from.latitude * DEGREE) * Math.cos(to.latitude * DEGREE) * half(to.longitude - from.longitude)
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, root)))
}

/** Minutes by car for so many metres in a straight line: an estimate. */
export function travelMinutes(metres: number): number {
  const road = metres * DETOUR
  const town = Math.min(road, TOWN_METRES) / TOWN_METRES_PER_MINUTE
  const country = Math.max(0, road - TOWN_METRES) / COUNTRY_METRES_PER_MINUTE
  return Math.ceil(town + country + ARRIVAL_MINUTES)
}

/** When to leave, and on what that estimate stands. */
export type Departure = Readonly<{ at: Date; minutes: number; metres: number; from: PlaceAt }>

type Way = Readonly<{ startsAt: string; from: PlaceAt | null; to: Place | null }>

/** Null when it cannot be estimated: a place is not known or not fresh, one is there already, or it is too far to drive. */
export function leaveBy({ startsAt, from, to }: Way, now: Date): Departure | null {
  if (!from || !to || !isFresh(from, now)) return null
  const metres = distance(from, to)
  const minutes = travelMinutes(metres)
  if (metres < THERE_METRES || minutes > LONGEST_DRIVE_MINUTES) return null
  return { at: new Date(Date.parse(startsAt) - minutes * MINUTE), minutes, metres, from }
}

const isFresh = ({ at }: PlaceAt, now: Date) => now.getTime() - Date.parse(at) <= PLACE_HOURS * 60 * MINUTE
