import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { BOT_TOKEN, SIGNING_SECRET, TELEGRAM_SECRET, TELEGRAM_TOKEN } from './load/orders.ts'
import type { Order, Slice, Sliced, Told } from './load/orders.ts'

const ROOT = join(import.meta.dirname, '..')
const FLAGS = ['--disable-warning=ExperimentalWarning']
const STOP_MS = 12_000

/** A child of ours that has said it is ready. */
export type Child = Readonly<{ pid: number; port: number; stop(): Promise<void>; written(): string }>

export type Place = Readonly<{ url: string } | { folder: string }>
type Launch = Readonly<{
  args: readonly string[]
  env: Readonly<Record<string, string>>
  ready: RegExp
  port: number
}>

const running = new Set<ChildProcess>()
// Whatever ends the bench must not leave servers behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** With nothing of this machine's environment but the path to Node. */
export function launch({ args, env, ready, port }: Launch): Promise<Child> {
  const child = spawn(process.execPath, [...FLAGS, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const { promise, resolve, reject } = Promise.withResolvers<Child>()
  const hear = (chunk: Buffer) => {
    // Only the end is kept: a server under load writes a line for each answer.
    text = (text + chunk.toString()).slice(-20_000)
    if (ready.test(text)) resolve({ pid: child.pid ?? 0, port, stop: () => stop(child), written: () => text })
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('close', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${text}`)))
  return promise
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(late)
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

export const databaseOf = (place: Place, name: string): Readonly<Record<string, string>> =>
  'url' in place ? { DATABASE_URL: `${place.url}?application_name=${name}` } : { DATA_DIR: place.folder }

/** The whole program as an operator starts it, with Slack over HTTP and Telegram's webhook. */
export async function startKamerton(
  place: Place,
  platforms: string,
  flags: readonly string[] = [],
): Promise<Child> {
  const port = await freePort()
  return launch({
    args: [...flags, 'src/main.ts', 'serve'],
    ready: /Kamerton is ready on/,
    port,
    env: {
      ...databaseOf(place, 'kamerton'),
      PORT: String(port),
      CONSOLE: 'off',
      // A few people ask everything here.
      MESSAGES_PER_PERSON: '1000000000',
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `${platforms}/api/`,
      TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN,
      TELEGRAM_API_ROOT: platforms,
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram/webhook`,
      TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
    },
  })
}

export async function startFloor(
  name: 'slack' | 'telegram',
  place: Place,
  platforms: string,
): Promise<Child> {
  const port = await freePort()
  return launch({
    args: [`bench/floor/${name}.ts`],
    ready: /^ready on/m,
    port,
    env: {
      ...databaseOf(place, 'floor'),
      PORT: String(port),
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN,
      TELEGRAM_API_ROOT: platforms,
      TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
    },
  })
}

export type Load = Readonly<{
  /** Where the platforms listen. */
  address: string
  run(slice: Slice): Promise<Sliced>
  reminders(order: 'count' | 'forget'): Promise<Readonly<Record<string, number>>>
  end(): void
}>

export async function startLoad(): Promise<Load> {
  const child = fork(new URL('load/main.ts', import.meta.url), { execArgv: FLAGS })
  const waiting = new Map<number, (told: Told) => void>()
  child.on('message', (told: Told) => {
    waiting.get(told.id)?.(told)
    waiting.delete(told.id)
  })
  child.once('exit', () => {
    for (const [id, tell] of waiting) tell({ id, error: 'the load has ended' })
  })
  let last = 0
  const told = (id: number) => new Promise<Told>((resolve) => waiting.set(id, resolve))
  const order = async (what: DistributiveOmit<Order, 'id'>): Promise<Told> => {
    const id = (last += 1)
    child.send({ id, ...what } satisfies Order)
    const answer = await told(id)
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer
  }
  const { reminders = {} } = await told(0)
  return {
    address: Object.keys(reminders)[0] ?? '',
    run: async (slice) => (await order({ slice })).sliced ?? { latencies: [], seconds: 0, wrong: [] },
    reminders: async (what) => (await order({ reminders: what })).reminders ?? {},
    end: () => child.disconnect(),
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
