import { fork } from 'node:child_process'
import type { Answered } from './asking.ts'
import type { Reached, Size } from './roster.ts'

export type Started = Readonly<{ workspace: string; env: Readonly<Record<string, string>> }>

/** One message on its way to somebody. `status` 200: taken, 429: told to wait. `at`: milliseconds since 1970. */
export type Call = Readonly<{ reached: Reached; at: number; chat: string; status: number; shown: string }>

export type Written = Readonly<{
  calls: readonly Call[]
  /** What no correct bot may do, and what came too late. */
  problems: readonly string[]
}>

/** `loopP99Ms`: how late the process that measures was itself. */
type Rested = Readonly<{ answers: readonly Answered[]; loopP99Ms: number }>

/** What the process with the platforms does when it is told to. */
export type Remote = Readonly<{
  start(size: Size): Promise<Started>
  connect(address: string): Promise<void>
  ask(): Promise<void>
  rest(): Promise<Rested>
  written(): Promise<Written>
  stop(): Promise<void>
}>

export type Order = Readonly<{ id: number; name: keyof Remote; args: readonly unknown[] }>
export type Answer = Readonly<{ id: number; result?: unknown; error?: string }>

type Waiting = Readonly<{ resolve(result: unknown): void; reject(error: Error): void }>

export function startPlatforms(): Readonly<{ remote: Remote; end(): unknown }> {
  const child = fork(new URL('platforms.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new Map<number, Waiting>()
  let last = 0
  child.on('message', ({ id, result, error }: Answer) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(result)
    else one?.reject(new Error(error))
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the platforms ended'))
  })
  const order =
    <Result>(name: keyof Remote) =>
    (...args: readonly unknown[]) =>
      new Promise<Result>((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve: (result) => resolve(result as Result), reject })
        child.send({ id: last, name, args } satisfies Order)
      })
  const remote: Remote = {
    start: order('start'),
    connect: order('connect'),
    ask: order('ask'),
    rest: order('rest'),
    written: order('written'),
    stop: order('stop'),
  }
  return { remote, end: () => child.connected && child.disconnect() }
}
