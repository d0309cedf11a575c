/** Stands for an answer that did not come in time. */
export const LATE: unique symbol = Symbol('late')

/** The result when it comes in time, else `LATE`. What is late goes on; whoever asked still holds its promise. */
export async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result | typeof LATE> {
  const { promise: late, resolve } = Promise.withResolvers<typeof LATE>()
  const timer = setTimeout(() => resolve(LATE), ms)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
