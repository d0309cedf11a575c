import { SWEEP_LIMITS, type SweepLimits } from '../sweeper.ts'

/** How long things may take, in milliseconds. Slack itself gives up after 3,000. */
export type SlackLimits = Readonly<{
  /** How long an acknowledgement waits for the answer; then it goes out without. */
  answerInMs: number
  /** After so long it goes out in any case, also when the update is not kept yet. */
  acknowledgeInMs: number
  /** The same for choices while somebody types. */
  suggestInMs: number
  /** At most one Home tab per person and this time. */
  publishEveryMs: number
  respondInMs: number
  /** How long stopping waits for what is still under way; less than the program waits for us. */
  drainMs: number
  /** Pause before a connection that did not hold is opened again. */
  reconnectMs: number
}> &
  SweepLimits

export const SLACK_LIMITS: SlackLimits = {
  answerInMs: 500,
  acknowledgeInMs: 700,
  suggestInMs: 700,
  publishEveryMs: 1_000,
  respondInMs: 10_000,
  drainMs: 3_500,
  reconnectMs: 5_000,
  ...SWEEP_LIMITS,
}
