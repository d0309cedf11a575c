import { Prisma } from '../../prisma/generated/client.ts'
import type { Attendee, Meeting, MeetingChanges } from '../domain/meetings/meeting.ts'

const { sql } = Prisma

/** Letters of any script fold, whatever the database's collation. */
export const sameName = (a: Prisma.Sql, b: Prisma.Sql): Prisma.Sql =>
  sql`lower(${a} collate "und-x-icu") = lower(${b} collate "und-x-icu")`

/** A name that was written twice is one person; whoever is a known contact stays one. */
export function eachOnce(attendees: readonly Attendee[]): Attendee[] {
  const people = new Map<string, Attendee>()
  for (const person of attendees) {
    const key = person.name.toLowerCase()
    const known = people.get(key)
    if (!known || (known.contactId === null && person.contactId !== null)) people.set(key, person)
  }
  return [...people.values()]
}

/** The fields that differ from what stands there, as they stand and as they shall; null when none does. */
export function changedOf(
  meeting: Meeting,
  changes: MeetingChanges,
): Readonly<{ before: MeetingChanges; after: MeetingChanges }> | null {
  const wanted = normalised(changes)
  const names = (Object.keys(wanted) as (keyof MeetingChanges)[]).filter((name) => {
    const value = wanted[name]
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(normalised(meeting)[name])
  })
  if (names.length === 0) return null
  const only = (of: MeetingChanges) => Object.fromEntries(names.map((name) => [name, of[name]]))
  return { before: only(normalised(meeting)), after: only(wanted) }
}

/** One way to write each value: instants with milliseconds in UTC, attendees once each and in order. */
function normalised({ startsAt, endsAt, attendees, ...same }: MeetingChanges): MeetingChanges {
  return {
    ...same,
    ...(startsAt === undefined ? {} : { startsAt: iso(startsAt) }),
    ...(endsAt === undefined ? {} : { endsAt: iso(endsAt) }),
    ...(attendees === undefined ? {} : { attendees: inOrder(attendees) }),
  }
}

const iso = (instant: string | null) => (instant === null ? null : new Date(instant).toISOString())

function inOrder(attendees: readonly Attendee[]): Attendee[] {
  return eachOnce(attendees)
    .map(({ name, contactId }) => ({ name, contactId }))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
