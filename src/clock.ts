import type { Journal } from './commands/kit/invocation.ts'

/**
 * The time that promises and approvals go by: that of this machine, unless it is not the database’s, which all processes
 * share. Then the database is believed, so that a machine whose clock is wrong sends nothing early.
 */
export type Clock = Readonly<{
  now(): Date
  /** Asks the database, again and again; an answer that was long on its way says as little as that. Throws as `ask` does. */
  compare(ask: () => Promise<Date>): Promise<void>
  /** What is wrong, or null. */
  health(): string | null
}>

type Parts = Readonly<{
  /** The clock of the machine, which may be set. */
  system?: () => number
  /** One that nobody sets; in milliseconds from anywhere. */
  steady?: () => number
  journal: Pick<Journal, 'warn'>
}>

/** Beyond it the machine’s clock is not believed. */
const BELIEVED_MS = 1_000
const TOLD_MS = 10_000
const ALARM_MS = 30_000
const TELL_EVERY_MS = 10 * 60_000

export function createClock({ system = Date.now, steady = () => performance.now(), journal }: Parts): Clock {
  let said: Readonly<{ time: number; askedAt: number; heardAt: number }> | null = null
  let toldAt = -Infinity

  /** At least so late it is by the database, counted on from what it said last: a clock that is set is found out at once. */
  const least = (): number => (said ? said.time + steady() - said.heardAt : system())
  /** By how much the machine’s clock is ahead for certain; negative when it is behind. */
  const apart = (): number => {
    if (!said) return 0
    const [earliest, time] = [least(), system()]
    const latest = earliest + said.heardAt - said.askedAt
    return time > latest ? time - latest : Math.min(time - earliest, 0)
  }
  const isVaguer = (tookMs: number): boolean =>
    said !== null && tookMs > BELIEVED_MS && tookMs > said.heardAt - said.askedAt
  /** Whether what was said before can be true no more; until then it says more than an answer that was longer on its way. */
  const contradicts = (time: number, tookMs: number): boolean =>
    said !== null && (least() > time + tookMs || least() + said.heardAt - said.askedAt < time)
  const tell = (): void => {
    const apartMs = Math.round(apart())
    if (Math.abs(apartMs) < TOLD_MS || steady() - toldAt < TELL_EVERY_MS) return
    toldAt = steady()
    journal.warn({ apartMs }, 'the clocks of this machine and of the database differ')
  }
  return {
    now: () => new Date(Math.abs(apart()) > BELIEVED_MS ? least() : system()),
    async compare(ask) {
      const askedAt = steady()
      const time = (await ask()).getTime()
      const heardAt = steady()
      if (!isVaguer(heardAt - askedAt) || contradicts(time, heardAt - askedAt))
        said = { time, askedAt, heardAt }
      tell()
    },
    health() {
      const ms = Math.abs(apart())
      return ms < ALARM_MS ? null : `is ${Math.round(ms / 1_000)} s from that of the database`
    },
  }
}
