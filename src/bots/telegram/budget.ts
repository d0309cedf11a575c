import { remember } from '../remember.ts'

/** `answer`: somebody waits for it. `bulk`: nobody does. */
export type Kind = 'answer' | 'bulk'

/** About one message a second in one chat; to an answer some more at once are borne. */
const CHAT = { everyMs: 1_000, atOnce: { answer: 4, bulk: 1 } } as const
/** Overall, both kinds counted together: what bulk leaves free is there for an answer at any moment. */
const OVERALL = {
  // A little longer than the second that Telegram counts: its clock and ours do not tick together.
  answer: { most: 30, withinMs: 1_050 },
  bulk: { most: 25, withinMs: 1_000 },
} as const
/** Bulk goes out evenly, so that its places come free evenly again. */
export const BULK = { everyMs: 40, atOnce: 5 } as const
const CHATS_REMEMBERED = 10_000
const MARGIN_MS = 50
/** Refusals of two chats so soon after each other concern neither of them but the whole bot. */
const TOGETHER_MS = 5_000

/** What Telegram lets through, counted. Times are those of the clock of whoever asks. */
export type Budget = Readonly<{
  /** From when on one more message of this kind may go to this chat, as things stand. */
  freeAt(kind: Kind, chat: string): number
  spend(kind: Kind, chat: string, now: number): void
  /** What was spent on this chat is there: Telegram counts from then on, and not from when it was sent. */
  arrived(chat: string, now: number): void
  /** Telegram asked to leave this chat alone for so long. */
  close(chat: string, ms: number, now: number): void
}>

type Sent = Readonly<{ chat: string; at: number; isThere: boolean }>

export function createBudget(): Budget {
  /** Until when what went to a chat is paid for, at one message a second. */
  const paidUntil = new Map<string, number>()
  const closedUntil = new Map<string, number>()
  /** In the order of time. */
  const sent: Sent[] = []
  let bulkPaidUntil = 0
  let bulkClosedUntil = 0
  let closedLast: Readonly<{ chat: string; at: number }> | null = null

  const note = (one: Sent): void => {
    sent.push(one)
    if (sent.length > OVERALL.answer.most) sent.shift()
  }
  const within = ({ most, withinMs }: (typeof OVERALL)[Kind]): number =>
    (sent.at(-most)?.at ?? -withinMs) + withinMs
  const bulkOnly = (): number =>
    Math.max(within(OVERALL.bulk), bulkPaidUntil - BULK.everyMs * (BULK.atOnce - 1), bulkClosedUntil)

  return {
    freeAt: (kind, chat) =>
      Math.max(
        (paidUntil.get(chat) ?? 0) - CHAT.everyMs * (CHAT.atOnce[kind] - 1),
        closedUntil.get(chat) ?? 0,
        within(OVERALL.answer),
        kind === 'bulk' ? bulkOnly() : 0,
      ),
    spend(kind, chat, now) {
      paidUntil.set(chat, Math.max(paidUntil.get(chat) ?? 0, now) + CHAT.everyMs)
      if (paidUntil.size > CHATS_REMEMBERED) forgetBefore(paidUntil, now)
      closedUntil.delete(chat)
      note({ chat, at: now, isThere: false })
      if (kind === 'bulk') bulkPaidUntil = Math.max(bulkPaidUntil, now) + BULK.everyMs
    },
    arrived(chat, now) {
      const index = sent.findIndex((one) => one.chat === chat && !one.isThere)
      const [before] = index < 0 ? [] : sent.splice(index, 1)
      note({ chat, at: now, isThere: true })
      if (before) paidUntil.set(chat, (paidUntil.get(chat) ?? now) + now - before.at)
    },
    close(chat, ms, now) {
      const until = now + ms + MARGIN_MS
      remember(closedUntil, chat, until, CHATS_REMEMBERED)
      const isWide = closedLast && closedLast.chat !== chat && now - closedLast.at <= TOGETHER_MS
      if (isWide) bulkClosedUntil = Math.max(bulkClosedUntil, until)
      closedLast = { chat, at: now }
    },
  }
}

function forgetBefore(paidUntil: Map<string, number>, now: number): void {
  for (const [chat, until] of paidUntil) if (until < now) paidUntil.delete(chat)
}
