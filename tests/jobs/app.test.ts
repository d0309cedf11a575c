import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type App, createApp, type Overrides } from '../../src/app.ts'
import type { Push } from '../../src/bots/ports.ts'
import { loadConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { noteJournal } from '../support/journal.ts'
import { link, plan, reminder, stateOf, testWords } from './stage.ts'

let database: Database
let running: App[] = []
let journal: ReturnType<typeof noteJournal>
const sent: string[] = []

beforeEach(async () => {
  database = await emptyDatabase()
  journal = noteJournal()
  sent.length = 0
  await addTeam(database)
  await link(database, 'anna', { platform: 'SLACK' })
})

afterEach(async () => {
  await Promise.all(running.map((app) => app.stop()))
  running = []
})

const push: Push = async (_to, _reader, view, begin) => {
  if (!(await begin())) return { kind: 'unwanted' }
  for (const block of view) if (block.kind === 'text' && 'plain' in block.text) sent.push(block.text.plain)
  return { kind: 'sent', chat: 'c', message: newId() }
}

async function start(overrides: Overrides = {}): Promise<string> {
  const app = await createApp(loadConfig({ PORT: '0', CONSOLE: 'off' }), {
    database: { ...database, close: async () => undefined },
    journal,
    words: testWords().words,
    pushes: new Map([['SLACK', push]]),
    jobs: { tickMs: 20 },
    ...overrides,
  })
  running.push(app)
  return (await app.start()).address
}

describe('the program', () => {
  it('brings out by itself what is due, what becomes due, and what is planned while it runs', async () => {
    await plan(database, reminder('anna', 'overdue', new Date(Date.now() - 60_000)))
    await start()
    await vi.waitFor(() => expect(sent).toEqual(['overdue']), 20_000)
    const due = new Date(Date.now() + 300)
    await plan(database, reminder('anna', 'soon', due))
    await vi.waitFor(async () => expect(await stateOf(database, 'soon')).toBe('SENT'), 20_000)
    expect(sent).toEqual(['overdue', 'soon'])
    const row = await database.prisma.notice.findUniqueOrThrow({ where: { key: 'soon' } })
    expect(row.sentAt && row.sentAt >= due).toBe(true)
  })

  it('F-01 goes on where it stopped, and repeats nothing', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `r${index}`)
    await database.prisma.user.createMany({
      data: keys.map((id) => ({ id, name: id, email: `${id}@example.com`, role: 'KAM' as const })),
    })
    for (const id of keys) await link(database, id, { platform: 'SLACK' })
    await plan(database, ...keys.map((key) => reminder(key, key, new Date(Date.now() - 1_000))))
    let asked = 0
    const slow: Push = async (...args) => {
      asked += 1
      if (asked === 5) void running[0]?.stop()
      return push(...args)
    }
    await start({ pushes: new Map([['SLACK', slow]]) })
    await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(5), 20_000)
    await running[0]?.stop()
    await start()
    await vi.waitFor(() => expect(sent).toHaveLength(keys.length), 20_000)
    expect(sent.toSorted()).toEqual(keys.toSorted())
    const open = () => database.prisma.notice.count({ where: { state: { not: 'SENT' }, kind: 'reminder' } })
    await vi.waitFor(async () => expect(await open()).toBe(0), 20_000)
  })

  it('F-13 says in /readyz that it looks, and counts in /metrics what it sent', async () => {
    await plan(database, reminder('anna', 'r1', new Date(Date.now() - 1_000)))
    const address = await start()
    await vi.waitFor(() => expect(sent).toEqual(['r1']), 20_000)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    await vi.waitFor(async () => {
      const text = await (await fetch(`${address}/metrics`)).text()
      expect(text).toContain('kamerton_notices_total{kind="reminder",platform="slack",outcome="sent"} 1')
      expect(text).toMatch(/kamerton_notice_late_seconds_count\{platform="slack"\} 1/)
      expect(text).toMatch(/^kamerton_notices_due \d+$/m)
      expect(text).toContain('kamerton_well{part="queue"} 1')
    }, 20_000)
  })

  it('F-11 sends nothing early on a machine whose clock is an hour ahead, and raises the alarm', async () => {
    await plan(database, reminder('anna', 'early', new Date(Date.now() + 1_800_000)))
    await plan(database, reminder('anna', 'due', new Date(Date.now() - 1_000)))
    const address = await start({ system: () => Date.now() + 3_600_000 })
    await vi.waitFor(() => expect(sent).toEqual(['due']), 20_000)
    await running[0]?.deliverDue()
    expect(sent).toEqual(['due'])
    expect(journal.notes.filter(({ text }) => text.startsWith('the clocks of this machine'))).toHaveLength(1)
    expect(await (await fetch(`${address}/metrics`)).text()).toContain('kamerton_well{part="clock"} 0')
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  })

  it('without jobs sends nothing by itself, and everything at a word', async () => {
    await plan(database, reminder('anna', 'r1', new Date(Date.now() - 1_000)))
    await start({ jobs: 'off' })
    await running[0]?.deliverDue()
    expect(sent).toEqual(['r1'])
    expect(await stateOf(database, 'r1')).toBe('SENT')
  })

  it('stops at once and complains of nothing when it has just started', async () => {
    await start()
    await running[0]?.stop()
    expect(journal.notes.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })

  it('reaches a persona at the open console, where nobody is linked', async () => {
    await plan(database, reminder('boris', 'r1', new Date(Date.now() - 1_000)))
    const app = await createApp(loadConfig({ PORT: '0', CONSOLE: 'demo' }), {
      database: { ...database, close: async () => undefined },
      journal,
      words: testWords().words,
      jobs: { tickMs: 20 },
    })
    running.push(app)
    await app.start()
    await vi.waitFor(async () => expect(await stateOf(database, 'r1')).toBe('SENT'), 20_000)
    const row = await database.prisma.notice.findUnique({ where: { key: 'r1' } })
    expect(row).toMatchObject({ platform: 'CONSOLE', chat: 'boris' })
  })
})
