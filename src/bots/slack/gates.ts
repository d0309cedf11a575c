import { SlackCallError } from './errors.ts'
import type { Clock } from './pause.ts'

/** An answer that would come later than this is given up here and tried another way. */
const LONGEST_WAIT_MS = 60_000

/** Where Slack said "not now", nothing is sent until the time it named. */
export type Gates = Readonly<{
  close(gate: string, seconds: number): void
  /** How long it stays closed; zero when it is open. */
  closedMs(gate: string): number
  /** Rejects when the wait would be too long to be worth it. */
  wait(gate: string, method: string): Promise<void>
}>

export function createGates({ now, pause }: Clock, stopped: AbortSignal): Gates {
  const closedUntil = new Map<string, number>()
  const closedMs = (gate: string) => Math.max((closedUntil.get(gate) ?? 0) - now(), 0)
  return {
    closedMs,
    close(gate, seconds) {
      for (const [known, until] of closedUntil) if (until <= now()) closedUntil.delete(known)
      closedUntil.set(gate, Math.max(closedUntil.get(gate) ?? 0, now() + seconds * 1_000))
    },
    async wait(gate, method) {
      // It may be closed for longer while somebody waits.
      for (let ms = closedMs(gate); ms > 0; ms = closedMs(gate)) {
        if (ms > LONGEST_WAIT_MS) throw new SlackCallError(method, 'ratelimited', 'refused')
        await pause(ms, stopped)
        if (stopped.aborted) throw new SlackCallError(method, 'stopped', 'refused')
      }
    },
  }
}
