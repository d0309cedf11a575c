import { beforeEach, describe, expect, it } from 'vitest'
import { cleanUp } from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/client.ts'
import { buttonTokens, inbox } from '../../src/db/inbox.ts'
import { emptyDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

let database: Database
beforeEach(async () => {
  database = await emptyDatabase()
})

const update = (key: string, text = 'hello') => ({ key, chat: '1', payload: { message: { text } } })

describe('the inbox', () => {
  it('stores each update once and knows what is unfinished, in order', async () => {
    const box = inbox(database.prisma)
    expect(await box.store('TELEGRAM', [update('1'), update('2')])).toEqual(['1', '2'])
    expect(await box.store('TELEGRAM', [update('2'), update('3')])).toEqual(['3'])
    await box.finish('TELEGRAM', ['2'])
    expect((await box.takeUp('TELEGRAM')).map(({ key }) => key)).toEqual(['1', '3'])
    expect(await box.store('TELEGRAM', [])).toEqual([])
  })

  it('gives what nobody holds to one of those who ask, and leaves alone what somebody does', async () => {
    const box = inbox(database.prisma)
    const age = (key: string, seconds: number) =>
      database.prisma
        .$executeRaw`update inbound_updates set received_at = now() - ${seconds} * interval '1 second' where key = ${key}`
    await box.store(
      'TELEGRAM',
      ['1', '9', '10', '11', '12'].map((key) => update(key)),
    )
    for (const [key, seconds] of [
      ['1', 7_200],
      ['9', 60],
      ['10', 60],
      ['11', 90],
      ['12', 10],
    ] as const)
      await age(key, seconds)
    await box.hold('TELEGRAM', ['11'])
    const quiet = { quietMs: 40_000, reachMs: 600_000 }
    const taken = await Promise.all([1, 2, 3].map(() => box.takeUp('TELEGRAM', quiet)))
    expect(taken.flat().map(({ key }) => key)).toEqual(['9', '10'])
    expect(await box.takeUp('TELEGRAM', quiet)).toEqual([])
    expect((await box.takeUp('TELEGRAM', { keys: ['11', '12', 'x'] })).map(({ key }) => key)).toEqual([
      '12',
      '11',
    ])
    expect((await box.takeUp('TELEGRAM')).map(({ key }) => key)).toEqual(['1', '9', '10', '11', '12'])
    await box.finish('TELEGRAM', ['1'])
    await box.hold('TELEGRAM', ['1'])
    expect(await box.takeUp('TELEGRAM', { keys: ['1'] })).toEqual([])
  })

  it('is not held up by what PostgreSQL cannot keep', async () => {
    const box = inbox(database.prisma)
    const keys = await box.store('TELEGRAM', [
      update('1', 'a\u0000b'),
      update('2', 'half \ud83d'),
      update('3', '\\u0000'),
    ])
    expect(keys).toEqual(['1', '2', '3'])
    const texts = (await box.takeUp('TELEGRAM')).map(
      ({ payload }) => (payload as { message: { text: string } }).message.text,
    )
    expect(texts).toEqual(['ab', 'half \ufffd', '\\u0000'])
  })

  it('forgets what people wrote once it is answered, and the keys after a week', async () => {
    const box = inbox(database.prisma)
    await box.store('TELEGRAM', [update('old'), update('waiting')])
    await box.finish('TELEGRAM', ['old'])
    expect(
      JSON.stringify(await database.prisma.inboundUpdate.findMany({ where: { key: 'old' } })),
    ).not.toContain('hello')
    await database.prisma.inboundUpdate.updateMany({ data: { receivedAt: new Date('2026-11-01') } })
    await cleanUp(database.prisma, NOW)
    expect((await database.prisma.inboundUpdate.findMany()).map(({ key }) => key)).toEqual(['waiting'])
  })
})

describe('a button that does not fit', () => {
  const button = { owner: '501', command: 'settings-save', args: { language: 'ru' } }

  it('has one token, until it expires', async () => {
    const tokens = buttonTokens(database.prisma)
    const token = await tokens.save('TELEGRAM', button, new Date('2026-12-01'))
    expect(await tokens.save('TELEGRAM', button, new Date('2026-12-02'))).toBe(token)
    expect(await tokens.save('TELEGRAM', { ...button, owner: '502' }, new Date('2026-12-02'))).not.toBe(token)
    expect(await tokens.find('TELEGRAM', token, NOW)).toEqual(button)
    expect(await tokens.find('TELEGRAM', token, new Date('2026-12-03'))).toBeNull()
    expect(await tokens.find('TELEGRAM', 'forged', NOW)).toBeNull()
  })
})
