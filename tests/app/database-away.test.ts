import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp, type App } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { addClients, addTeam, emailOf } from '../support/clients.ts'
import { ask, line, readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { figure } from '../support/figures.ts'
import { noteJournal } from '../support/journal.ts'
import { type SlackStandIn, startSlackStandIn } from '../support/slack/slack-stand-in.ts'

const server = process.env['TEST_DATABASE_URL']

/** Only a real server can be slow or away; on PGlite the database is in the process. */
describe.runIf(server)('a PostgreSQL', () => {
  let way: FaultProxy
  let app: App
  let slack: SlackStandIn
  let beside: Database
  let address = ''

  beforeAll(async () => {
    const database = await emptyDatabase()
    await addTeam(database)
    await addClients(database)
    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
    const url = new URL(server ?? '')
    way = await openFaultProxy(url.hostname, Number(url.port || 5432))
    url.port = String(way.port)
    url.pathname = `/${row?.name}`
    slack = await startSlackStandIn({
      users: [{ id: 'U0ANNA', email: emailOf('anna') }],
      channels: [{ id: 'C1', name: 'sales' }],
    })
    const { botToken, signingSecret } = slack.identity
    const config = loadConfig({
      PORT: '0',
      DATABASE_URL: url.href,
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slack.apiUrl,
    })
    app = await createApp(config, { journal: noteJournal() })
    address = (await app.start()).address
    slack.setTarget(`${address}/slack/events`)
    url.port = new URL(server ?? '').port || '5432'
    beside = await openDatabase({ url: url.href })
  })

  afterAll(async () => {
    await app.stop()
    await Promise.all([slack.stop(), beside.close()])
    await way.close()
  })

  const command = () => slack.command({ command: '/account', text: 'acme', user: 'U0ANNA', channel: 'C1' })

  it('that is slow delays the answer, not the acknowledgement', async () => {
    await command()
    expect(slack.lastAnswer('U0ANNA')?.shown).toContain('Acme Corporation')
    const before = slack.answersTo('U0ANNA').length
    await beside.prisma.$transaction(async (tx) => {
      // Nobody reads accounts until this transaction ends, which is after Slack has had its acknowledgement.
      await tx.$executeRaw`lock table accounts in access exclusive mode`
      const acknowledged = await command()
      expect(acknowledged.status).toBe(200)
      expect(
        slack
          .answersTo('U0ANNA')
          .slice(before)
          .every(({ shown }) => !shown.includes('€')),
      ).toBe(true)
    })
    await vi.waitFor(() => expect(slack.lastAnswer('U0ANNA')?.shown).toContain('€1,500.50'), 20_000)
    expect(slack.hung).toEqual([])
  })

  it('A-01 that takes two seconds for every word delays no acknowledgement, and nothing is lost', async () => {
    await command()
    const before = slack.answersTo('U0ANNA').length
    way.delay(1_000)
    const acknowledged = [await command(), await slack.press({ label: 'Deals', user: 'U0ANNA' })]
    way.delay(0)
    expect(acknowledged.map(({ status }) => status)).toEqual([200, 200])
    const shown = () => slack.answersTo('U0ANNA').slice(before)
    const isSaid = (words: string) => shown().some((one) => one.shown.includes(words))
    const isReplaced = () => shown().some(({ replaces }) => replaces !== null)
    await vi.waitFor(() => expect([isSaid('€1,500.50'), isReplaced()]).toEqual([true, true]), 20_000)
    await vi.waitFor(
      async () =>
        expect(
          await beside.prisma.$queryRaw`select key from inbound_updates where payload is not null`,
        ).toEqual([]),
      20_000,
    )
    expect(slack.hung).toEqual([])
    figure(
      'A-01',
      `a real server two seconds away: ${acknowledged.map(({ ms }) => `${Math.round(ms)} ms`).join(', ')}`,
    )
  })

  it('A-02 that goes away is said at once, to whoever asks meanwhile, and nothing comes of it', async () => {
    const effects = () => beside.prisma.meeting.count()
    const before = await effects()
    const heard = slack.answersTo('U0ANNA').length
    way.shut()
    const asked = await Promise.all([
      command(),
      slack.command({ command: '/meeting', text: 'acme discussed prices', user: 'U0ANNA', channel: 'C1' }),
    ])
    expect(asked.map(({ status }) => status)).toEqual([200, 200])
    await vi.waitFor(
      () =>
        expect(
          slack
            .answersTo('U0ANNA')
            .slice(heard)
            .filter((one) => one.shown.includes('cannot reach my database')),
        ).toHaveLength(2),
      20_000,
    )
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    way.open()
    await vi.waitFor(async () => expect((await fetch(`${address}/readyz`)).status).toBe(200), 20_000)
    expect(await effects()).toBe(before)
    expect(slack.hung).toEqual([])
    figure('A-02', `acknowledged after ${asked.map(({ ms }) => `${Math.round(ms)} ms`).join(' and ')}`)
  })

  it('that goes away is said, and the next question after its return is answered', async () => {
    way.shut()
    expect(readReply(await ask(app.dispatcher, 'anna', line('/account acme')))).toContain(
      'cannot reach my database',
    )
    expect((await fetch(`${address}/readyz`)).status).toBe(503)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    way.open()
    await vi.waitFor(
      async () =>
        expect(readReply(await ask(app.dispatcher, 'anna', line('/account acme')))).toContain('# Acme'),
      20_000,
    )
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  })
})
