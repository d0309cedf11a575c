import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportCommand } from '../../src/cli/export.ts'
import { loadConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { EXPORT_KINDS } from '../../src/db/imports/export-rows.ts'
import { figure, isLong, rounds } from '../support/figures.ts'
import { startProgram, temporaryFolder } from '../support/program.ts'
import { CANARY, ECHO, leaksIn, SLACK_ECHO, TELEGRAM_ECHO } from './secrets/canaries.ts'
import { RUNNING } from './secrets/running.ts'
import { prepareFolder, settingsOf, startPlatforms, startStage } from './secrets/stage.ts'
import { earlyStarts, REFUSED, type Start, WRONG_SETTINGS } from './secrets/starts.ts'

let prepared: ReturnType<typeof temporaryFolder>

beforeAll(async () => {
  prepared = await prepareFolder()
})

afterAll(() => prepared.remove())

/** Each table of each schema, the queue's too, as one text. */
async function everythingIn({ prisma }: Database): Promise<string> {
  const tables = await prisma.$queryRaw<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
  expect(tables.map(({ schema }) => schema)).toContain('pgboss')
  const texts: string[] = []
  for (const { schema, name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(
      `select t::text as text from "${schema}"."${name}" t`,
    )
    texts.push(...rows.map(({ text }) => `${name} ${text}`))
  }
  return texts.join('\n')
}

async function exportsOf(database: Database): Promise<string> {
  const folder = temporaryFolder()
  const io = {
    database,
    out: () => undefined,
    err: () => undefined,
    progress: null,
    now: () => new Date(),
    defaults: { currency: 'EUR', timeZone: 'UTC' },
  }
  const texts: string[] = []
  for (const kind of EXPORT_KINDS) {
    const file = join(folder.path, `${kind}.csv`)
    expect(await exportCommand([kind, file], io)).toBe(0)
    texts.push(readFileSync(file, 'utf8'))
  }
  folder.remove()
  return texts.join('\n')
}

describe('a search for secrets', () => {
  it('finds them whole, in part and in every spelling, and nothing else', () => {
    expect(leaksIn('here', ECHO).map((leak) => leak.split(' in …')[0])).toEqual(
      Object.keys(CANARY).map((name) => `here: ${name}`),
    )
    const basic = Buffer.from(`user:${CANARY.slackSigning}`).toString('base64')
    expect(leaksIn('here', `Basic ${basic}`)).toHaveLength(1)
    expect(leaksIn('here', `…${CANARY.telegram.slice(-14, -3)}…`)).toHaveLength(1)
    expect(leaksIn('here', 'xoxb-*** and bot7000000001:***, 7100000001-7200000002')).toEqual([])
  })
})

const LEVELS = isLong ? ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] : ['trace']

describe.each(LEVELS)('H-06 C-08 the running program at the level %s', (level) => {
  it(`lets no secret out, whatever goes wrong (${RUNNING.length} ways)`, async () => {
    const stage = await startStage(prepared.path, { LOG_LEVEL: level, DEBUG: '*' }, ({ slack, telegram }) => {
      telegram.failNext('sendMessage', {
        status: 400,
        body: { ok: false, error_code: 400, description: TELEGRAM_ECHO },
      })
      slack.failNext('chat.postMessage', { error: SLACK_ECHO })
    })
    try {
      const { slack, telegram, program, address } = stage
      await stage.until(() => telegram.calls.some(({ method }) => method === 'sendMessage'))
      for (const { name, run } of RUNNING) {
        await run(stage).catch((error: unknown) => {
          throw new Error(`${name}\n${program.written().slice(-3_000)}`, { cause: error })
        })
      }

      // It is well after all that, and everything it had to say has been said.
      const { slack: user } = stage.anybody()
      await slack.command({ command: '/account', text: 'acme', user, channel: 'C0' })
      await stage.until(async () => (await fetch(`${address}/readyz`)).status === 200)
      const pages = await Promise.all(
        ['/metrics', '/readyz', '/healthz', '/'].map(async (path) =>
          (await fetch(`${address}${path}`)).text(),
        ),
      )
      const shown = JSON.stringify([
        slack.answers,
        slack.views,
        telegram.calls.map(({ params }) => ({ ...params, secret_token: '' })),
      ])
      program.child.kill('SIGTERM')
      expect(await program.ended).toBe(0)
      const database = await openDatabase({ folder: stage.folder })
      const kept = await everythingIn(database)
      const exported = await exportsOf(database)
      await database.close()

      if (level === 'trace') expect(program.written()).toContain('a message could not be sent')
      expect(kept).toContain('reminder:boris:1')
      expect([
        ...leaksIn('the log', program.written()),
        ...leaksIn('a page', pages.join('\n')),
        ...leaksIn('a chat', shown),
        ...leaksIn('the database', kept),
        ...leaksIn('an export', exported),
      ]).toEqual([])
    } finally {
      await stage.stop()
    }
    figure('H-06', `${RUNNING.length} fault scripts at the level ${level} with DEBUG=*: no secret anywhere`)
  })
})

describe('H-06 C-09 the webhook of the running program', () => {
  it('refuses whoever does not know its secret, and does not tell it', async () => {
    const webhook = {
      TELEGRAM_WEBHOOK_URL: 'http://127.0.0.1:9/telegram/webhook',
      TELEGRAM_WEBHOOK_SECRET: CANARY.webhook,
    }
    const stage = await startStage(prepared.path, { ...webhook, LOG_LEVEL: 'trace' }, () => undefined)
    try {
      const { telegram, program, address } = stage
      const post = async (
        secret: string | null,
        path = '/telegram/webhook',
        body: unknown = { update_id: 1 },
      ) => (await telegram.post(body, { secret, url: `${address}${path}` })).status
      const right = CANARY.webhook
      expect([
        await post('wrong'),
        await post(right.slice(0, -1)),
        await post('undefined'),
        await post(null),
        (await fetch(`${address}/telegram/webhook?secret=${right}`)).status,
        await post(right, '/telegram/other'),
        await post(right, `/telegram/webhook/${right}`),
        await post(right, undefined, 'x'.repeat(2 * 1_048_576)),
        await post(right, undefined, `{"secret":"${right}`),
        await post(right),
      ]).toEqual([403, 403, 403, 401, 405, 404, 404, 413, 400, 200])
      const pages = await Promise.all(
        ['/metrics', '/readyz'].map(async (path) => (await fetch(`${address}${path}`)).text()),
      )
      program.child.kill('SIGTERM')
      expect(await program.ended).toBe(0)
      expect([...leaksIn('the log', program.written()), ...leaksIn('a page', pages.join())]).toEqual([])
    } finally {
      await stage.stop()
    }
  })
})

describe('H-06 a start that fails', () => {
  const outcomeOf = async ({ name, env, says, begun }: Start, base: Readonly<Record<string, string>>) => {
    const platforms = await startPlatforms()
    begun?.(platforms)
    const settings = begun ? settingsOf(platforms) : {}
    const program = startProgram(['serve'], { ...settings, ...base, ...env })
    // One that starts all the same must not be waited for.
    void program.says(/ready on/).then(
      () => program.child.kill('SIGKILL'),
      () => undefined,
    )
    const ended = await program.ended
    await Promise.all([platforms.slack.stop(), platforms.telegram.stop()])
    const written = program.written()
    return { name, ended, said: says.exec(written)?.[0] ?? written, leaks: leaksIn('the terminal', written) }
  }

  const expected = ({ name, code, says }: Start) => ({
    name,
    ended: code,
    said: expect.stringMatching(says) as string,
    leaks: [],
  })

  it('says what is wrong and no secret, before and at the database', async () => {
    const { starts, stop } = await earlyStarts()
    const base = {
      LOG_LEVEL: 'trace',
      DEBUG: '*',
      DATA_DIR: prepared.path,
      SLACK_BOT_TOKEN: CANARY.slackBot,
      SLACK_SIGNING_SECRET: CANARY.slackSigning,
      TELEGRAM_BOT_TOKEN: CANARY.telegram,
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.com/telegram/webhook',
      TELEGRAM_WEBHOOK_SECRET: CANARY.webhook,
    }
    const outcomes = await Promise.all(starts.map((start) => outcomeOf(start, base)))
    expect(outcomes).toEqual(starts.map(expected))
    await stop()
    figure('H-06', `${starts.length + rounds(2, REFUSED.length)} starts that fail: no secret on the terminal`)
  })

  it.each(REFUSED.slice(0, rounds(2, REFUSED.length)).map((start) => [start.name, start] as const))(
    '%s: no secret is said',
    async (_name, start) => {
      expect(await outcomeOf(start, { LOG_LEVEL: 'trace', DEBUG: '*', DATA_DIR: prepared.path })).toEqual(
        expected(start),
      )
    },
  )

  it.each(Object.entries(WRONG_SETTINGS))('a wrong %s is not repeated', (name, value) => {
    const message = () => {
      try {
        loadConfig({ [name]: value })
        return 'it was taken'
      } catch (error) {
        return String(error)
      }
    }
    expect(message()).toContain(`${name}: got`)
    if (!name.endsWith('_URL') && name !== 'TELEGRAM_API_ROOT' && name !== 'LOG_LEVEL')
      expect(leaksIn(name, message())).toEqual([])
  })
})
