import { setTimeout as delay } from 'node:timers/promises'

/** Real time, not the assistant's own clock: it is Telegram that counts. A test brings its own. */
export type Clock = Readonly<{
  now(): number
  /** Rejects when the signal is given. */
  pause(ms: number, signal: AbortSignal): Promise<void>
}>

export const realClock: Clock = {
  now: () => performance.now(),
  pause: async (ms, signal) => {
    if (ms > 0) await delay(ms, undefined, { signal })
    signal.throwIfAborted()
  },
}

/** About one message a second in one chat, some more at once are borne; thirty a second overall. */
const CHAT = { everyMs: 1_000, atOnce: 4 }
const ALL = { everyMs: 1_000 / 30, atOnce: 30 }
const CHATS_REMEMBERED = 10_000
/** Telegram's clock and ours do not tick together. */
const MARGIN_MS = 50

export type Pace = Readonly<{
  /** Waits until this chat may get one more message. */
  turn(chat: string, signal: AbortSignal): Promise<void>
  /** Telegram asked to leave this chat alone for so long. */
  close(chat: string, ms: number): void
}>

/** Counts in reserved slots instead of asking again after each wait, so that nobody is overtaken. */
export function createPace(clock: Clock): Pace {
  const chats = new Map<string, number>()
  const closedUntil = new Map<string, number>()
  let all = 0
  return {
    async turn(chat, signal) {
      const now = clock.now()
      const slot = Math.max(chats.get(chat) ?? 0, now) + CHAT.everyMs
      chats.set(chat, slot)
      if (chats.size > CHATS_REMEMBERED) forgetBefore(chats, now)
      const free = Math.max(slot - CHAT.everyMs * CHAT.atOnce, closedUntil.get(chat) ?? 0)
      await clock.pause(free - now, signal)

      const later = clock.now()
      closedUntil.delete(chat)
      all = Math.max(all, later) + ALL.everyMs
      await clock.pause(all - ALL.everyMs * ALL.atOnce - later, signal)
    },
    close: (chat, ms) => void closedUntil.set(chat, clock.now() + ms + MARGIN_MS),
  }
}

function forgetBefore(slots: Map<string, number>, now: number): void {
  for (const [chat, slot] of slots) if (slot < now) slots.delete(chat)
}
