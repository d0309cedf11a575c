import { describe, expect, it } from 'vitest'
import type { Amendment, Meeting, MeetingStatus } from '../../../src/domain/meetings/meeting.ts'
import { mayChange } from '../../../src/domain/meetings/rights.ts'
import { statusBefore } from '../../../src/domain/meetings/status.ts'

const meeting = (author: string | null): Meeting => ({
  id: 'm',
  account: { id: 'acme', name: 'Acme' },
  author: author ? { id: author, name: author } : null,
  status: 'HELD',
  kind: 'VISIT',
  day: '2026-11-23',
  startsAt: null,
  endsAt: null,
  mood: null,
  notes: null,
  attendees: [],
  said: null,
  amendments: 0,
  attachments: 0,
  createdAt: '2026-11-23T11:30:00.000Z',
})

describe('who may change a meeting', () => {
  it('is its author, those above, and whoever substitutes', () => {
    expect(mayChange({ id: 'anna', role: 'KAM', answersFor: ['anna'] }, meeting('anna'))).toBe(true)
    expect(mayChange({ id: 'max', role: 'MANAGER', answersFor: ['max', 'anna'] }, meeting('anna'))).toBe(true)
    expect(mayChange({ id: 'boris', role: 'KAM', answersFor: ['boris'] }, meeting('anna'))).toBe(false)
    expect(mayChange({ id: 'dana', role: 'DIRECTOR', answersFor: [] }, meeting('anna'))).toBe(true)
  })

  it('is never finance, and only a director for one without an author', () => {
    expect(mayChange({ id: 'fay', role: 'FINANCE', answersFor: [] }, meeting('fay'))).toBe(false)
    expect(mayChange({ id: 'max', role: 'MANAGER', answersFor: ['max'] }, meeting(null))).toBe(false)
    expect(mayChange({ id: 'dana', role: 'DIRECTOR', answersFor: [] }, meeting(null))).toBe(true)
  })
})

describe('what a meeting was before it was taken back', () => {
  const amended = (after: MeetingStatus, before?: MeetingStatus): Amendment => ({
    at: '2026-11-24T00:00:00.000Z',
    author: null,
    channel: 'console',
    before: before ? { status: before } : {},
    after: { status: after },
  })
  const at = (startsAt: string | null, day: string) => ({
    startsAt,
    day,
    createdAt: '2026-11-22T21:30:00.000Z',
  })

  it('is told by whether it was to come when it was written', () => {
    expect(statusBefore(at('2026-11-24T09:00:00.000Z', '2026-11-24'), [], 'Europe/Moscow')).toBe('PLANNED')
    expect(statusBefore(at('2026-11-22T21:29:00.000Z', '2026-11-23'), [], 'Europe/Moscow')).toBe('HELD')
    expect(statusBefore(at(null, '2026-11-23'), [], 'Europe/Moscow')).toBe('HELD')
    expect(statusBefore(at(null, '2026-11-23'), [], 'America/Chicago')).toBe('PLANNED')
  })

  it('is what it was last amended to', () => {
    const planned = at('2026-11-24T09:00:00.000Z', '2026-11-24')
    expect(statusBefore(planned, [amended('PLANNED'), amended('HELD')], 'UTC')).toBe('HELD')
  })

  it('is what it was taken back from', () => {
    const today = at(null, '2026-11-22')
    expect(statusBefore(today, [amended('CANCELLED', 'PLANNED')], 'UTC')).toBe('PLANNED')
    expect(statusBefore(today, [amended('HELD'), amended('CANCELLED', 'HELD')], 'UTC')).toBe('HELD')
  })
})
