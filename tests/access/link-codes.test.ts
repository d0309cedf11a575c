import { randomInt } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { ALL_CHATS, newCode, TRIES_OF_ALL, WINDOW_MINUTES } from '../../src/domain/identity/linking.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { ask, createCore, line, readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../support/telegram/telegram-stand-in.ts'
import { openTelegram } from './telegram.ts'

let database: Database
let core: ReturnType<typeof createCore>

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  core = createCore(database)
})

/** Real codes, unlike those of the core that a test can name. */
async function liveCodes(people: readonly string[]): Promise<readonly string[]> {
  const codes: string[] = []
  for (const person of people)
    codes.push(
      /Your code: (\S+)/.exec(readReply(await ask(core.dispatcher, person, line('/link'))))?.[1] ?? '',
    )
  return codes
}

const writes = async (text: string, from: string) =>
  readReply(
    await ask(core.dispatcher, '', line(text), {
      identity: { platform: 'TELEGRAM', workspace: '', externalId: from },
      channel: 'telegram',
      chat: from,
    }),
  )

const wrongBefore = (failures: number) =>
  database.prisma.linkAttempt.create({
    data: {
      platform: 'TELEGRAM',
      externalId: ALL_CHATS,
      failures,
      lockedUntil: new Date(NOW.getTime() + WINDOW_MINUTES * 60_000),
    },
  })

const linked = () => database.prisma.identity.count({ where: { platform: 'TELEGRAM' } })
const refusals = () => database.prisma.auditEntry.count({ where: { action: 'link.refuse' } })

describe('H-08 codes that are guessed', () => {
  it('by many accounts let nobody in: five tries of one, and so many of all together', {
    timeout: rounds(60_000, 1_800_000),
  }, async () => {
    const people = ['anna', 'ada', 'vera', 'max', 'dana']
    const real = await liveCodes(people)
    // In the short form most of the window is used up already.
    const before = rounds(TRIES_OF_ALL - 30, 0)
    await wrongBefore(before)
    const tries = rounds(60, 10_000)
    const perWindow = TRIES_OF_ALL * 2
    let busy = 0
    let locked = 0
    for (let made = 0; made < tries; made += 1) {
      if (made > 0 && made % perWindow === 0)
        core.clock.now = new Date(core.clock.now.getTime() + WINDOW_MINUTES * 60_000)
      // Six tries of each account: the last of them meets its own lock, or the limit of all.
      const heard = await writes(
        `/start ${newCode((limit) => randomInt(limit))}`,
        `${9_000_000 + Math.floor(made / 6)}`,
      )
      if (heard.includes('too many wrong codes just now')) busy += 1
      else if (heard.includes('Too many wrong codes')) locked += 1
      else expect(heard).toContain('not right')
    }
    expect(await linked()).toBe(0)
    expect(locked).toBeGreaterThan(0)
    expect(busy).toBeGreaterThan(0)
    const looked = tries - busy - locked
    expect(looked).toBeLessThanOrEqual(TRIES_OF_ALL * Math.ceil(tries / perWindow) - before)
    expect(await refusals()).toBe(looked)
    expect(real.every((code) => code.length === 10)).toBe(true)
    figure('H-08', `${tries} codes guessed while ${real.length} were open: ${looked} looked at, 0 got in`)
  })

  it('by one account at once, in parallel, are looked at five times', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () => writes(`/start ${newCode((limit) => randomInt(limit))}`, '777')),
    )
    expect(await refusals()).toBe(5)
    expect(await database.prisma.linkAttempt.findMany({ where: { externalId: '777' } })).toMatchObject([
      { failures: 5 },
    ])
  })

  it('hold up whoever has a right one for ten minutes, and then no more', async () => {
    const [code = ''] = await liveCodes(['anna'])
    await wrongBefore(TRIES_OF_ALL)
    expect(await writes(`/link ${code}`, '501')).toContain('in ten minutes')
    core.clock.now = new Date(NOW.getTime() + WINDOW_MINUTES * 60_000)
    const [fresh = ''] = await liveCodes(['anna'])
    expect(await writes(`/link ${fresh}`, '501')).toContain('Hello, Anna Example')
  })

  it('are not counted where somebody only says hello or tries a command', async () => {
    for (let said = 0; said < 7; said += 1) await writes(said % 2 ? '/account Acme' : 'hello', '501')
    const [code = ''] = await liveCodes(['anna'])
    expect(await writes(`/link ${code}`, '501')).toContain('Hello, Anna Example')
  })
})

describe('H-08 a code that was stolen', () => {
  it('lets in one, and whoever it belongs to takes the chat back with the next code', async () => {
    const [code = ''] = await liveCodes(['anna'])
    expect(await writes(`/start ${code}`, '666')).toContain('Hello, Anna Example')
    expect(await writes(`/start ${code}`, '501')).toContain('used already')
    const [next = ''] = await liveCodes(['anna'])
    expect(await writes(`/start ${next}`, '501')).toContain('Hello, Anna Example')
    expect(await writes('/today', '666')).toContain('do not know you yet')
    expect(await linked()).toBe(1)
  })

  it('is one link, whoever else hands it in at the same moment', async () => {
    const [code = ''] = await liveCodes(['anna'])
    const heard = await Promise.all(
      Array.from({ length: 10 }, (_, at) => writes(`/start ${code}`, `${700 + at}`)),
    )
    expect(heard.filter((text) => text.includes('Hello'))).toHaveLength(1)
    expect(await linked()).toBe(1)
  })
})

describe('C-16 what stands behind /start', () => {
  let telegram: TelegramStandIn
  let close: () => Promise<void>

  beforeEach(async () => {
    telegram = await startTelegramStandIn()
    close = await openTelegram(telegram, database, core)
  })
  afterEach(() => close())

  const starts = async (payload: string, id: number) => {
    telegram.say(
      { id, firstName: 'Somebody', languageCode: 'en' },
      payload === '' ? '/start' : `/start ${payload}`,
    )
    return (await telegram.waitForMessage(id)).text
  }

  it.each([
    ['nothing', '', 'do not know you yet'],
    ['one character', 'A', 'not right'],
    ['64 characters', 'A'.repeat(64), 'not right'],
    ['65 characters', 'A'.repeat(65), 'not right'],
    ['letters that no code has', '0O1IL0O1IL', 'not right'],
    ['signs', "'; drop table users; --", 'not right'],
    ['another alphabet', 'АВСЕНКМРТХ', 'not right'],
    ['a guess', 'ABCDEFGH23', 'not right'],
    ['somebody’s id', 'anna', 'not right'],
  ])('%s links nobody', async (_what, payload, heard) => {
    await liveCodes(['anna'])
    expect(await starts(payload, 501)).toContain(heard)
    expect(await linked()).toBe(0)
  })

  it('a code links once, within its ten minutes', async () => {
    const [code = '', other = ''] = await liveCodes(['anna', 'vera'])
    expect(await starts(code, 501)).toContain('Hello, Anna Example')
    expect(await starts(code, 502)).toContain('used already')
    core.clock.now = new Date(NOW.getTime() + 10 * 60_000)
    expect(await starts(other, 503)).toContain('too old')
    expect(await linked()).toBe(1)
  })
})
