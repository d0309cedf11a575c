import { createInOrder, type InOrder } from '../in-order.ts'

/** Where calls go: into one place (a direct message, a channel, a view) one after the other, in order. */
export type Places = Readonly<{
  inOrder: InOrder
  /** Resolves when nothing is under way there and nothing waits for its turn. */
  free(place: string): Promise<void>
}>

export function createPlaces(): Places {
  const inOrder = createInOrder()
  const newest = new Map<string, Promise<unknown>>()
  return {
    async inOrder(place, run) {
      const mine = inOrder(place, run)
      newest.set(place, mine)
      try {
        return await mine
      } finally {
        if (newest.get(place) === mine) newest.delete(place)
      }
    },
    async free(place) {
      while (newest.has(place)) await Promise.allSettled([newest.get(place)])
    },
  }
}
