type Waiting<Item, Result> = Readonly<{
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}>

/**
 * One call for many: what is asked while a call is under way goes into the next one. `work` answers in the order in which
 * it is asked.
 */
export function gathered<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let isBusy = false

  async function drain(): Promise<void> {
    // What is asked within the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const results = await work(batch.map(({ item }) => item))
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isBusy = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isBusy) return
      isBusy = true
      void drain()
    })
}
