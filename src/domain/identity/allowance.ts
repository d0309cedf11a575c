/** So many messages of one person are answered within any such time: more than hands can type, less than harms others. */
export type Allowance = Readonly<{ most: number; withinMs: number }>

/** When the last messages that were answered were said, in whatever order they arrived. */
export type Spent = readonly number[]

export const DEFAULT_MOST = 30
export const WITHIN_MS = 30_000

/**
 * What is spent after one more message, or null when it is one too many. Counted is when messages were said, before and
 * after: those that a platform brings all at once after an outage are as far apart as they were written.
 */
export function spentWith(spent: Spent, saidAt: number, { most, withinMs }: Allowance): Spent | null {
  const near = spent.filter((at) => Math.abs(at - saidAt) < withinMs)
  return near.length >= most ? null : [...spent, saidAt].slice(-most)
}
