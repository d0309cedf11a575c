import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import type { DiscountStore } from '../../src/domain/discounts/discount-store.ts'
import type { DiscountRequest } from '../../src/domain/discounts/request.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import {
  addAbsence,
  eur,
  grantedAt,
  next,
  requestOf,
  stepOf,
  storeOf,
  termsAt,
  voteAt,
  ZONE,
} from './discount.sample.ts'

let database: Database
let store: DiscountStore

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  store = storeOf(database)
})

const ids = (requests: readonly DiscountRequest[]) => requests.map(({ id }) => id)
const votes = () => database.prisma.approvalVote.findMany({ orderBy: [{ stepId: 'asc' }, { slot: 'asc' }] })
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

/** Adds one after another, each a minute younger than the one before. */
async function addAll(...requests: readonly DiscountRequest[]): Promise<readonly DiscountRequest[]> {
  const added: DiscountRequest[] = []
  for (const [index, request] of requests.entries())
    added.push(await store.add({ ...request, createdAt: at(index).toISOString() }))
  return added
}

describe('a request', () => {
  it('comes back as it was written, with the number that it was given', async () => {
    const [first, second] = await addAll(requestOf('q1'), requestOf('q2'))
    expect(first?.number).toBeGreaterThan(0)
    expect(second?.number).toBe((first?.number ?? 0) + 1)
    expect(await store.find('q1')).toEqual(first)
    expect(ids(await store.byIds(['q2', 'q1', 'nobody’s'])).toSorted()).toEqual(['q1', 'q2'])
    expect(await store.byIds([])).toEqual([])
    expect(await store.find('q3')).toBeNull()
  })

  it('comes back with the names that hold today', async () => {
    await store.add(requestOf('q1'))
    await database.prisma.account.update({ where: { id: 'acme' }, data: { name: 'Acme SE' } })
    await database.prisma.user.update({ where: { id: 'anna' }, data: { name: 'Anna Newname' } })
    expect(await store.find('q1')).toMatchObject({
      account: { id: 'acme', name: 'Acme SE' },
      requester: { id: 'anna', name: 'Anna Newname' },
    })
  })

  it('has in columns what is asked for by them', async () => {
    await store.add(requestOf('q1'))
    const row = await database.prisma.discountRequest.findUniqueOrThrow({ where: { id: 'q1' } })
    expect(row).toMatchObject({
      accountId: 'acme',
      requesterId: 'anna',
      productId: 'gtx',
      dealId: null,
      currency: 'EUR',
      waitingFor: ['max'],
      nextAt: new Date('2026-11-24T08:30:00Z'),
      decidedAt: null,
      policyVersion: 3,
      lastDay: new Date('2026-12-23'),
    })
    expect([row.percent, row.listAmount, row.netAmount].map(String)).toEqual(['12.5', '10000', '8750'])
  })

  it.each([
    ['0 %', { percent: '0', net: eur('10000.00') }],
    ['100 %', { percent: '100', net: eur('0.00') }],
    ['a negative discount', { percent: '-5', net: eur('10500.00') }],
    ['a net price over the list price', { net: eur('10000.01') }],
    ['a net price below nothing', { net: eur('-0.01') }],
  ])('with %s is refused by the table itself', async (_title, terms) => {
    const { terms: usual } = requestOf('q1')
    await expect(store.add(requestOf('q1', { terms: { ...usual, ...terms } }))).rejects.toThrow(
      'discount_requests_price',
    )
    expect(await database.prisma.discountRequest.count()).toBe(0)
  })

  it('is gone with its account, and so are its votes', async () => {
    const before = await store.add(requestOf('q1'))
    await store.save(before, next(before), voteAt('max'))
    await database.prisma.account.delete({ where: { id: 'acme' } })
    expect(await store.find('q1')).toBeNull()
    expect(await votes()).toEqual([])
  })
})

describe('saving', () => {
  it('writes the next version and the vote in one statement', async () => {
    const before = await store.add(requestOf('q1'))
    const after = next(before, { state: 'COUNTERED', changedAt: at(1).toISOString() })
    expect(await store.save(before, after, voteAt('max', { verdict: 'counter' }))).toBe(true)
    expect(await store.find('q1')).toEqual(after)
    expect(await votes()).toMatchObject([
      {
        requestId: 'q1',
        stepId: '1.1',
        slot: 1,
        seatId: 'max',
        actorId: 'max',
        verdict: 'counter',
        at: at(1),
      },
    ])
  })

  it('writes nothing when it was read before somebody else’s change, the vote neither', async () => {
    const stale = await store.add(requestOf('q1'))
    const newer = next(stale, { reason: 'newer' })
    expect(await store.save(stale, newer, null)).toBe(true)
    expect(await store.save(stale, next(stale, { reason: 'older' }), voteAt('max'))).toBe(false)
    expect(await store.find('q1')).toEqual(newer)
    expect(await votes()).toEqual([])
  })

  it('writes nothing to a request that is not there', async () => {
    const nowhere = requestOf('q1')
    expect(await store.save(nowhere, next(nowhere), voteAt('max'))).toBe(false)
    expect(await votes()).toEqual([])
  })

  it('of two at once lets one win', async () => {
    const before = await store.add(requestOf('q1'))
    const saved = await Promise.all(
      ['max', 'dana'].map((who) => store.save(before, next(before, { reason: who }), voteAt(who))),
    )
    expect(saved.filter(Boolean)).toHaveLength(1)
    const winner = saved[0] ? 'max' : 'dana'
    expect((await store.find('q1'))?.reason).toBe(winner)
    expect((await votes()).map(({ actorId }) => actorId)).toEqual([winner])
  })

  it.each([
    ['the same slot', voteAt('dana', { slot: 1 })],
    ['the same seat', voteAt('dana', { slot: 2, seatId: 'max' })],
    ['the same hand', voteAt('max', { slot: 2, seatId: 'dana' })],
    ['slot 0', voteAt('dana', { slot: 0 })],
    ['a verdict that there is not', voteAt('dana', { slot: 2, verdict: 'maybe' })],
  ])('a second vote at a step with %s leaves everything as it was', async (_title, vote) => {
    const first = await store.add(requestOf('q1'))
    const second = next(first)
    await store.save(first, second, voteAt('max'))
    await expect(store.save(second, next(second, { reason: 'never' }), vote)).rejects.toThrow(/constraint/i)
    expect(await store.find('q1')).toEqual(second)
    expect(await votes()).toHaveLength(1)
  })

  it('takes a second vote of another person at another seat, and the same person’s at another step', async () => {
    const first = await store.add(requestOf('q1'))
    const second = next(first)
    const third = next(second)
    await store.save(first, second, voteAt('max'))
    await store.save(second, third, voteAt('dana', { slot: 2 }))
    expect(await store.save(third, next(third), voteAt('max', { stepId: '1.2' }))).toBe(true)
    expect(await votes()).toHaveLength(3)
  })

  it('keeps the day on which it was granted when it is taken back', async () => {
    const first = await store.add(requestOf('q1'))
    const granted = grantedAt(first, at(5).toISOString())
    await store.save(first, granted, null)
    const decision = granted.decision && { ...granted.decision, at: at(500).toISOString() }
    await store.save(granted, next(granted, { state: 'REVOKED', decision }), null)
    const row = await database.prisma.discountRequest.findUniqueOrThrow({ where: { id: 'q1' } })
    expect(row).toMatchObject({ state: 'REVOKED', decidedAt: at(5) })
    expect((await store.find('q1'))?.decision?.at).toBe(at(500).toISOString())
  })

  it('is held by one transaction at a time', async () => {
    const before = await store.add(requestOf('q1'))
    const order: string[] = []
    const holding = (name: string) =>
      database.prisma.$transaction(async (tx) => {
        const inside = storeOf({ ...database, prisma: tx as Database['prisma'] })
        const held = await inside.hold('q1')
        if (!held) throw new Error('gone')
        order.push(`${name} read ${held.version}`)
        await inside.save(held, next(held), null)
      })
    await Promise.all([holding('one'), holding('two')])
    expect(order.map((text) => text.slice(-6)).toSorted()).toEqual(['read 1', 'read 2'])
    expect((await store.find('q1'))?.version).toBe(before.version + 2)
    expect(await store.hold('q2')).toBeNull()
  })
})

describe('what waits for somebody', () => {
  it('is found by any of their seats, the longest-waiting first', async () => {
    await addAll(
      requestOf('q1'),
      requestOf('q2', { steps: [stepOf('1.1', ['dana', 'fay'])] }),
      requestOf('q3', { steps: [stepOf('1.1', ['max', 'dana'])] }),
    )
    const waiting = async (...seats: readonly string[]) => ids(await store.waitingFor(seats, 10))
    expect(await waiting('max')).toEqual(['q1', 'q3'])
    expect(await waiting('dana')).toEqual(['q2', 'q3'])
    expect(await waiting('fay', 'max')).toEqual(['q1', 'q2', 'q3'])
    expect(await waiting('vera')).toEqual([])
    expect(await waiting()).toEqual([])
    expect(ids(await store.waitingFor(['max', 'fay'], 2))).toEqual(['q1', 'q2'])
  })

  it('is no step that is not open, no seat that has voted, and no request that does not wait', async () => {
    const vote = {
      seat: 'max',
      by: { id: 'max', name: 'Max' },
      onBehalfOf: null,
      at: NOW.toISOString(),
      channel: 'slack',
    }
    await addAll(
      requestOf('q1', { steps: [stepOf('1.1', ['max'], { state: 'WAITING' })] }),
      requestOf('q2', { steps: [stepOf('1.1', ['max', 'dana'], { needed: 2, votes: [vote] })] }),
      requestOf('q3', { state: 'COUNTERED' }),
      grantedAt(requestOf('q4'), NOW.toISOString()),
    )
    expect(await store.waitingFor(['max'], 10)).toEqual([])
    expect(ids(await store.waitingFor(['dana'], 10))).toEqual(['q2'])
  })
})

describe('what somebody asked for', () => {
  it('has the open ones first, then what changed last, of all who are named', async () => {
    const changed = (minutes: number) => ({ changedAt: at(minutes).toISOString() })
    await addAll(
      requestOf('old', changed(1)),
      { ...grantedAt(requestOf('done'), at(9).toISOString()) },
      requestOf('new', { ...changed(3), state: 'COUNTERED' }),
      requestOf('withdrawn', { ...changed(8), state: 'WITHDRAWN' }),
      requestOf('borises', { ...changed(2), requester: { id: 'boris', name: 'Boris' } }),
    )
    expect(ids(await store.askedBy(['anna'], 10))).toEqual(['new', 'old', 'done', 'withdrawn'])
    expect(ids(await store.askedBy(['anna', 'boris'], 3))).toEqual(['new', 'borises', 'old'])
    expect(await store.askedBy([], 10)).toEqual([])
    expect(ids(await store.ofAccount('acme', 10))).toEqual(['borises', 'new', 'old', 'withdrawn', 'done'])
    expect(await store.ofAccount('globex', 10)).toEqual([])
  })
})

describe('a second request for the same', () => {
  const onDeal = (dealId: string | null, productId: string | null) =>
    termsAt('12.5', {
      subject: { dealId, productId, title: 'x', product: null, productGroup: null },
    })
  const same = (dealId: string | null, productId: string | null, today = '2026-11-23') =>
    store.sameSubject('acme', { dealId, productId }, today)

  it('deal finds the first, and so does the product that it is about; another deal does not', async () => {
    await store.add(requestOf('q1', { terms: onDeal('o1', 'gtx') }))
    expect((await same('o1', null))?.id).toBe('q1')
    expect(await same('o2', 'gtx')).toBeNull()
    expect((await same(null, 'gtx'))?.id).toBe('q1')
    expect(await store.sameSubject('globex', { dealId: 'o1', productId: null }, '2026-11-23')).toBeNull()
  })

  it('product finds the first that is on no deal, and without either finds none', async () => {
    await store.add(requestOf('q1', { terms: onDeal(null, 'gtx') }))
    expect((await same(null, 'gtx'))?.id).toBe('q1')
    expect(await same(null, 'p200')).toBeNull()
    expect(await same(null, null)).toBeNull()
  })

  it.each([
    ['PENDING', true],
    ['COUNTERED', true],
    ['GRANTED', true],
    ['DECLINED', false],
    ['WITHDRAWN', false],
    ['REVOKED', false],
  ] as const)('finds one that is %s: %s', async (state, isFound) => {
    await store.add(requestOf('q1', { state: state === 'REVOKED' ? 'DECLINED' : state }))
    if (state === 'REVOKED')
      await database.prisma.discountRequest.update({ where: { id: 'q1' }, data: { state } })
    expect((await same(null, 'gtx'))?.id ?? null).toBe(isFound ? 'q1' : null)
  })

  it('finds a granted one until its last day, which counts, and the open one before it', async () => {
    await addAll(grantedAt(requestOf('granted'), NOW.toISOString()))
    expect((await same(null, 'gtx', '2026-12-23'))?.id).toBe('granted')
    expect(await same(null, 'gtx', '2026-12-24')).toBeNull()
    await store.add(requestOf('open', { createdAt: at(-5).toISOString() }))
    expect((await same(null, 'gtx'))?.id).toBe('open')
  })
})

describe('what was granted in the last twelve months', () => {
  const since = new Date('2025-11-23T11:30:00Z')
  const granted = (id: string, on: string, change: Partial<DiscountRequest> = {}) =>
    store.add({ ...grantedAt(requestOf(id), on), ...change })

  it('counts from the edge itself, and nothing before it', async () => {
    await granted('edge', '2025-11-23T11:30:00.000Z')
    await granted('before', '2025-11-23T11:29:59.999Z')
    expect(await store.grantedSince('acme', since)).toEqual({ count: 1, amount: [eur('1250.00')] })
  })

  it('is summed for each currency by itself', async () => {
    const usd = {
      ...termsAt('10'),
      list: { amount: '500.00', currency: 'USD' },
      net: { amount: '450.10', currency: 'USD' },
    }
    await granted('one', NOW.toISOString())
    await granted('two', NOW.toISOString(), { terms: usd })
    await granted('three', NOW.toISOString(), { terms: termsAt('1') })
    expect(await store.grantedSince('acme', since)).toEqual({
      count: 3,
      amount: [eur('1350.00'), { amount: '49.90', currency: 'USD' }],
    })
  })

  it('is none of another account’s, and nothing that was not granted', async () => {
    await granted('globex', NOW.toISOString(), { account: { id: 'globex', name: 'Globex' } })
    await granted('declined', NOW.toISOString(), { state: 'DECLINED' })
    await store.add(requestOf('open'))
    expect(await store.grantedSince('acme', since)).toEqual({ count: 0, amount: [] })
  })

  it('still counts what was taken back, by the day on which it was granted', async () => {
    const first = await store.add(requestOf('q1'))
    const was = grantedAt(first, '2025-11-23T11:29:00.000Z')
    await store.save(first, was, null)
    await store.save(was, { ...grantedAt(was, NOW.toISOString()), state: 'REVOKED' }, null)
    expect((await store.grantedSince('acme', since)).count).toBe(0)
    expect((await store.grantedSince('acme', new Date('2025-11-23T11:00:00Z'))).count).toBe(1)
  })
})

describe('time', () => {
  it('finds those whose open step is late, the latest first, and no other', async () => {
    const due = (id: string, dueAt: string | null, change: Partial<DiscountRequest> = {}) =>
      store.add(requestOf(id, { steps: [stepOf('1.1', ['max'], { dueAt })], ...change }))
    await due('exact', NOW.toISOString())
    await due('late', at(-60).toISOString())
    await due('early', at(1).toISOString())
    await due('never', null)
    await due('countered', at(-90).toISOString(), { state: 'COUNTERED' })
    expect(await store.due(NOW, 10)).toEqual(['late', 'exact'])
    expect(await store.due(NOW, 1)).toEqual(['late'])
  })
})

describe('what waits for somebody who is away', () => {
  const absent = (now = NOW) => store.withAbsent(now, 50)

  it('is found until whoever stands in has been told', async () => {
    await addAll(requestOf('q1'), requestOf('q2', { steps: [stepOf('1.1', ['fay'])] }))
    expect(await absent()).toEqual([])
    await addAbsence(database, 'max', 'dana')
    expect(await absent()).toEqual(['q1'])
    const before = await store.find('q1')
    if (!before) throw new Error('gone')
    const steps = [stepOf('1.1', ['max'], { told: ['max>max', 'max>dana'] })]
    await store.save(before, next(before, { steps }), null)
    expect(await absent()).toEqual([])
  })

  it('is no request that is decided or countered, and no seat that has voted', async () => {
    await addAbsence(database, 'max', 'dana')
    const vote = {
      seat: 'max',
      by: { id: 'max', name: 'Max' },
      onBehalfOf: null,
      at: NOW.toISOString(),
      channel: '',
    }
    await addAll(
      grantedAt(requestOf('q1'), NOW.toISOString()),
      requestOf('q2', { state: 'COUNTERED' }),
      requestOf('q3', { steps: [stepOf('1.1', ['max', 'fay'], { needed: 2, votes: [vote] })] }),
    )
    expect(await absent()).toEqual([])
  })

  it('follows a substitute of a substitute, and is quiet once the last of them knows', async () => {
    await addAbsence(database, 'max', 'dana')
    await addAbsence(database, 'dana', 'ada')
    await store.add(requestOf('q1', { steps: [stepOf('1.1', ['max'], { told: ['max>max', 'max>dana'] })] }))
    expect(await absent()).toEqual(['q1'])
    await store.add(requestOf('q2', { steps: [stepOf('1.1', ['max'], { told: ['max>ada'] })] }))
    expect(await absent()).toEqual(['q1'])
  })

  it('asks what is told of the open step, not of one that is over or of the words of people', async () => {
    await addAbsence(database, 'max', 'dana')
    const over = stepOf('1.1', ['max'], { state: 'APPROVED', told: ['max>dana'] })
    await store.add(requestOf('q1', { steps: [over, stepOf('1.2', ['max'])] }))
    await store.add(requestOf('q2', { reason: 'because max>dana' }))
    expect(await absent()).toEqual(['q1', 'q2'])
  })

  it('does not take one person’s id for the end of another’s', async () => {
    await database.prisma.user.create({
      data: { id: 'x', name: 'X', email: 'x@example.com', role: 'MANAGER' },
    })
    await addAbsence(database, 'x', 'dana')
    await store.add(
      requestOf('q1', {
        steps: [stepOf('1.1', ['max', 'x'], { told: ['max>dana', 'x>x'] })],
      }),
    )
    expect(await absent()).toEqual(['q1'])
  })

  it('is none that nobody may take over: the requester stands in, or whoever does so for the requester', async () => {
    await addAbsence(database, 'max', 'anna')
    await store.add(requestOf('own'))
    expect(await absent()).toEqual([])
    await addAbsence(database, 'anna', 'vera')
    expect(await absent()).toEqual([])
  })

  it('is none that only whoever set its terms could take over', async () => {
    await addAbsence(database, 'max', 'dana')
    await store.add(requestOf('q1', { authors: ['anna', 'dana'] }))
    expect(await absent()).toEqual([])
  })

  it('is none when whoever stands in has left', async () => {
    await addAbsence(database, 'max', 'dana')
    await database.prisma.user.update({ where: { id: 'dana' }, data: { active: false } })
    await store.add(requestOf('q1'))
    expect(await absent()).toEqual([])
  })

  it('is found beside any number that has moved already', async () => {
    await addAbsence(database, 'max', 'dana')
    await addAbsence(database, 'dana', 'ada')
    const told = ['max>max', 'max>ada']
    for (let index = 10; index < 65; index += 1)
      await store.add(requestOf(`a${index}`, { steps: [stepOf('1.1', ['max'], { told })] }))
    await store.add(requestOf('z'))
    expect(await absent()).toEqual(['z'])
  })

  it.each<readonly [string | null, string, readonly string[], string]>([
    ['Asia/Tokyo', '2026-11-24T14:59:59.999Z', [], 'the day before, a moment to midnight'],
    ['Asia/Tokyo', '2026-11-24T15:00:00.000Z', ['q1'], 'midnight of the first day'],
    ['Asia/Tokyo', '2026-11-26T14:59:59.999Z', ['q1'], 'the last moment of the last day'],
    ['Asia/Tokyo', '2026-11-26T15:00:00.000Z', [], 'midnight after the last day'],
    ['America/New_York', '2026-11-25T04:59:59.999Z', [], 'the day before in New York'],
    ['America/New_York', '2026-11-25T05:00:00.000Z', ['q1'], 'midnight in New York'],
    [null, '2026-11-24T20:59:59.999Z', [], `the day before in ${ZONE}`],
    [null, '2026-11-24T21:00:00.000Z', ['q1'], `midnight in ${ZONE}, where nothing is set`],
  ])('is as of the absent one’s own day: %s at %s', async (timeZone, now, found) => {
    await database.prisma.user.update({ where: { id: 'max' }, data: { timeZone } })
    await addAbsence(database, 'max', 'dana', '2026-11-25', '2026-11-26')
    await store.add(requestOf('q1'))
    expect(await absent(new Date(now))).toEqual(found)
    expect(await store.seatsOf('dana', new Date(now))).toEqual(found.length > 0 ? ['dana', 'max'] : ['dana'])
  })
})
