import { beforeEach, describe, expect, it } from 'vitest'
import type { Act } from '../../src/commands/kit/invocation.ts'
import type { FieldKind } from '../../src/commands/kit/form.ts'
import type { Database } from '../../src/db/client.ts'
import { ask, createCore, line, press, readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { plainly } from './cells.ts'
import { openTargets } from './targets.ts'
import { layHouse, NAMES } from './world.ts'

let database: Database

beforeEach(async () => {
  database = await emptyDatabase()
  await layHouse(database)
})

const LINES = [
  '/account',
  '/today',
  '/followups',
  '/approvals',
  '/brief',
  '/away',
  '/kamerton',
  'Zanzibar',
  'Copper',
  'zanzibar coper works',
  ...Object.values(NAMES).map(([name]) => name),
  ...['account', 'brief', 'followups', 'meeting', 'followup', 'discount'].map(
    (command) => `/${command} Zanzibar C`,
  ),
  '/discount Zanzibar Copper Works 12% Obsidian line ?',
  '/meeting met Quentin Zedd yesterday',
  '/followup Qubricon tomorrow call Quentin',
]

const ACTS: readonly Act[] = [
  ...LINES.map(line),
  press('nearby', { latitude: '55.7539', longitude: '37.6208' }),
  press('discount'),
  press('meeting'),
  press('followup'),
]

const TYPED = [
  '',
  'z',
  'zan',
  'Zanzibar Copper Works',
  'copper',
  'Qubricon',
  '7707083893',
  'quentin',
  'obsidian',
]
const KINDS: readonly FieldKind[] = ['account', 'person', 'product']

/** What an act has led to for themselves. */
async function forget(person: string): Promise<void> {
  const { draft, meeting, followUp, discountRequest } = database.prisma
  await draft.deleteMany({ where: { ownerId: person } })
  await meeting.deleteMany({ where: { authorId: person } })
  await followUp.deleteMany({ where: { ownerId: person } })
  await discountRequest.deleteMany({ where: { requesterId: person } })
}

/** All that somebody can read, offered choices included. */
async function everythingReadBy(person: string): Promise<readonly string[]> {
  const core = createCore(database)
  const heard: string[] = []
  for (const act of ACTS) {
    heard.push(plainly(readReply(await ask(core.dispatcher, person, act))))
    await forget(person)
  }
  const identity = { platform: 'CONSOLE', workspace: '', externalId: person } as const
  for (const kind of KINDS)
    for (const typed of TYPED)
      heard.push(JSON.stringify((await core.dispatcher.suggest(identity, kind, typed)).choices))
  return heard
}

describe('E-03 what somebody may not see', () => {
  it.each(['vera', 'mona'].slice(0, rounds(1, 2)))(
    'might as well not exist: all that %s reads stays the same without it',
    async (person) => {
      const targets = await openTargets(database)
      for (const lay of Object.values(targets)) await lay()
      await database.prisma.draft.deleteMany()
      const before = await everythingReadBy(person)
      await database.prisma.account.delete({ where: { id: 'copper' } })
      expect(await everythingReadBy(person)).toEqual(before)
      figure(
        'E-03',
        `${before.length} answers and lists of choices, the same to the letter when the account is deleted`,
      )
    },
  )

  it('costs the database as many statements as what is not there', async () => {
    const { core, count } = counting(database)
    const statements = async (text: string) => {
      const before = count()
      readReply(await ask(core.dispatcher, 'vera', line(text)))
      return count() - before
    }
    for (const command of ['/account', '/brief', '/followups'])
      for (const [real, nobodys] of Object.values(NAMES)) {
        const seen = await statements(`${command} ${real}`)
        expect(seen).toBeGreaterThan(0)
        expect(await statements(`${command} ${nobodys}`), `${command} ${real}`).toBe(seen)
      }
  })
})

function counting(whole: Database) {
  let statements = 0
  const counted = (queries: Database['reads']): Database['reads'] =>
    new Proxy(queries, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name)
        if (typeof value !== 'function') return value
        return (...args: readonly unknown[]) => {
          statements += 1
          return Reflect.apply(value, of, args) as unknown
        }
      },
    })
  const transact: Database['transact'] = (work) => whole.transact((tx) => work(counted(tx)))
  return {
    core: createCore({ ...whole, reads: counted(whole.reads), transact }),
    count: () => statements,
  }
}
