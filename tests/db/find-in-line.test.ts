import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAccountInLine } from '../../src/commands/accounts/find-in-line.ts'
import type { Context } from '../../src/commands/kit/command.ts'
import { accountStore } from '../../src/db/accounts.ts'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import type { AccountStore } from '../../src/domain/accounts/account.ts'
import type { Sight } from '../../src/domain/shared/actor.ts'
import { readFollowUp } from '../../src/domain/talk/read-follow-up.ts'
import { readMeeting } from '../../src/domain/talk/read-meeting.ts'
import type { TalkContext } from '../../src/domain/talk/talk.ts'
import { loadClients } from '../lookup/judge-table.ts'

const CONTEXT: TalkContext = {
  now: new Date('2026-11-23T11:30:00Z'),
  timeZone: 'Europe/Moscow',
  language: 'ru',
}

describe('finding the account of a line in the database', () => {
  let database: Database
  let asked: string[]

  beforeAll(async () => {
    database = await openDatabase({ pglite: await createPGlite() })
    await database.migrate()
    await loadClients(database)
    await database.prisma.user.createMany({
      data: ['anna', 'nobody'].map((id) => ({
        id,
        email: `${id}@example.com`,
        name: id,
        role: 'KAM' as const,
      })),
    })
    await database.prisma.account.updateMany({ where: { id: 'lukoil' }, data: { ownerId: 'anna' } })
  }, 60_000)
  afterAll(() => database.close())

  /** Only what the lookup asks for, with every question counted. */
  function askerWith(sight: Sight): Context {
    const store = accountStore(database.prisma)
    asked = []
    const counted: Pick<AccountStore, 'named' | 'candidates' | 'refs'> = {
      named: (...args) => (asked.push('named'), store.named(...args)),
      candidates: (...args) => (asked.push('candidates'), store.candidates(...args)),
      refs: (...args) => (asked.push('refs'), store.refs(...args)),
    }
    return { actor: { sight }, work: { accounts: counted } } as unknown as Context
  }

  const found = async (line: string, sight: Sight = 'all') => {
    const answer = await findAccountInLine(askerWith(sight), readMeeting(line, CONTEXT).names)
    if (answer.kind === 'sure') return answer.account.id
    const accounts = answer.kind === 'several' ? answer.accounts : answer.nearest
    return `${answer.kind}: ${accounts
      .map(({ id }) => id)
      .toSorted()
      .join(', ')}`
  }

  test.each([
    ['Acme yesterday 15:00 discussed the 2027 price list, mood good', 'acme'],
    ['был в Ромашке вчера, обсудили контракт', 'romashka'],
    ['звонил Газпрому', 'gazprom'],
    ['звонил Газпром нефти вчера', 'gazprom-neft'],
    ['созвон с Северсталью завтра в 10', 'severstal'],
    ['встреча с Лукойлом завтра', 'lukoil'],
    ['вчера у Роснефти с Иваном Петровым обсудили логистику', 'rosneft'],
    ['acme logistics call tomorrow 10:00', 'acme-logistics'],
    ['ИНН 1648987571 вчера созвон', 'lukoil'],
  ])('%s', async (line, id) => {
    expect(await found(line)).toBe(id)
  })

  test('costs one statement when the name is exact in any of its cases', async () => {
    await found('был в Ромашке вчера с Иваном и Ольгой, обсудили контракт, логистику и новый склад')
    expect(asked).toEqual(['named'])
  })

  test('searches at most four names when none is exact', async () => {
    await found('Zzyx Qwop: Hjkl Mnbv с Плюкиным и Грымзиным в Урюпинске у Шмяка на Куздре вчера')
    expect(asked.filter((one) => one === 'candidates').length).toBeLessThanOrEqual(4)
    expect(asked.filter((one) => one === 'named')).toHaveLength(1)
  })

  test('mends a slip in the name', async () => {
    expect(await found('лукоил вчера созвон')).toBe('lukoil')
    expect(await found('Роснфеть вчера созвон')).toBe('rosneft')
  })

  test('asks which when two accounts are named, or one name is that of two', async () => {
    expect(await found('вчера был в Лукойле и Роснефти')).toBe('several: lukoil, rosneft')
    expect(await found('Василёк вчера созвон')).toBe('several: vasilek-ao, vasilek-ooo')
  })

  test('takes the legal form for what it is', async () => {
    expect(await found('АО «Василёк» вчера созвон')).toBe('vasilek-ao')
  })

  test('finds nothing that the asker may not see, word for word as if it did not exist', async () => {
    expect(await found('Лукойл вчера созвон', ['anna'])).toBe('lukoil')
    expect(await found('Роснефть вчера созвон', ['anna'])).toBe('none: ')
    expect(await found('Лукойл вчера созвон', ['nobody'])).toBe('none: ')
    expect(await found('Лукойл вчера созвон', [])).toBe('none: ')
  })

  test('claims no account where none is named', async () => {
    for (const line of [
      'вчера созвон, обсудили цены',
      'discussed prices yesterday',
      'завтра встреча',
      '😀',
      '',
    ])
      expect((await found(line)).startsWith('none'), line).toBe(true)
  })

  test('finds the account of a follow-up as well', async () => {
    const names = readFollowUp('отправить КП Лукойлу до пятницы', CONTEXT).names
    expect(await findAccountInLine(askerWith('all'), names)).toMatchObject({
      kind: 'sure',
      account: { id: 'lukoil' },
    })
  })
})
