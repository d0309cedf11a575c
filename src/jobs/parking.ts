import { nextQuietFree } from '../domain/follow-ups/schedule.ts'
import type { Calendar } from '../domain/identity/hours.ts'
import type { NewNotice } from '../domain/notices/notice.ts'
import type { Parking, Recipient } from '../domain/notices/outbox.ts'

/**
 * What becomes of the notices of somebody who cannot be reached, and what their manager hears of it: nothing when they
 * never had a chat, for then they know; else one word for each time, by its key.
 */
export function parkingOf(recipient: Recipient, calendar: Calendar, now: Date): Parking {
  const { personId, active, blockedAt } = recipient
  if (!active) return { personId, withTurns: true, told: wordTo(recipient, 'departed', [], calendar, now) }
  const told = blockedAt === null ? null : wordTo(recipient, 'unreachable', [blockedAt], calendar, now)
  return { personId, withTurns: false, told }
}

function wordTo(
  { personId, manager }: Recipient,
  kind: 'departed' | 'unreachable',
  rest: readonly string[],
  calendar: Calendar,
  now: Date,
): NewNotice | null {
  if (!manager) return null
  return {
    key: [kind, personId, ...rest].join(':'),
    personId: manager.id,
    kind,
    subject: personId,
    dueAt: nextQuietFree(now, { ...manager, calendar }),
  }
}
