import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, or ends early when everything stops. */
export async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (ms <= 0 || stopped.aborted) return
  await sleep(ms, undefined, { signal: stopped, ref: false }).catch(() => undefined)
}
