import fc from 'fast-check'
import type { Database } from '../../../src/db/client.ts'
import { policyStore } from '../../../src/db/policies.ts'
import type { Policy } from '../../../src/domain/discounts/policy.ts'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import { ROLES, type Role } from '../../../src/domain/shared/actor.ts'
import { nameKey } from '../../../src/domain/accounts/name-key.ts'
import type { Person, Standing } from '../../domain/discounts/walk.oracle.ts'
import { ownPolicy } from '../../domain/discounts/walk.world.ts'
import { NOW } from '../../support/clients.ts'

/** Choices that a seed repeats: mulberry32. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    oneIn: (many: number) => below(many) === 0,
    /** Undefined only of nothing. */
    of: <Value>(all: readonly Value[]): Value | undefined => all[below(all.length)],
  }
}
export type Chance = ReturnType<typeof chance>

const HOME = 'Europe/Moscow'
const ZONES = [null, null, null, 'Asia/Tokyo', 'America/New_York'] as const

/** A house by chance, with one client of `p0`, one deal with it, and a policy. */
export async function buildHouse(database: Database, random: Chance): Promise<void> {
  const { prisma } = database
  const size = 5 + random.below(4)
  const users = Array.from({ length: size }, (_, at) => ({
    id: `p${at}`,
    name: `P${at} Example`,
    email: `p${at}@example.com`,
    role: (at === 0
      ? 'KAM'
      : (random.of([...ROLES, 'MANAGER', 'DIRECTOR'] as const) ?? 'KAM')) satisfies Role,
    timeZone: random.of(ZONES) ?? null,
    active: at < 3 || !random.oneIn(6),
    createdAt: new Date(NOW.getTime() + at),
  }))
  await prisma.user.createMany({ data: users })
  for (const { id } of users) {
    const boss = id === 'p0' || !random.oneIn(3) ? `p${random.below(size)}` : id
    if (boss !== id) await prisma.user.update({ where: { id }, data: { managerId: boss } })
  }
  await prisma.account.create({ data: { id: 'acme', name: 'Acme', ownerId: 'p0', delegationLevel: 'D2' } })
  await prisma.accountName.create({
    data: { id: 'acme-0', accountId: 'acme', kind: 'NAME', text: 'Acme', key: nameKey('Acme') },
  })
  await prisma.product.create({
    data: {
      id: 'gtx',
      name: 'GTX Pro',
      productGroup: 'GTX',
      listPrice: '10000',
      cost: '7000',
      currency: 'EUR',
    },
  })
  await prisma.deal.create({
    data: {
      id: 'd1',
      accountId: 'acme',
      title: 'Line two',
      stage: 'Proposal',
      outcome: 'OPEN',
      amount: '10000',
      currency: 'EUR',
      productId: 'gtx',
    },
  })
  const [policy] = fc.sample(ownPolicy, { seed: random.below(2 ** 31), numRuns: 1 })
  if (policy) await setPolicy(database, policy, 0)
}

export async function setPolicy({ prisma }: Database, policy: Policy, expected: number): Promise<void> {
  await policyStore(prisma).set(policy, '', { authorId: null, channel: 'cli', at: NOW }, expected)
}

const localDay = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  )

export type Row = Readonly<{
  id: string
  state: string
  version: number
  round: number
  policyVersion: number
  waitingFor: readonly string[]
  nextAt: Date | null
  decidedAt: Date | null
  body: DiscountRequest
}>

type Votes = Readonly<{
  requestId: string
  stepId: string
  seatId: string
  actorId: string
  verdict: string
}>

/** Everything that the checks compare, read past the code under test; who is away is of a moment. */
export type Snapshot = Readonly<{
  standing: Standing & Readonly<{ people: readonly (Person & { timeZone: string | null })[] }>
  policyVersion: number
  todayOf(person: string): string
  requests: ReadonlyMap<string, Row>
  votes: readonly Votes[]
  dealAmount: string
}>

export async function readHouse({ prisma }: Database): Promise<(now: Date) => Snapshot> {
  const [people, absences, policies, requests, votes, deal] = await Promise.all([
    prisma.user.findMany({
      select: { id: true, role: true, managerId: true, active: true, timeZone: true },
      orderBy: { id: 'asc' },
    }),
    prisma.absence.findMany(),
    prisma.policyVersion.findMany({ orderBy: { version: 'desc' }, take: 1 }),
    prisma.discountRequest.findMany({ orderBy: { number: 'asc' } }),
    prisma.approvalVote.findMany({ orderBy: [{ requestId: 'asc' }, { stepId: 'asc' }, { slot: 'asc' }] }),
    prisma.deal.findUniqueOrThrow({ where: { id: 'd1' } }),
  ])
  const [policy] = policies
  if (!policy) throw new Error('no policy was set')
  return (now) => {
    const zoneOf = (id: string) => people.find((one) => one.id === id)?.timeZone ?? HOME
    const todayOf = (id: string) => localDay(zoneOf(id), now)
    const isAway = ({ userId, startsOn, endsOn }: (typeof absences)[number]) => {
      const today = todayOf(userId)
      return startsOn.toISOString().slice(0, 10) <= today && today <= endsOn.toISOString().slice(0, 10)
    }
    return {
      standing: {
        people,
        policy: policy.content as unknown as Policy,
        away: new Map(absences.filter(isAway).map(({ userId, substituteId }) => [userId, substituteId])),
      },
      policyVersion: policy.version,
      todayOf,
      requests: new Map(
        requests.map((row) => [row.id, { ...row, body: row.body as unknown as DiscountRequest }]),
      ),
      votes,
      dealAmount: deal.amount?.toFixed(2) ?? '',
    }
  }
}
