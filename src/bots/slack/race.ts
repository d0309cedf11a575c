import { setTimeout as sleep } from 'node:timers/promises'

/** Stands for an answer that did not come in time. */
export const LATE: unique symbol = Symbol('late')

/** The result when it comes in time. What is late goes on; whoever asked still holds its promise. */
export async function inTime<Result>(result: Promise<Result>, ms: number): Promise<Result | typeof LATE> {
  const stop = new AbortController()
  const isLate = (): typeof LATE => LATE
  const late = sleep(ms, undefined, { signal: stop.signal }).then(isLate, isLate)
  try {
    return await Promise.race([result, late])
  } finally {
    stop.abort()
  }
}

/** Waits, or ends early when everything stops. */
export async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (ms <= 0 || stopped.aborted) return
  await sleep(ms, undefined, { signal: stopped, ref: false }).catch(() => undefined)
}
