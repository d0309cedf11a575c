import { spawnSync } from 'node:child_process'
import { unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { figure, rounds } from '../support/figures.ts'
import { type Program, startProgram, temporaryFolder } from '../support/program.ts'
import { judge } from './rig/judge.ts'
import { CANARIES, openRig, type Rig } from './rig/rig.ts'
import { live } from './rig/story.ts'
import { liveThrough } from './rig/trouble.ts'

let rig: Rig | null = null
const programs: Program[] = []
const folders: ReturnType<typeof temporaryFolder>[] = []
afterEach(async () => {
  await rig?.close()
  rig = null
  for (const { child } of programs) child.kill('SIGKILL')
  await Promise.all(programs.splice(0).map(({ ended }) => ended))
  for (const folder of folders.splice(0)) folder.remove()
})

describe('a small machine', () => {
  it('G-11 with little memory and few open files loses nothing', async () => {
    rig = await openRig({ pairs: 20, products: 100 })
    const numbers = Array.from({ length: rounds(4, 40) }, (_, at) => at)
    const { stories, problems } = await liveThrough(
      rig,
      numbers,
      async () => {
        // An embedded database keeps hundreds of files open by itself.
        const isEmbedded = rig?.store.kind === 'pglite'
        const pid = String(rig?.server()?.pid)
        const limited = isEmbedded ? { status: 1 } : spawnSync('prlimit', ['--pid', pid, '--nofile=256:256'])
        figure(
          'G-11',
          `a heap of 128 MB${limited.status === 0 ? ' and 256 open files' : ''}: ${numbers.length} stories end well`,
        )
      },
      { NODE_OPTIONS: '--max-old-space-size=128' },
    )
    expect(stories).toHaveLength(numbers.length)
    expect(problems).toEqual([])
  })
})

describe.skipIf(process.env['TEST_DATABASE_URL'])('a full disk under an embedded database', () => {
  it('G-05 ends the process with the reason, refuses a start, and loses nothing once there is room', async () => {
    rig = await openRig({ pairs: 3, products: 20 })
    const folder = temporaryFolder()
    folders.push(folder)
    const flag = join(folder.path, 'full')
    const env = {
      NODE_OPTIONS: `--import ${pathToFileURL('tests/support/full-disk.ts').href}`,
      FULL_DISK: flag,
    }
    const first = await rig.start(env)
    const before = await live(rig, 0)
    writeFileSync(flag, '')
    const lost = live(rig, 1)
    lost.catch(() => undefined)
    rig.calm.since = null
    expect(await first.ended).toBe(1)
    expect(first.written()).toContain('No space left on device')
    await expect(rig.start(env)).rejects.toThrow('free some space on its disk and start again')
    unlinkSync(flag)
    const second = await rig.start(env)
    rig.calm.since = Date.now()
    const stories = [before, await lost, await live(rig, 2)]
    await second.stop()
    figure('G-05', 'the process ends and says why; no start without room; three stories end well')
    // What stopped it is the one exception that was meant.
    const problems = await judge(rig, stories)
    expect(problems.filter((problem) => !problem.includes('DatabaseStopped'))).toEqual([])
  })
})

/** What it writes until it ends, or until it says this. */
async function startedWith(env: Record<string, string>, ...until: readonly RegExp[]): Promise<string> {
  const folder = temporaryFolder()
  folders.push(folder)
  const program = startProgram(['serve'], {
    DATA_DIR: folder.path,
    PORT: '0',
    CONSOLE: 'off',
    LOG_LEVEL: 'debug',
    ...env,
  })
  programs.push(program)
  if (until.length === 0) await program.ended
  for (const words of until) await program.says(words)
  return program.written()
}

/** A port on which somebody answers who is not who was meant. */
async function wrongServer(status: number): Promise<Readonly<{ port: number; close(): void }>> {
  const server = createServer((_request, response) => response.writeHead(status).end('<html>no</html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

describe('G-13 a way that leads elsewhere', () => {
  const SLACK = { SLACK_BOT_TOKEN: CANARIES.botToken, SLACK_SIGNING_SECRET: CANARIES.signingSecret }
  const TELEGRAM = { TELEGRAM_BOT_TOKEN: CANARIES.telegramToken }
  const silentAbout = (written: string) =>
    Object.values(CANARIES).filter((secret) => written.includes(secret.replace(/^(xoxb-|\d+:)/, '')))

  it('to no host at all: Slack is named, without its token', async () => {
    const written = await startedWith({ ...SLACK, SLACK_API_URL: 'https://nowhere.invalid/api/' })
    expect(written).toContain('Slack does not answer')
    expect(silentAbout(written)).toEqual([])
  })

  it('to somebody who speaks no TLS: the same', async () => {
    const wrong = await wrongServer(200)
    const written = await startedWith({ ...SLACK, SLACK_API_URL: `https://127.0.0.1:${wrong.port}/api/` })
    wrong.close()
    expect(written).toContain('Slack does not answer')
    expect(silentAbout(written)).toEqual([])
  })

  it.each([407, 502])(
    'to a proxy that answers %i: Telegram is tried again and again, without its token',
    async (status) => {
      const wrong = await wrongServer(status)
      const api = `http://127.0.0.1:${wrong.port}`
      const written = await startedWith(
        { ...TELEGRAM, TELEGRAM_API_ROOT: api },
        /telegram has trouble/,
        /ready on/,
      )
      wrong.close()
      expect(silentAbout(written)).toEqual([])
    },
  )
})
