import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import { figure } from '../../support/figures.ts'
import { ask, createCore, press, readReply } from '../../support/core.ts'
import { stateOf } from '../../access/cells.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const prisma = () => stage.database.prisma
const file = (what: string) => stage.says('anna', `/discount Acme 12% ${what} rival`)
const approve = async (person: string, at = 0) => {
  const id = (await stage.requests())[at]?.id ?? ''
  return stage.pressed(person, { command: 'discount-approve', args: { id, s: '1.1' } })
}
const states = async () => (await stage.requests()).map(({ state }) => state)
const EVERYBODY = ['anna', 'boris', 'vera', 'max', 'dana', 'fay', 'ada']

describe('E-02 where nobody is there to decide', () => {
  it('nobody does, when the whole house has left', async () => {
    await prisma().user.updateMany({ where: { id: { in: ['max', 'dana', 'ada'] } }, data: { active: false } })
    await file('GTX Pro')
    for (const person of EVERYBODY) await approve(person)
    expect(await states()).toEqual(['PENDING'])
    expect(await prisma().approvalVote.count()).toBe(0)
  })

  it('nobody does, when the policy in the database asks for a role that there is not', async () => {
    const outcome = { kind: 'approve', by: { role: 'VICE_PRESIDENT' }, need: 'any' }
    const content = {
      name: 'Another house’s',
      answerHours: 8,
      validDays: 30,
      floors: {},
      escalation: {},
      fallback: 'NOBODY',
      rules: [{ name: 'r', when: [], outcome }],
    }
    await prisma().policyVersion.create({
      data: { version: 1, content, source: '', channel: 'cli', setAt: stage.clock.now },
    })
    await file('GTX Pro')
    for (const person of EVERYBODY) await approve(person)
    expect(await states()).not.toContain('GRANTED')
    expect(await prisma().approvalVote.count()).toBe(0)
  })
})

describe('E-04 who would decide for themselves', () => {
  it('the requester who delegates to themselves has no substitute', async () => {
    expect(await stage.says('anna', '/away today Anna')).toContain('You cannot stand in for yourself.')
    expect(await prisma().absence.count()).toBe(0)
  })

  it('two who are each above the other do not grant each other what they ask', async () => {
    await prisma().user.update({ where: { id: 'max' }, data: { managerId: 'vera' } })
    await prisma().user.update({ where: { id: 'vera' }, data: { managerId: 'max' } })
    await prisma().account.update({ where: { id: 'globex' }, data: { ownerId: 'vera' } })
    await stage.says('vera', '/discount Globex 12% GTX Pro rival')
    expect(await approve('vera')).toContain('Nobody decides their own request.')
    expect(await states()).toEqual(['PENDING'])
  })
})

describe('E-16 a substitute from midnight to midnight, where the absent one is', () => {
  /** Max is away on the 24th of November in Tokyo, from 15:00 to 15:00 by the clock of Greenwich. */
  it.each([
    ['2026-11-23T14:59:59Z', false],
    ['2026-11-23T15:00:00Z', true],
    ['2026-11-24T14:59:59Z', true],
    ['2026-11-24T15:00:00Z', false],
  ])('at %s may decide: %s', async (moment, may) => {
    await prisma().user.update({ where: { id: 'max' }, data: { timeZone: 'Asia/Tokyo' } })
    const day = new Date('2026-11-24')
    await prisma().absence.create({
      data: { id: 'x', userId: 'max', substituteId: 'vera', startsOn: day, endsOn: day },
    })
    await file('GTX Pro')
    stage.clock.now = new Date(moment)
    const heard = await approve('vera')
    if (may) expect(heard).toContain('Granted by Vera Example for Max Example')
    else expect(heard).toBe('This request is no longer here.')
    expect(await states()).toEqual([may ? 'GRANTED' : 'PENDING'])
  })
})

/** The same database, whose connection is lost at the statement of that number within a transaction. */
function losing(database: Database, at: number) {
  const seen = { statements: 0 }
  const counted = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name)
        if (typeof value === 'function')
          return (...args: readonly unknown[]) => {
            seen.statements += 1
            if (seen.statements === at) throw new Error('the connection is lost')
            return Reflect.apply(value, of, args) as unknown
          }
        return value !== null && typeof value === 'object' ? counted(value) : value
      },
    })
  const transact: Database['transact'] = (act) =>
    database.transact(async (tx) => {
      const result = await act(counted(tx))
      // The last one: what was to be committed is not.
      if (seen.statements + 1 === at) throw new Error('the connection is lost')
      return result
    })
  return { seen, core: createCore({ ...database, transact }) }
}

describe('E-14 a crash at any statement of the decision', () => {
  it('leaves nothing behind, and the same press afterwards decides once', async () => {
    await file('GTX Pro')
    const id = (await stage.requests())[0]?.id ?? ''
    const decide = ({ core }: ReturnType<typeof losing>) =>
      ask(core.dispatcher, 'max', press('discount-approve', { id, s: '1.1' }))
    const before = await stateOf(stage.database, ['audit_entries'])
    let at = 1
    for (; at < 200; at += 1) {
      const lost = losing(stage.database, at)
      const reply = await decide(lost)
      if (!reply.failed) break
      expect(readReply(reply), `statement ${at}`).toContain('Something went wrong')
      expect(await stateOf(stage.database, ['audit_entries']), `statement ${at}`).toBe(before)
    }
    expect(at).toBeGreaterThan(10)
    expect(await states()).toEqual(['GRANTED'])
    expect(await prisma().approvalVote.count()).toBe(1)
    expect((await stage.audit()).filter((one) => one === 'max discount.approve')).toHaveLength(1)
    figure(
      'E-14',
      `lost at each of ${at - 1} statements of the decision: all or nothing each time, decided once at the end`,
    )
  })

  it('right after the commit is answered the next time by what was decided', async () => {
    await file('GTX Pro')
    const id = (await stage.requests())[0]?.id ?? ''
    await approve('max')
    expect(await stage.pressed('max', { command: 'discount-approve', args: { id, s: '1.1' } })).toContain(
      'This has been decided already.',
    )
    expect(await prisma().approvalVote.count()).toBe(1)
  })
})
