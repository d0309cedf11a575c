export type InOrder = <Result>(key: string, run: () => Promise<Result>) => Promise<Result>

/** Runs what has the same key one after the other, in order, also after one that failed; different keys do not wait. */
export function createInOrder(): InOrder {
  const last = new Map<string, Promise<unknown>>()
  return async (key, run) => {
    const before = last.get(key) ?? Promise.resolve()
    const mine = before.then(run, run)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
