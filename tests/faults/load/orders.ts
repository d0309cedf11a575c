import { fork } from 'node:child_process'
import type { Spread } from './figures.ts'

/** How many people each platform has. The first of each writes only when a flood is ordered, the second only at the start. */
export const PEOPLE = 300
export const FLOODER = 0
export const FIRST_ASKER = 1

/** `mostMs`: how long the answers to all of it are waited for after the last message. */
export type Load = Readonly<{
  slackPerSecond: number
  telegramPerSecond: number
  seconds: number
  mostMs: number
}>
type Flood = Readonly<{ perSecond: number; seconds: number }>

/** From sending to the acknowledgement, and to Telegram's answer as well, of what this load sent and nobody refused. */
export type Measured = Readonly<{
  slack: Spread
  telegram: Spread
  telegramAnswer: Spread
  /** After the last message, until all were answered. */
  drainedMs: number
  /** How late the measuring process was itself. */
  loopP99: number
}>

/** `told`: answers that say to slow down. */
export type Flooded = Readonly<{ sent: number; answers: number; told: number }>
type Both<One> = Readonly<{ slack: One; telegram: One }>

export type Verdict = Readonly<{
  /** Messages that were acknowledged; whatever else was sent is in `refused`. */
  taken: number
  refused: number
  /** Whose messages have fewer answers, and whose have more. */
  lost: readonly string[]
  extra: readonly string[]
  /** What was to be written down, each once. */
  marks: readonly string[]
  /** How often Telegram asked to wait, but for the flooder's own chat; whoever sends before that is a problem. */
  limited: number
  /** What no correct bot may do. */
  problems: readonly string[]
}>

export type Remote = Readonly<{
  start(): Promise<Readonly<{ workspace: string; env: Readonly<Record<string, string>> }>>
  connect(address: string): Promise<void>
  /** The first questions of a process are slow: they are asked by somebody who is not counted. */
  warm(): Promise<void>
  /** Sends at its pace whatever becomes of it, and resolves when all is answered or the time is over. */
  load(load: Load): Promise<Measured>
  flood(flood: Flood): Promise<void>
  flooded(): Promise<Both<Flooded>>
  /** The flooder writes once more, then presses a button of a card that they were shown; what they see then. */
  pressAsFlooder(): Promise<Both<string>>
  verdict(): Promise<Verdict>
  stop(): Promise<void>
}>

export type Order = Readonly<{ id: number; name: keyof Remote; args: readonly unknown[] }>
export type Told = Readonly<{ id: number; result?: unknown; error?: string }>

type Waiting = Readonly<{ resolve(result: unknown): void; reject(error: Error): void }>

/** The platforms in a process of their own, so that neither side measures itself. */
export function startPlatforms(): Readonly<{ remote: Remote; end(): void }> {
  const child = fork(new URL('platforms.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new Map<number, Waiting>()
  let last = 0
  child.on('message', ({ id, result, error }: Told) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(result)
    else one?.reject(new Error(error))
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the platforms ended'))
  })
  const order =
    <Name extends keyof Remote>(name: Name) =>
    (...args: Parameters<Remote[Name]>) =>
      new Promise<Awaited<ReturnType<Remote[Name]>>>((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve: (result) => resolve(result as never), reject })
        child.send({ id: last, name, args } satisfies Order)
      })
  const remote: Remote = {
    start: order('start'),
    connect: order('connect'),
    warm: order('warm'),
    load: order('load'),
    flood: order('flood'),
    flooded: order('flooded'),
    pressAsFlooder: order('pressAsFlooder'),
    verdict: order('verdict'),
    stop: order('stop'),
  }
  return {
    remote,
    end: () => {
      if (child.connected) child.disconnect()
    },
  }
}
