import { createInOrder } from '../in-order.ts'

export type ChatLanes = Readonly<{
  /** One thing at a time in a chat, in order; different chats do not wait for each other. */
  run<Result>(chat: string, work: () => Promise<Result>): Promise<Result>
  /** Nothing runs or waits in this chat. */
  isFree(chat: string): boolean
}>

/** `freed` is told when a chat has become free. */
export function createChatLanes(freed: () => void): ChatLanes {
  const inOrder = createInOrder()
  const busy = new Map<string, number>()
  return {
    isFree: (chat) => !busy.has(chat),
    async run(chat, work) {
      busy.set(chat, (busy.get(chat) ?? 0) + 1)
      try {
        return await inOrder(chat, work)
      } finally {
        const left = (busy.get(chat) ?? 1) - 1
        if (left > 0) busy.set(chat, left)
        else {
          busy.delete(chat)
          freed()
        }
      }
    },
  }
}
