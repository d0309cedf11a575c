import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, or ends early when everything stops. */
export async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (ms <= 0 || stopped.aborted) return
  await sleep(ms, undefined, { signal: stopped, ref: false }).catch(() => undefined)
}

/** Time as it passes here, whatever the day is for the assistant; a test brings its own. */
export type Clock = Readonly<{
  now(): number
  /** Ends early when the signal is given. */
  pause(ms: number, stopped: AbortSignal): Promise<void>
}>

export const realClock: Clock = { now: () => performance.now(), pause }
