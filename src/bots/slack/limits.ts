/** How long things may take, in milliseconds. Slack itself gives up after 3,000. */
export type SlackLimits = Readonly<{
  /** How long an acknowledgement waits for the answer; then it goes out without. */
  answerInMs: number
  /** The same for choices while somebody types. */
  suggestInMs: number
  /** At most one Home tab per person and this time. */
  publishEveryMs: number
  respondInMs: number
  /** How long stopping waits for what is still under way. */
  drainMs: number
  /** Pause before a connection that did not hold is opened again. */
  reconnectMs: number
}>

export const SLACK_LIMITS: SlackLimits = {
  answerInMs: 1_000,
  suggestInMs: 1_800,
  publishEveryMs: 1_000,
  respondInMs: 10_000,
  drainMs: 5_000,
  reconnectMs: 5_000,
}
