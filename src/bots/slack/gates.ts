import { SlackCallError } from './errors.ts'
import { pause } from './pause.ts'

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

export function createGates(now: () => Date, stopped: AbortSignal): Gates {
  const closedUntil = new Map<string, number>()
  const closedMs = (gate: string) => Math.max((closedUntil.get(gate) ?? 0) - now().getTime(), 0)
  return {
    closedMs,
    close: (gate, seconds) => void closedUntil.set(gate, now().getTime() + seconds * 1_000),
    async wait(gate, method) {
      const ms = closedMs(gate)
      if (ms > LONGEST_WAIT_MS) throw new SlackCallError(method, 'ratelimited', 'refused')
      await pause(ms, stopped)
      if (ms > 0 && stopped.aborted) throw new SlackCallError(method, 'stopped', 'refused')
      closedUntil.delete(gate)
    },
  }
}
