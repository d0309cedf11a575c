import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLong, rounds } from '../support/figures.ts'
import { startSlackStandIn } from '../support/slack/slack-stand-in.ts'
import { startTelegramStandIn } from '../support/telegram/telegram-stand-in.ts'
import { type Program, startProgram, temporaryFolder } from '../support/program.ts'

const folder = temporaryFolder()
const DEMO = { DATA_DIR: folder.path, PORT: '0', LOG_LEVEL: 'warn' }

let program: Program
let address = ''
const started: Program[] = []
const start = (args: readonly string[], env: Record<string, string>) => {
  const one = startProgram(args, env)
  started.push(one)
  return one
}

beforeAll(async () => {
  program = start(['serve'], DEMO)
  address = (await program.says(/open (http:\/\/\S+)/))[1] ?? ''
})

afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  folder.remove()
})

const get = async (path: string) => {
  const response = await fetch(`${address}${path}`)
  return { status: response.status, text: await response.text() }
}

describe('the program with nothing set', () => {
  it('prints where the console is, and is alive and ready', async () => {
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' })
    expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' })
    expect((await get('/')).text).toContain('<html')
  })

  it('counts what it answers', async () => {
    const people = (await (await fetch(`${address}/api/start`)).json()) as { personas: { id: string }[] }
    const [first] = people.personas
    const act = { key: crypto.randomUUID(), act: { kind: 'line', text: '/account' } }
    const headers = { 'content-type': 'application/json', origin: address }
    await fetch(`${address}/api/people/${first?.id}/acts`, {
      method: 'POST',
      headers,
      body: JSON.stringify(act),
    })
    const { text } = await get('/metrics')
    expect(text).toContain('kamerton_updates_total{channel="console",outcome="view"} 1')
    expect(text).toContain('process_resident_memory_bytes')
  })

  it('keeps a second process out of its folder with one clear line, and goes on', async () => {
    const second = start(['serve'], DEMO)
    expect(await second.ended).toBe(1)
    expect(second.written().trim()).toBe(
      `${folder.path} is in use by another Kamerton process: stop that one first, or set DATA_DIR to another folder`,
    )
    const cli = start(['user', 'list'], DEMO)
    expect(await cli.ended).toBe(1)
    expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' })
  })

  it('stops on SIGTERM, and another takes the folder over', async () => {
    program.child.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    const list = start(['user', 'list'], DEMO)
    expect(await list.ended).toBe(0)
    expect(list.written()).toContain('anna.orlova@example.com')
  })
})

describe('a start that cannot be', () => {
  it('tells every wrong setting at once and nothing else', async () => {
    const wrong = start(['serve'], {
      ...DEMO,
      PORT: 'x',
      DEFAULT_CURRENCY: 'XX',
      SLACK_BOT_TOKEN: 'canary-secret',
    })
    expect(await wrong.ended).toBe(2)
    const lines = wrong.written().trim().split('\n')
    expect(lines).toHaveLength(3)
    expect(wrong.written()).not.toContain('canary')
  })

  it('names a database that does not answer, without its password', async () => {
    const away = start(['serve'], {
      ...DEMO,
      DATABASE_URL: 'postgres://someone:canarypassword@127.0.0.1:1/nothing',
    })
    expect(await away.ended).toBe(1)
    expect(away.written().trim()).toMatch(/^the database at 127\.0\.0\.1:1 does not answer.*$/)
  })

  it('C-07 A-16 ends with one line when a platform does not know the token, and does not show it', async () => {
    const telegram = await startTelegramStandIn({ token: '1:right' })
    const slack = await startSlackStandIn()
    const own = [temporaryFolder(), temporaryFolder()]
    const [first, second] = own.map(({ path }) => ({ DATA_DIR: path, PORT: '0', LOG_LEVEL: 'info' }))
    const tries = [
      { ...first, TELEGRAM_BOT_TOKEN: '123456:canary-telegram-token', TELEGRAM_API_ROOT: telegram.apiRoot },
      {
        ...second,
        SLACK_BOT_TOKEN: slack.identity.botToken,
        SLACK_APP_TOKEN: 'xapp-canary-token',
        SLACK_API_URL: slack.apiUrl,
      },
    ].slice(0, rounds(1, 2))
    const wrong = tries.map((env) => start(['serve'], env as Record<string, string>))
    try {
      expect(await Promise.all(wrong.map(({ ended }) => ended))).toEqual(tries.map(() => 1))
      const written = wrong.map((one) => one.written())
      expect(written[0]).toContain('TELEGRAM_BOT_TOKEN: Telegram does not know this token')
      if (isLong) expect(written[1]).toContain('Slack refuses SLACK_APP_TOKEN: invalid_auth')
      expect(written.join()).not.toContain('canary')
    } finally {
      for (const one of own) one.remove()
      await Promise.all([telegram.stop(), slack.stop()])
    }
  })

  it('refuses the console to the network', async () => {
    const open = start(['serve'], { ...DEMO, CONSOLE: 'demo', HOST: '0.0.0.0' })
    expect(await open.ended).toBe(2)
    expect(open.written()).toContain('the console has no log-in')
  })
})

describe('the command line', () => {
  it('knows its commands, and says so about others', async () => {
    const help = start(['help'], DEMO)
    expect(await help.ended).toBe(0)
    expect(help.written()).toContain('import <kind>')
    const other = start(['frobnicate'], DEMO)
    expect(await other.ended).toBe(2)
  })
})
