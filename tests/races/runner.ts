import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Database } from '../../src/db/client.ts'
import { type Click, type Heard, hearing } from './click.ts'

/** Lets all clicks of a round go at one moment; what was heard comes back in their order. */
export type Runner = Readonly<{
  run(clicks: readonly Click[]): Promise<readonly Heard[]>
  stop(): Promise<void>
}>

/** What one process is told to do: all of it counts from `startAt`, on the clock that both share. */
export type Order = Readonly<{ number: number; startAt: number; clicks: readonly Click[] }>
export type Done = Readonly<{ number: number; heard: readonly Heard[] }>

/** Until both have read their order. */
const LEAD_MS = 4

/** Everything in this process, whatever is meant for the first one before the rest: on PGlite they stand in line. */
export function oneProcess(database: Database): Runner {
  const hear = hearing(database)
  return {
    async run(clicks) {
      const heard = new Map<Click, Promise<Heard>>()
      for (const click of clicks.toSorted((a, b) => a.process - b.process)) heard.set(click, hear(click))
      return Promise.all(clicks.map((click) => heard.get(click) ?? hear(click)))
    },
    stop: () => Promise.resolve(),
  }
}

/** Two processes, each with connections of its own to the database. */
export async function twoProcesses(url: string): Promise<Runner> {
  const workers = await Promise.all([startWorker(url), startWorker(url)])
  return {
    async run(clicks) {
      const startAt = Date.now() + LEAD_MS
      const heard: Heard[] = []
      await Promise.all(
        workers.map(async (worker, index) => {
          const mine = clicks.flatMap((click, at) => (click.process === index ? [at] : []))
          const answers = await worker.order(
            startAt,
            clicks.filter(({ process }) => process === index),
          )
          for (const [turn, at] of mine.entries()) {
            const answer = answers[turn]
            if (answer) heard[at] = answer
          }
        }),
      )
      return heard
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

async function startWorker(url: string) {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [url], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
  })
  const waiting = new Map<number, PromiseWithResolvers<readonly Heard[]>>()
  const ready = Promise.withResolvers<void>()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const died = (code: number | null) => new Error(`a worker ended with ${code}`)
  child.once('exit', (code) => {
    ready.reject(died(code))
    for (const { reject } of waiting.values()) reject(died(code))
  })
  child.on('message', (message: 'ready' | Done) => {
    if (message === 'ready') return ready.resolve()
    waiting.get(message.number)?.resolve(message.heard)
    waiting.delete(message.number)
    return undefined
  })
  await ready.promise
  let count = 0
  return {
    order(startAt: number, clicks: readonly Click[]): Promise<readonly Heard[]> {
      const number = (count += 1)
      const done = Promise.withResolvers<readonly Heard[]>()
      waiting.set(number, done)
      child.send({ number, startAt, clicks } satisfies Order)
      return done.promise
    },
    async stop() {
      child.disconnect()
      await ended
    },
  }
}
