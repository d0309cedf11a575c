import { beforeEach, describe, expect, it } from 'vitest'
import { UNSEEN } from '../../src/commands/kit/unit-of-work.ts'
import type { Database } from '../../src/db/client.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import type { Work } from '../../src/domain/shared/work.ts'
import { NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const DEFAULTS = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const
const UPDATE = {
  key: 'k1',
  chat: 'c1',
  identity: { platform: 'SLACK', workspace: 'T1', externalId: 'U1' },
} as const

let database: Database
beforeEach(async () => {
  database = await emptyDatabase()
})

const note = ({ audit }: Work) =>
  audit.write({ actorId: null, channel: 'cli', action: 'test', subject: 'one' })
const noted = () => database.prisma.auditEntry.count()

/** A database whose transactions are carried out, and whose answer is lost so many times. */
function losingAnswers(whole: Database, times: number): Pick<Database, 'reads' | 'transact'> {
  let left = times
  return {
    reads: whole.reads,
    async transact(work) {
      const result = await whole.transact(work)
      if (left-- > 0) throw new UnavailableError('the database', new Error('the connection broke'))
      return result
    },
  }
}

describe('a change', () => {
  it('whose commit was carried out and not confirmed is made once, and is not told as new', async () => {
    const unit = unitOfWork(losingAnswers(database, 1), DEFAULTS)
    await unit.receive(UPDATE, NOW)
    expect(await unit.write(UPDATE, NOW, note)).toBe(UNSEEN)
    expect(await noted()).toBe(1)
  })

  it('G-02 whose key a server that fell over has forgotten is made all the same, and once', async () => {
    const unit = unitOfWork(database, DEFAULTS)
    await unit.receive(UPDATE, NOW)
    await database.prisma.$executeRaw`delete from inbound_updates`
    const change = () => unit.write(UPDATE, NOW, async (work) => (await note(work), 'done'))
    expect([await change(), await change()]).toEqual(['done', null])
    expect(await noted()).toBe(1)
  })

  it('that was interrupted before its commit is made by the next try', async () => {
    const unit = unitOfWork(database, DEFAULTS)
    await unit.receive(UPDATE, NOW)
    let tries = 0
    const said = await unit.write(UPDATE, NOW, async (work) => {
      await note(work)
      tries += 1
      if (tries === 1) throw new UnavailableError('the database', new Error('the connection broke'))
      return 'done'
    })
    expect(said).toBe('done')
    expect(await noted()).toBe(1)
  })

  it('that never passes is given up after a few tries, and leaves nothing', async () => {
    const unit = unitOfWork(database, DEFAULTS)
    await unit.receive(UPDATE, NOW)
    let tries = 0
    const yields = unit.write(UPDATE, NOW, async (work) => {
      await note(work)
      tries += 1
      throw new UnavailableError('the database', new Error('locked'))
    })
    await expect(yields).rejects.toThrow(UnavailableError)
    expect(tries).toBe(4)
    expect(await noted()).toBe(0)
  })

  it('that was made before is not made again', async () => {
    const unit = unitOfWork(database, DEFAULTS)
    await unit.receive(UPDATE, NOW)
    await unit.write(UPDATE, NOW, note)
    expect(await unit.write(UPDATE, NOW, note)).toBe(null)
    expect(await noted()).toBe(1)
  })

  it.runIf(process.env['TEST_DATABASE_URL'])(
    'G-04 that meets another one in a deadlock is made after it',
    async () => {
      const unit = unitOfWork(database, DEFAULTS)
      const { prisma } = database
      await prisma.user.createMany({
        data: ['one', 'two'].map((id) => ({
          id,
          name: id,
          email: `${id}@example.com`,
          role: 'KAM' as const,
        })),
      })
      const both = Promise.withResolvers<void>()
      let inside = 0
      const swap = (first: string, second: string) => async (work: Work) => {
        await work.people.saveSettings(first, { language: 'en' })
        inside += 1
        if (inside === 2) both.resolve()
        await both.promise
        await work.people.saveSettings(second, { language: 'ru' })
        return 'done'
      }
      const update = (key: string) => ({ ...UPDATE, key })
      for (const key of ['a', 'b']) await unit.receive(update(key), NOW)
      const said = await Promise.all([
        unit.write(update('a'), NOW, swap('one', 'two')),
        unit.write(update('b'), NOW, swap('two', 'one')),
      ])
      expect(said).toEqual(['done', 'done'])
    },
  )
})
