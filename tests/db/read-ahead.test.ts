import { beforeEach, describe, expect, it } from 'vitest'
import type { Ahead, ReadAhead } from '../../src/commands/kit/unit-of-work.ts'
import type { Database } from '../../src/db/client.ts'
import type { Queries } from '../../src/db/queries.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import type { Actor } from '../../src/domain/shared/actor.ts'
import { dayIn } from '../../src/domain/shared/day.ts'
import { addAccount, addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const
const EVERYBODY = ['dana', 'max', 'anna', 'boris', 'vera', 'fay', 'ada']

let database: Database
let asked: number

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await addAccount(database, { id: 'twin', name: 'Twin', ownerId: 'anna' })
  await addAccount(database, { id: 'twin2', name: 'Twin', ownerId: 'vera' })
  await addAccount(database, { id: 'child', name: 'Child', ownerId: 'vera' })
  await database.prisma.account.update({ where: { id: 'child' }, data: { parentId: 'acme' } })
  asked = 0
})

const counting = (): Queries => ({
  $queryRaw: (query, ...values) => ((asked += 1), database.reads.$queryRaw(query, ...values)),
  $executeRaw: (query, ...values) => ((asked += 1), database.reads.$executeRaw(query, ...values)),
})
const work = () => unitOfWork({ ...database, reads: counting() }, DEFAULTS)

let keys = 0
/** The console's personas are users by their id. */
const received = (who: string, ahead: Ahead | null) => {
  const identity = { platform: 'CONSOLE', workspace: '', externalId: who } as const
  return work().receive({ key: `k${(keys += 1)}`, chat: 'c', identity }, NOW, ahead)
}

const cardOf = (account: Ahead['account'], actor: Actor, ahead: ReadAhead | null) => {
  const at = { now: NOW, today: dayIn(actor.timeZone, NOW) }
  return work().read(
    ({ accounts }) =>
      'id' in account
        ? accounts.facts(account.id, actor.sight, at)
        : accounts.factsByName(account.name, actor.sight, at),
    ahead,
  )
}

const ACCOUNTS: readonly Ahead['account'][] = [
  ...['acme', 'romashka', 'globex', 'child', 'nobody'].map((id) => ({ id })),
  ...['Acme Corporation', 'acme', 'Globex', 'Child', 'Twin', 'Zzyzx', '«»'].map((name) => ({ name })),
]

describe('an account that is read together with who asks', () => {
  it.each(EVERYBODY)(
    'shows %s just what the rights of the moment show, with one statement less',
    async (who) => {
      for (const account of ACCOUNTS) {
        const { actor, ahead } = await received(who, { account })
        if (!actor) throw new Error(`${who} is not known`)
        asked = 0
        const card = await cardOf(account, actor, ahead)
        expect(asked, JSON.stringify(account)).toBe(0)
        expect(card, JSON.stringify(account)).toEqual(await cardOf(account, actor, null))
      }
    },
  )

  it('is shown to a substitute while they stand in, and to nobody whose right has ended', async () => {
    const account = { name: 'Acme Corporation' }
    const shown = async (who: string) => {
      const { actor, ahead } = await received(who, { account })
      return actor && (await cardOf(account, actor, ahead))
    }
    expect(await shown('vera')).toBeNull()
    const days = { startsOn: new Date('2026-11-23'), endsOn: new Date('2026-11-23') }
    await database.prisma.absence.create({ data: { id: 'x', userId: 'anna', substituteId: 'vera', ...days } })
    expect(await shown('vera')).toMatchObject({ id: 'acme' })
    await database.prisma.absence.deleteMany()
    expect(await shown('vera')).toBeNull()

    expect(await shown('fay')).toMatchObject({ id: 'acme' })
    await database.prisma.user.update({ where: { id: 'fay' }, data: { role: 'KAM' } })
    expect(await shown('fay')).toBeNull()

    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    expect(await received('anna', { account })).toMatchObject({ actor: null, ahead: null })
    expect(await received('stranger', { account })).toMatchObject({ actor: null, ahead: null })
  })

  it('is asked for again where it is another day, for other rights, and for another account', async () => {
    const account = { id: 'acme' }
    await database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'Pacific/Kiritimati' } })
    const far = await received('anna', { account })
    const near = await received('max', { account })
    if (!far.actor || !near.actor) throw new Error('they are known')
    const again = async (actor: Actor, ahead: ReadAhead | null, id = 'acme') => {
      asked = 0
      await cardOf({ id }, actor, ahead)
      return asked
    }
    expect(await again(far.actor, far.ahead)).toBe(1)
    expect(await again(near.actor, near.ahead, 'globex')).toBe(1)
    expect(await again(far.actor, near.ahead)).toBe(1)
    expect(await again({ ...near.actor, sight: ['max'] }, near.ahead)).toBe(1)
    expect(await again(near.actor, near.ahead)).toBe(0)
  })
})
