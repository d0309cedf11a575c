import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CliIo } from '../../src/cli/io.ts'
import { policyCommand } from '../../src/cli/policy.ts'
import type { Database } from '../../src/db/client.ts'
import { policyStore } from '../../src/db/policies.ts'
import { DEFAULT_POLICY } from '../../src/domain/discounts/default-policy.ts'
import type { RuleFacts } from '../../src/domain/discounts/facts.ts'
import { writePolicy } from '../../src/policies/write-policy.ts'
import { FACTS } from '../domain/discounts/facts.sample.ts'
import { addAccount, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
let folder = ''
let out: string[]
let err: string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kamerton-policy-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
})

async function run(args: readonly string[], confirm?: CliIo['confirm']): Promise<number> {
  out = []
  err = []
  const code = await policyCommand(args, {
    database,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: null,
    now: () => NOW,
    defaults: { currency: 'EUR', timeZone: 'UTC' },
    ...(confirm ? { confirm } : {}),
  })
  return code
}
const file = (text: string, name = 'policy.yaml') => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const current = async () => policyStore(database.prisma).current()
const STANDARD = writePolicy(DEFAULT_POLICY)
const STRICTER = STANDARD.replace('percent: over 15\n', 'percent: over 9.5\n').replace(
  '8 working hours',
  '4 working hours',
)

async function addRequest(number: number, facts: Partial<RuleFacts>): Promise<void> {
  await database.prisma.discountRequest.create({
    data: {
      id: `r${number}`,
      number,
      accountId: 'acme',
      requesterId: 'anna',
      state: 'PENDING',
      percent: 10,
      listAmount: 1000,
      netAmount: 900,
      currency: 'EUR',
      lastDay: NOW,
      policyVersion: 0,
      waitingFor: [],
      body: { facts: { ...FACTS, ...facts } },
      createdAt: NOW,
      changedAt: NOW,
    },
  })
}

describe('policy show', () => {
  it('is a table that fits a hundred columns', async () => {
    expect(await run(['show'])).toBe(0)
    expect(out[0]).toBe('Standard (comes with the product)')
    expect(out.join('\n')).toContain(
      '  answer within: 8 working hours\n  valid for: 30 days\n  floor of others: 15 %',
    )
    expect(out.join('\n')).toMatch(/\n7 {4}Own limit at D2 +level D2, percent at most 5, +grant\n/)
    expect(Math.max(...out.map(({ length }) => length))).toBeLessThanOrEqual(100)
  })

  it('as a file reads back to the same policy, and setting it changes nothing', async () => {
    await run(['show', '--yaml'])
    expect(await run(['set', file(out.join('\n'))])).toBe(0)
    expect(out).toHaveLength(1)
    expect(out[0]).toMatch(/^nothing changes: .* says what the policy that comes with the product says$/)
    expect((await current()).version).toBe(0)
  })

  it('as a file keeps the comments of whoever wrote it, in every version', async () => {
    await run(['set', file(`# of the board, May\n${STRICTER}`)])
    await run(['set', file(STANDARD)])
    await run(['show', '--yaml', '--version', '1'])
    expect(`${out.join('\n')}\n`).toBe(`# of the board, May\n${STRICTER}`)
    expect(await run(['show', '--version', '7'])).toBe(1)
    expect(err).toEqual(['there is no version 7 of the policy; policy history lists them'])
  })
})

describe('policy set', () => {
  it('shows the difference, says what would have gone elsewhere, and takes effect without a question', async () => {
    await addAccount(database, { id: 'acme', name: 'Acme \u001b[31m', ownerId: 'anna' })
    await addRequest(1, {})
    await addRequest(2, { percent: '9' })
    await addRequest(3, { percent: '20' })
    expect(await run(['set', file(STRICTER)])).toBe(0)
    expect(err).toEqual([])
    expect(out).toEqual([
      'against the policy that comes with the product:',
      '~ answer within: 8 working hours → 4 working hours',
      '~ rule "Above 15 % the director decides too"',
      '    when was: percent over 15',
      '    when now: percent over 9.5',
      'dry run over the last 3 requests: 1 would have gone elsewhere, 2 the same way',
      '  #1 Acme ␛[31m',
      '    was: manager',
      '    would be: manager, then DIRECTOR',
      'version 1 is set: "Standard" holds from now on',
    ])
    expect((await current()).policy.answerHours).toBe(4)
    expect(await database.prisma.auditEntry.findFirst()).toMatchObject({
      action: 'policy.set',
      channel: 'cli',
      actorId: null,
    })
  })

  it('with --dry-run stops before it', async () => {
    expect(await run(['set', file(STRICTER), '--dry-run'], () => Promise.reject(new Error('asked')))).toBe(0)
    expect(out.at(-1)).toBe('dry run, nothing was set')
    expect((await current()).version).toBe(0)
  })

  it('on a terminal asks first, unless --yes says so', async () => {
    const asked: string[] = []
    const answer = (yes: boolean) => async (question: string) => (asked.push(question), yes)
    expect(await run(['set', file(STRICTER)], answer(false))).toBe(0)
    expect(out.at(-1)).toBe('nothing was set')
    expect((await current()).version).toBe(0)
    await run(['set', file(STRICTER)], answer(true))
    expect((await current()).version).toBe(1)
    await run(['set', file(STANDARD), '--yes'], answer(false))
    expect((await current()).version).toBe(2)
    expect(asked).toEqual(['Set it? [y/N] ', 'Set it? [y/N] '])
  })

  it('is refused when another was set while somebody thought about it', async () => {
    const meanwhile = async () => {
      await policyStore(database.prisma).set(
        DEFAULT_POLICY,
        '',
        { authorId: null, channel: 'cli', at: NOW },
        0,
      )
      return true
    }
    expect(await run(['set', file(STRICTER)], meanwhile)).toBe(1)
    expect(err).toEqual(['nothing was set: meanwhile somebody set version 1; look at it and try again'])
  })

  it('tells every mistake with its place and sets nothing', async () => {
    const name = file('name: X\nfallbak: ADMIN\nrules:\n  - { rule: A, then: grnt }\n')
    expect(await run(['set', name])).toBe(1)
    expect(err).toContain(`${name}:2:1 "fallbak" is not known here; did you mean "fallback"?`)
    expect(err.some((line) => line.startsWith(`${name}:4:22 rule 1, then: "grnt" is no outcome`))).toBe(true)
    expect(err.at(-1)).toBe(`5 mistakes in ${name}: it cannot be set`)
    expect((await current()).version).toBe(0)
  })

  it('warns of roles that nobody has, and sets it all the same', async () => {
    await database.prisma.user.update({ where: { id: 'fay' }, data: { active: false } })
    expect(await run(['set', file(STRICTER)])).toBe(0)
    expect(out.find((line) => line.startsWith('warning: '))).toBe(
      'warning: empty role: nobody active is FINANCE, who is named in rule "Finance looks at overdue debt", rule "Finance looks at long deferral"',
    )
  })
})

describe('policy check and history', () => {
  it('check a file without setting it', async () => {
    const name = file(STRICTER)
    expect(await run(['check', name])).toBe(0)
    expect(out).toEqual([`${name} is sound: "Standard", 11 rules`])
    expect(await run(['check', file('x')])).toBe(1)
    expect((await current()).version).toBe(0)
  })

  it('list who set what and when', async () => {
    await run(['set', file(STRICTER)])
    await run(['history'])
    expect(out).toEqual(['1  2026-11-23T11:30:00.000Z  operator  cli  Standard', '0  comes with the product'])
  })
})

describe('a wrong command', () => {
  it.each([
    [['sett'], 'got "sett", expected show, set, check or history'],
    [['set'], 'expected the name of a file'],
    [['set', '/no/such.yaml'], '/no/such.yaml cannot be read (ENOENT)'],
    [['set', 'a.yaml', 'b.yaml'], '"b.yaml" is too much'],
    [['show', 'x'], '"x" is too much'],
    [['show', '--dry-run'], '--dry-run has no meaning here'],
    [['show', '--version', 'x'], 'expected a number such as 3'],
    [['show', '--fast'], "Unknown option '--fast'"],
    [['constructor'], 'got "constructor"'],
  ])('%j is answered in one line', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message)
  })

  it('without a verb gets the help', async () => {
    expect(await run([])).toBe(2)
    expect(await run(['--help'])).toBe(0)
    expect(out.join('\n')).toContain('policy set <file.yaml> [--dry-run] [--yes]')
  })
})

it('the policy in docs/policy.md is the one that comes with the product', () => {
  const docs = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8')
  expect(docs).toContain(`\`\`\`yaml\n${STANDARD}\`\`\``)
})
