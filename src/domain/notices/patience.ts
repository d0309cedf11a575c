/** A platform that asks for more than this is asked again sooner. */
const LONGEST_WAIT_MS = 10 * 60_000
/** As far as our own waiting grows, for whoever is refused again and again. */
const LONGEST_GROWTH_MS = 30_000
const FIRST_WAIT_MS = 500

/** What may have arrived is tried once more after this. */
export const DOUBT_MS = 30_000
/** What cannot be put into words is tried as often as this. */
export const MOST_FAILURES = 5
const FIRST_FAILURE_MS = 30_000

/** How long to wait after the platform put us off for the `tries`th time. */
export function waitAfter(afterMs: number, tries: number): number {
  const growing = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 16), LONGEST_GROWTH_MS)
  return Math.min(Math.max(afterMs, growing), LONGEST_WAIT_MS)
}

/** How long to wait after our own mistake. */
export const waitAfterFailure = (failures: number): number =>
  Math.min(FIRST_FAILURE_MS * 2 ** Math.min(failures, 16), LONGEST_WAIT_MS)
