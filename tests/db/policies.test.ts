import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/db/audit.ts'
import type { Database } from '../../src/db/client.ts'
import { houseOf, policySource, policyStore } from '../../src/db/policies.ts'
import { DEFAULT_POLICY } from '../../src/domain/discounts/default-policy.ts'
import type { Policy } from '../../src/domain/discounts/policy.ts'
import { readPolicy } from '../../src/policies/read-policy.ts'
import { writePolicy } from '../../src/policies/write-policy.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
const policies = () => policyStore(database.prisma)
const named = (name: string): Policy => ({ ...DEFAULT_POLICY, name })
const author = (authorId: string | null = null) => ({ authorId, channel: 'cli', at: NOW })

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
})

describe('the policy that holds', () => {
  it('is the one that comes with the product until another is set', async () => {
    expect(await policies().current()).toEqual({ version: 0, policy: DEFAULT_POLICY })
    expect(await policies().all()).toEqual([])
    expect(await policies().set(named('Ours'), 'name: Ours', author('dana'), 0)).toEqual({
      kind: 'set',
      version: 1,
    })
    expect(await policies().current()).toEqual({ version: 1, policy: named('Ours') })
  })

  it('is the newest; earlier ones stay readable, as data and as they were written', async () => {
    await policies().set(named('One'), '# mine\nname: One', author('dana'), 0)
    await policies().set(named('Two'), 'name: Two', author(), 1)
    expect((await policies().current()).version).toBe(2)
    expect((await policies().find(1))?.policy.name).toBe('One')
    expect((await policies().find(0))?.policy).toEqual(DEFAULT_POLICY)
    expect(await policies().find(3)).toBeNull()
    expect(await policySource(database.prisma, 1)).toBe('# mine\nname: One')
    expect(await policySource(database.prisma, 0)).toBeNull()
    expect(await policies().all()).toEqual([
      { version: 2, name: 'Two', setAt: NOW.toISOString(), by: null, channel: 'cli' },
      { version: 1, name: 'One', setAt: NOW.toISOString(), by: 'Dana Example', channel: 'cli' },
    ])
  })

  it('is kept to the letter, decimals and currencies too', async () => {
    const money = { over: { USD: '0.10', EUR: '5000000000000.05' } }
    const policy: Policy = {
      ...DEFAULT_POLICY,
      floors: { 'Насосы "Z"': '0.50', '*': '15' },
      rules: [
        { name: 'A', when: [{ kind: 'money', fact: 'amount', bound: money }], outcome: { kind: 'stop' } },
      ],
    }
    await policies().set(policy, '', author(), 0)
    const { policy: kept } = await policies().current()
    expect(kept).toEqual(policy)
    expect(readPolicy(writePolicy(kept))).toEqual({ ok: true, policy })
  })
})

describe('setting a policy', () => {
  it('is refused when somebody else set one meanwhile', async () => {
    await policies().set(named('One'), '', author(), 0)
    expect(await policies().set(named('Late'), '', author(), 0)).toEqual({ kind: 'changed', current: 1 })
    expect(await policies().set(named('Early'), '', author(), 5)).toEqual({ kind: 'changed', current: 1 })
    expect((await policies().current()).policy.name).toBe('One')
    expect(await database.prisma.auditEntry.count()).toBe(1)
  })

  it('of many at once one is set, with one audit row', async () => {
    const done = await Promise.all(
      Array.from({ length: 6 }, (_, at) => policies().set(named(`P${at}`), '', author(), 0)),
    )
    expect(done.filter(({ kind }) => kind === 'set')).toHaveLength(1)
    expect(await policies().all()).toHaveLength(1)
    expect(await database.prisma.auditEntry.count()).toBe(1)
  })

  it('leaves no trace when its transaction fails', async () => {
    await database.prisma
      .$transaction(async (tx) => {
        await policyStore(tx).set(named('Gone'), '', author(), 0)
        throw new Error('away')
      })
      .catch(() => null)
    expect(await policies().all()).toEqual([])
    expect(await database.prisma.auditEntry.count()).toBe(0)
  })

  it('is in the audit log, with the versions before and after', async () => {
    await policies().set(named('One'), '', author('dana'), 0)
    await policies().set(named('Two'), '', { ...author('ada'), channel: 'slack' }, 1)
    const [, entry] = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entry).toMatchObject({
      action: 'policy.set',
      actorId: 'ada',
      channel: 'slack',
      subject: '2',
      before: { version: 1, name: 'One' },
      after: { version: 2, policy: { name: 'Two' } },
    })
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 2, broken: null })
  })
})

describe('the house', () => {
  it('counts active people by role and names the currencies of prices and deals', async () => {
    await database.prisma.user.update({ where: { id: 'fay' }, data: { active: false } })
    await database.prisma.product.createMany({
      data: [
        { id: 'p1', name: 'A', currency: 'USD' },
        { id: 'p2', name: 'B', currency: 'EUR' },
      ],
    })
    expect(await houseOf(database.prisma)).toEqual({
      people: { KAM: 3, MANAGER: 1, DIRECTOR: 1, ADMIN: 1 },
      currencies: ['EUR', 'USD'],
    })
  })
})
