import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import type { Commitment } from '../../src/domain/discounts/commitment.ts'
import type { DiscountStore } from '../../src/domain/discounts/discount-store.ts'
import type { DiscountRequest } from '../../src/domain/discounts/request.ts'
import type { Give } from '../../src/domain/discounts/terms.ts'
import { addClients, addTeam, NOW, TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { requestOf, storeOf } from './discount.sample.ts'

const GIVES: readonly Give[] = [
  { kind: 'VOLUME', what: '200 units', dueOn: '2026-12-20' },
  { kind: 'PREPAYMENT', what: '50% <prepaid> & more 🏭', dueOn: '2026-12-01' },
]

let database: Database
let store: DiscountStore
let request: DiscountRequest

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  store = storeOf(database)
  request = await store.add(requestOf('q1'))
})

/** Both of them, the soonest first. */
async function promised(): Promise<readonly [Commitment, Commitment]> {
  const [first, second] = await store.addCommitments(request, GIVES)
  if (!first || !second) throw new Error('two were given')
  return [first, second]
}
const stateOf = async (id: string) => (await store.commitment(id))?.state

describe('what a client gives', () => {
  it('comes back as it was promised, the soonest first, with whose it is', async () => {
    const [first, second] = await promised()
    expect(first).toEqual({
      id: first.id,
      kind: 'PREPAYMENT',
      what: '50% <prepaid> & more 🏭',
      dueOn: '2026-12-01',
      requestId: 'q1',
      requestNumber: request.number,
      account: { id: 'acme', name: 'Acme Corporation' },
      requesterId: 'anna',
      state: 'OPEN',
      delays: 0,
      checkedAt: null,
    })
    expect(second.what).toBe('200 units')
    expect(await store.commitment(first.id)).toEqual(first)
    expect(await store.commitmentsOf('q1')).toEqual([first, second])
    expect(await store.commitmentsOf('q2')).toEqual([])
    expect(await store.commitment('nowhere')).toBeNull()
  })

  it('is nothing when nothing was promised', async () => {
    expect(await store.addCommitments(request, [])).toEqual([])
  })

  it('is settled once, by whoever was first', async () => {
    const [{ id }] = await promised()
    expect(await store.settleCommitment(id, 'KEPT', 'anna', NOW)).toBe(true)
    expect(await store.settleCommitment(id, 'BROKEN', 'max', NOW)).toBe(false)
    expect(await store.commitment(id)).toMatchObject({ state: 'KEPT', checkedAt: NOW.toISOString() })
    const row = await database.prisma.clientCommitment.findUniqueOrThrow({ where: { id } })
    expect(row.checkedBy).toBe('anna')
    expect(await store.settleCommitment('nowhere', 'KEPT', 'anna', NOW)).toBe(false)
  })

  it('is settled once also by ten at the same moment', async () => {
    const [{ id }] = await promised()
    const done = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        store.settleCommitment(id, turn % 2 ? 'KEPT' : 'BROKEN', 'anna', NOW),
      ),
    )
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await stateOf(id)).toBe(done.indexOf(true) % 2 ? 'KEPT' : 'BROKEN')
  })

  it('is put off once for each time that it was looked at', async () => {
    const [first] = await promised()
    expect(await store.delayCommitment(first, '2026-12-08')).toBe(true)
    expect(await store.delayCommitment(first, '2026-12-09')).toBe(false)
    const delayed = await store.commitment(first.id)
    expect(delayed).toMatchObject({ dueOn: '2026-12-08', delays: 1, state: 'OPEN' })
    expect(delayed && (await store.delayCommitment(delayed, '2026-12-15'))).toBe(true)
  })

  it('is not put off once it is settled', async () => {
    const [first] = await promised()
    await store.settleCommitment(first.id, 'BROKEN', 'anna', NOW)
    expect(await store.delayCommitment(first, '2026-12-08')).toBe(false)
    expect((await store.commitment(first.id))?.dueOn).toBe('2026-12-01')
  })

  it('is void with its discount, but what was kept or broken stays so', async () => {
    const [first, second] = await promised()
    const other = await store.add(requestOf('q2'))
    const [elsewhere] = await store.addCommitments(other, GIVES.slice(0, 1))
    await store.settleCommitment(first.id, 'BROKEN', 'anna', NOW)
    await store.voidCommitments('q1', 'max', NOW)
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['BROKEN', 'VOID'])
    expect(await stateOf(elsewhere?.id ?? '')).toBe('OPEN')
    expect(await store.settleCommitment(second.id, 'KEPT', 'anna', NOW)).toBe(false)
  })

  it('is gone with its request', async () => {
    const [{ id }] = await promised()
    await database.prisma.discountRequest.delete({ where: { id: 'q1' } })
    expect(await store.commitment(id)).toBeNull()
  })
})

describe('the score of an account', () => {
  const none = { kept: 0, broken: 0, open: 0, overdue: 0 }

  it('is nothing where nothing was promised', async () => {
    expect(await store.score('acme', TODAY)).toEqual(none)
    expect(await store.score('nowhere', TODAY)).toEqual(none)
  })

  it('counts what was kept, broken and is open, and of those the ones whose day has passed', async () => {
    for (let round = 0; round < 3; round += 1) await promised()
    const all = await store.commitmentsOf('q1')
    const [kept, broken, , late] = all.map(({ id }) => id)
    await store.settleCommitment(kept ?? '', 'KEPT', 'anna', NOW)
    await store.settleCommitment(broken ?? '', 'BROKEN', 'anna', NOW)
    await store.settleCommitment(late ?? '', 'VOID', 'anna', NOW)
    expect(await store.score('acme', '2026-12-01')).toEqual({ kept: 1, broken: 1, open: 3, overdue: 0 })
    expect(await store.score('acme', '2026-12-02')).toEqual({ kept: 1, broken: 1, open: 3, overdue: 1 })
    expect(await store.score('acme', '2026-12-21')).toEqual({ kept: 1, broken: 1, open: 3, overdue: 3 })
    expect(await store.score('globex', '2026-12-21')).toEqual(none)
  })
})
