import { beforeEach, describe, expect, it } from 'vitest'
import type { CliIo } from '../../src/cli/io.ts'
import { userCommand } from '../../src/cli/user.ts'
import { verifyAudit } from '../../src/db/audit.ts'
import type { Database } from '../../src/db/client.ts'
import { addTeam, emailOf, NOW } from '../support/clients.ts'
import { ask, createCore, submit } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
let lines: string[]

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
})

const run = (...args: string[]) => {
  lines = []
  const tell = (text: string) => void lines.push(text)
  const io: CliIo = {
    database,
    out: tell,
    err: tell,
    progress: null,
    now: () => NOW,
    defaults: { currency: 'EUR', timeZone: 'UTC' },
  }
  return userCommand(args, io)
}
const user = (email: string) => database.prisma.user.findUnique({ where: { email } })

describe('kamerton user', () => {
  it('adds somebody with all they need, in an audited step', async () => {
    expect(
      await run(
        'add',
        'New@Example.com',
        '--name',
        'New One',
        '--role',
        'kam',
        '--manager',
        emailOf('max'),
        '--time-zone',
        'Asia/Kolkata',
      ),
    ).toBe(0)
    expect(await user('new@example.com')).toMatchObject({
      name: 'New One',
      role: 'KAM',
      managerId: 'max',
      timeZone: 'Asia/Kolkata',
    })
    expect(await run('add', 'new@example.com', '--name', 'Again', '--role', 'KAM')).toBe(1)
    expect((await database.prisma.auditEntry.findMany()).map(({ action }) => action)).toEqual(['user.add'])
  })

  it('switches off and on; a correction in between lets nobody in', async () => {
    await database.prisma.identity.create({
      data: { id: 'i', userId: 'anna', platform: 'TELEGRAM', externalId: '1' },
    })
    expect(await run('off', emailOf('anna'))).toBe(0)
    expect(await database.prisma.identity.count()).toBe(0)
    expect(await run('set', emailOf('anna'), '--currency', 'usd')).toBe(0)
    expect(await user(emailOf('anna'))).toMatchObject({ active: false, currency: 'USD' })
    expect(await run('on', emailOf('anna'))).toBe(0)
    expect(await user(emailOf('anna'))).toMatchObject({ active: true })
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 3, broken: null })
  })

  it('trusts somebody with discounts by their level, which the list shows', async () => {
    expect(await run('set', emailOf('anna'), '--level', 'd3')).toBe(0)
    expect(await user(emailOf('anna'))).toMatchObject({ delegationLevel: 'D3' })
    await run('add', 'new@example.com', '--name', 'New', '--role', 'KAM', '--level', 'D1')
    expect(await user('new@example.com')).toMatchObject({ delegationLevel: 'D1' })
    await expect(run('set', emailOf('anna'), '--level', 'D5')).rejects.toThrow('expected D1, D2, D3, D4')
    await run('list')
    expect(lines.find((text) => text.startsWith(emailOf('anna')))).toMatch(/\tactive\tD3$/)
    const [entry] = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entry).toMatchObject({
      action: 'user.set',
      before: { delegationLevel: null },
      after: { delegationLevel: 'D3' },
    })
  })

  it('moves what somebody promised to the same hour on the wall of their new zone, not what was put off', async () => {
    const { prisma } = database
    await run('set', emailOf('anna'), '--time-zone', 'Europe/Moscow')
    const { dispatcher } = createCore(database)
    const promise = (values: Record<string, string>) => ask(dispatcher, 'anna', submit('followup', values))
    await promise({ what: 'send the quote', when: '27.11.2026 10:00' })
    await promise({ what: 'put off', when: '27.11.2026 11:00' })
    await prisma.$executeRaw`update follow_ups set snoozed_until = remind_at where what = 'put off'`
    const waiting = async () => {
      const rows = await prisma.notice.findMany({ where: { state: 'WAITING' }, orderBy: { dueAt: 'asc' } })
      return rows.map(({ number, dueAt }) => `${number} ${dueAt.toISOString().slice(0, 16)}`)
    }
    const planned = ['1 2026-11-27T07:00', '1 2026-11-27T08:00']
    expect(await waiting()).toEqual(planned)
    await run('set', emailOf('anna'), '--time-zone', 'Europe/Moscow', '--currency', 'usd')
    await run('set', emailOf('boris'), '--time-zone', 'Asia/Tokyo')
    expect(await waiting()).toEqual(planned)
    await run('set', emailOf('anna'), '--time-zone', 'Asia/Tokyo')
    expect(await waiting()).toEqual(['2 2026-11-27T01:00', '1 2026-11-27T08:00'])
    expect(await verifyAudit(database.prisma)).toMatchObject({ broken: null })
  })

  it('refuses a circle of managers and wrong words, each in one line', async () => {
    expect(await run('set', emailOf('dana'), '--manager', emailOf('anna'))).toBe(1)
    expect(lines).toHaveLength(1)
    await expect(run('set', emailOf('anna'), '--role', 'BOSS')).rejects.toThrow('expected KAM, MANAGER')
    await expect(run('set', 'who@example.com', '--name', 'X')).rejects.toThrow('there is no user')
    await expect(run('add', 'not-an-address')).rejects.toThrow('expected an e-mail address')
  })

  it('lists everybody with their role, manager and links', async () => {
    expect(await run('list')).toBe(0)
    expect(lines.find((text) => text.startsWith(emailOf('anna')))).toContain(
      `KAM\tunder ${emailOf('max')}\tnot linked\tactive`,
    )
  })
})
