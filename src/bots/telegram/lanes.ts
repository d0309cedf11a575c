export type Lanes<Item> = Readonly<{
  add(lane: string, item: Item): void
  /** Resolves when fewer than so many wait or run; of a long lane only its beginning counts. */
  below(count: number): Promise<void>
  /** Begins nothing more; resolves when what runs has ended. */
  close(): Promise<void>
}>

/** Beyond this a lane fills up no more: one chat in which hundreds wait must not keep everybody else's with Telegram. */
const COUNTED = 50

/**
 * Work in lanes: one thing at a time in a lane, in the order of arrival, and lanes side by side. `work` must not throw.
 * Nothing is bounded here: what is expensive about the work takes a slot of `Slots`, so that a lane that waits for
 * Telegram holds up no other.
 */
export function createLanes<Item>(work: (item: Item) => Promise<void>): Lanes<Item> {
  const lanes = new Map<string, Item[]>()
  const running = new Set<Promise<void>>()
  const waiting = new Set<() => void>()
  const state = { counted: 0, isClosed: false }

  const wakeAll = (): void => {
    for (const wake of waiting) wake()
    waiting.clear()
  }
  const run = async (lane: string, items: Item[]): Promise<void> => {
    for (let item = items[0]; item !== undefined && !state.isClosed; item = items[0]) {
      await work(item)
      items.shift()
      if (items.length < COUNTED) state.counted -= 1
      wakeAll()
    }
    lanes.delete(lane)
  }
  const begin = (lane: string, items: Item[]): void => {
    lanes.set(lane, items)
    const done: Promise<void> = run(lane, items).finally(() => running.delete(done))
    running.add(done)
  }

  return {
    add(lane, item) {
      if (state.isClosed) return
      const items = lanes.get(lane)
      if ((items?.length ?? 0) < COUNTED) state.counted += 1
      if (items) items.push(item)
      else begin(lane, [item])
    },
    async below(count) {
      while (state.counted >= count && !state.isClosed) await new Promise<void>((wake) => waiting.add(wake))
    },
    async close() {
      state.isClosed = true
      wakeAll()
      await Promise.all(running)
    },
  }
}

export type Slots = <Result>(work: () => Promise<Result>) => Promise<Result>

/** At most so many pieces of work at the same time; the others wait in order. */
export function createSlots(count: number): Slots {
  const queue: (() => void)[] = []
  let free = count
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => queue.push(resolve))
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else free += 1
    }
  }
}
