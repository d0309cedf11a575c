import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findNameCandidates, suggestAccounts } from '../../src/db/account-lookup.ts'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import { judgeNames } from '../../src/domain/accounts/name-match.ts'
import type { Sight } from '../../src/domain/shared/actor.ts'
import { loadClients } from '../lookup/judge-table.ts'

describe('looking accounts up in the database', () => {
  let database: Database
  const found = async (query: string, sight: Sight = 'all') => {
    const candidates = await findNameCandidates(database.prisma, query, sight)
    return judgeNames(query, candidates)
  }

  beforeAll(async () => {
    database = await openDatabase({ pglite: await createPGlite() })
    await database.migrate()
    await loadClients(database)
    const people = ['anna', 'boris', 'nobody']
    await database.prisma.user.createMany({
      data: people.map((id) => ({ id, email: `${id}@example.com`, name: id, role: 'KAM' as const })),
    })
    await database.prisma.account.updateMany({
      where: { id: { in: ['romashka', 'acme'] } },
      data: { ownerId: 'anna' },
    })
    await database.prisma.accountTeamMember.create({ data: { accountId: 'gazprom', userId: 'anna' } })
    await database.prisma.account.updateMany({ where: { id: 'romashka-plus' }, data: { ownerId: 'boris' } })
  }, 60_000)
  afterAll(() => database.close())

  test.each([
    ['ООО «Ромашка»', 'romashka'],
    ['gazprom', 'gazprom'],
    ['акме', 'acme'],
    ['ufpghjv', 'gazprom'],
    ['сбрбанк', 'sber'],
    ['2374131206', 'gazprom'],
    ['норильский', 'norilsk'],
  ])('finds by %s the account %s', async (query, accountId) => {
    expect(await found(query)).toEqual({ kind: 'sure', accountId })
  })

  test('shows a person their own accounts and those of their team, and no other', async () => {
    expect(await found('ромашка', ['anna'])).toEqual({ kind: 'sure', accountId: 'romashka' })
    expect(await found('газпром', ['anna'])).toEqual({ kind: 'sure', accountId: 'gazprom' })
    expect(await found('ромаш', ['boris'])).toEqual({ kind: 'sure', accountId: 'romashka-plus' })
    expect(await found('ромашка', ['nobody'])).toEqual({ kind: 'none', nearest: [] })
    expect(await found('ромашка', [])).toEqual({ kind: 'none', nearest: [] })
    expect(await findNameCandidates(database.prisma, 'газпром нефть', ['anna'])).not.toContainEqual(
      expect.objectContaining({ accountId: 'gazprom-neft' }),
    )
  })

  test('lets a person with several people below them see the accounts of all', async () => {
    const match = await found('ромаш', ['anna', 'boris'])
    expect(match.kind === 'several' && match.accountIds.toSorted()).toEqual(['romashka', 'romashka-plus'])
  })

  test.each([
    '',
    ' ',
    '\0',
    'ром\0ашка',
    '\uD800',
    '\uDC00ромашка',
    '😀😀😀',
    '\u202Eакшамор',
    'שלום עולם',
    '%',
    '_',
    '\\',
    "'; drop table accounts; --",
    '{"a"}',
    'х'.repeat(10_000),
    'рома '.repeat(2_000),
    '7'.repeat(10_000),
    '...'.repeat(3_000),
  ])('answers %j without an error', async (query) => {
    expect((await found(query)).kind).toBeTypeOf('string')
    expect(await suggestAccounts(database.prisma, query, ['anna'], 3)).toBeInstanceOf(Array)
  })

  test('takes % and _ for what they are', async () => {
    expect(await findNameCandidates(database.prisma, '%', 'all')).toEqual([])
    expect(await findNameCandidates(database.prisma, 'г_зпром', ['nobody'])).toEqual([])
  })

  test('suggests while typing: names that begin so come first', async () => {
    const suggested = await suggestAccounts(database.prisma, 'ромаш', 'all', 5)
    expect(
      suggested
        .slice(0, 3)
        .map(({ accountId }) => accountId)
        .toSorted(),
    ).toEqual(['romashka', 'romashka-plus', 'romashka-trade'])
    expect(await suggestAccounts(database.prisma, 'ром', ['boris'], 5)).toEqual([
      { accountId: 'romashka-plus', accountName: 'ООО «Ромашка Плюс»' },
    ])
  })

  test('suggests the first accounts by name when nothing is typed yet, or only a legal form', async () => {
    const mine = await suggestAccounts(database.prisma, '', ['anna'], 10)
    expect(mine.map(({ accountName }) => accountName)).toEqual([
      'Acme Corporation',
      'ООО «Ромашка»',
      'ПАО «Газпром»',
    ])
    expect(await suggestAccounts(database.prisma, 'ооо ', ['anna'], 10)).toEqual(mine)
    expect(await suggestAccounts(database.prisma, '', 'all', 4)).toHaveLength(4)
    expect(await suggestAccounts(database.prisma, '', [], 4)).toEqual([])
  })
})
