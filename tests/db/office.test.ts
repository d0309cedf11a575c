import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { readerOf } from '../../src/domain/discounts/approvers.ts'
import { DEFAULT_POLICY } from '../../src/domain/discounts/default-policy.ts'
import type { DiscountStore } from '../../src/domain/discounts/discount-store.ts'
import { HOLIDAYS } from '../../src/holidays.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { addAbsence, storeOf, ZONE } from './discount.sample.ts'

let database: Database
let store: DiscountStore

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  store = storeOf(database)
})

const policy = { version: 4, policy: DEFAULT_POLICY }
const office = (requester = 'anna', now = NOW) => store.office(requester, { now, policy, calendar: HOLIDAYS })
const officers = async (requester = 'anna') => [...(await office(requester)).officers.keys()].toSorted()
const update = (id: string, data: object) => database.prisma.user.update({ where: { id }, data })

describe('the office', () => {
  it('has everybody with authority, the requester and those above, and no other account manager', async () => {
    expect(await officers()).toEqual(['ada', 'anna', 'dana', 'fay', 'max'])
    expect(await officers('vera')).toEqual(['ada', 'dana', 'fay', 'max', 'vera'])
    expect(await officers('nobody')).toEqual(['ada', 'dana', 'fay', 'max'])
  })

  it('has whoever stands in for somebody, whatever their role', async () => {
    await addAbsence(database, 'max', 'boris')
    expect(await officers()).toContain('boris')
    expect((await office()).standIns).toEqual(new Map([['max', ['boris']]]))
  })

  it('says of everybody what a decision depends on, with the hours that are set and else the usual ones', async () => {
    await update('max', { timeZone: 'Asia/Tokyo', workFrom: '08:00', workTo: '17:00', delegationLevel: 'D3' })
    await update('dana', { active: false })
    const { officers: known, policyVersion, now } = await office()
    expect({ policyVersion, now }).toEqual({ policyVersion: 4, now: NOW })
    expect(known.get('max')).toMatchObject({
      id: 'max',
      name: 'Max Example',
      role: 'MANAGER',
      active: true,
      managerId: 'dana',
      level: 'D3',
      rhythm: { timeZone: 'Asia/Tokyo', hours: { workFrom: '08:00', workTo: '17:00' } },
    })
    expect(known.get('dana')?.active).toBe(false)
    expect(known.get('fay')).toMatchObject({ level: null, rhythm: { timeZone: ZONE } })
  })

  it('comes to an end where managers are set in a circle', async () => {
    await update('dana', { managerId: 'max' })
    expect(await officers()).toEqual(['ada', 'anna', 'dana', 'fay', 'max'])
  })
})

describe('those who stand in', () => {
  const chainOf = async (absent: string) => (await office()).standIns.get(absent)

  it('are followed from one to the next, and the seats of all of them may be used', async () => {
    await addAbsence(database, 'max', 'dana')
    await addAbsence(database, 'dana', 'ada')
    expect(await chainOf('max')).toEqual(['dana', 'ada'])
    expect((await store.seatsOf('ada', NOW)).toSorted()).toEqual(['ada', 'dana', 'max'])
    expect((await store.seatsOf('dana', NOW)).toSorted()).toEqual(['dana', 'max'])
    expect(await store.seatsOf('max', NOW)).toEqual(['max'])
  })

  it('are followed for three steps and no more', async () => {
    for (const [absent, substitute] of [
      ['max', 'fay'],
      ['fay', 'vera'],
      ['vera', 'boris'],
      ['boris', 'ada'],
    ] as const)
      await addAbsence(database, absent, substitute)
    expect(await chainOf('max')).toEqual(['fay', 'vera', 'boris'])
    expect((await store.seatsOf('ada', NOW)).toSorted()).toEqual(['ada', 'boris', 'fay', 'vera'])
  })

  it('never lead back in a circle, be it of two or of three', async () => {
    await addAbsence(database, 'max', 'dana')
    await addAbsence(database, 'dana', 'max')
    expect(await chainOf('max')).toEqual(['dana'])
    expect(await chainOf('dana')).toEqual(['max'])
    await addAbsence(database, 'fay', 'max')
    expect(await chainOf('fay')).toEqual(['max', 'dana'])
    expect((await store.seatsOf('max', NOW)).toSorted()).toEqual(['dana', 'fay', 'max'])
  })

  it('are none who have left, and nobody behind them', async () => {
    await addAbsence(database, 'max', 'fay')
    await addAbsence(database, 'fay', 'ada')
    await update('fay', { active: false })
    expect(await chainOf('max')).toBeUndefined()
    expect(await store.seatsOf('ada', NOW)).toEqual(['ada', 'fay'])
  })

  it('of two absences that meet are those of the one that began last', async () => {
    await addAbsence(database, 'max', 'dana', '2026-11-01', '2026-11-30')
    await addAbsence(database, 'max', 'ada', '2026-11-22', '2026-11-24')
    expect(await chainOf('max')).toEqual(['ada'])
  })

  it('never read for the requester: the last who may is the one who does', async () => {
    await addAbsence(database, 'max', 'dana')
    await addAbsence(database, 'dana', 'anna')
    expect(await chainOf('max')).toEqual(['dana', 'anna'])
    expect(readerOf({ id: 'max' }, { requester: { id: 'anna', name: 'Anna' } }, await office())).toBe('dana')
  })

  it('change at midnight of whoever is away, each by their own clock', async () => {
    await update('max', { timeZone: 'Pacific/Kiritimati' })
    await update('fay', { timeZone: 'America/Los_Angeles' })
    for (const absent of ['max', 'fay', 'dana'])
      await addAbsence(database, absent, 'ada', '2026-11-25', '2026-11-25')
    const seats = async (now: string) => (await store.seatsOf('ada', new Date(now))).toSorted()
    expect(await seats('2026-11-24T09:59:59.999Z')).toEqual(['ada'])
    expect(await seats('2026-11-24T10:00:00.000Z')).toEqual(['ada', 'max'])
    expect(await seats('2026-11-24T21:00:00.000Z')).toEqual(['ada', 'dana', 'max'])
    expect(await seats('2026-11-25T08:00:00.000Z')).toEqual(['ada', 'dana', 'fay', 'max'])
    expect(await seats('2026-11-25T10:00:00.000Z')).toEqual(['ada', 'dana', 'fay'])
    expect(await seats('2026-11-25T21:00:00.000Z')).toEqual(['ada', 'fay'])
    expect(await seats('2026-11-26T07:59:59.999Z')).toEqual(['ada', 'fay'])
    expect(await seats('2026-11-26T08:00:00.000Z')).toEqual(['ada'])
  })

  it('keep the right day on the night on which the clocks are put back', async () => {
    await update('max', { timeZone: 'Europe/Berlin' })
    await addAbsence(database, 'max', 'ada', '2026-10-25', '2026-10-25')
    const isIn = async (now: string) => (await store.seatsOf('ada', new Date(now))).includes('max')
    expect(await isIn('2026-10-24T21:59:59.999Z')).toBe(false)
    expect(await isIn('2026-10-24T22:00:00.000Z')).toBe(true)
    expect(await isIn('2026-10-25T22:59:59.999Z')).toBe(true)
    expect(await isIn('2026-10-25T23:00:00.000Z')).toBe(false)
  })
})
