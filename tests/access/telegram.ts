import { createTelegramBot } from '../../src/bots/telegram/adapter.ts'
import type { Clock } from '../../src/bots/telegram/pace.ts'
import { cards } from '../../src/db/cards.ts'
import type { Database } from '../../src/db/client.ts'
import { buttonTokens, inbox } from '../../src/db/inbox.ts'
import { newId } from '../../src/db/new-id.ts'
import type { createCore } from '../support/core.ts'
import type { TelegramStandIn } from '../support/telegram/telegram-stand-in.ts'

/** Telegram counts messages by the second, which is not what is tried here. */
const hurried: Clock = {
  now: () => performance.now() * 10_000,
  pause: async (_ms, signal) => {
    await new Promise(setImmediate)
    signal.throwIfAborted()
  },
}

/** The adapter over a core; returns what ends it, and the stand-in with it. */
export async function openTelegram(
  telegram: TelegramStandIn,
  { prisma }: Database,
  { dialogues, journal, commands, clock }: ReturnType<typeof createCore>,
): Promise<() => Promise<void>> {
  const bot = createTelegramBot({
    config: { token: telegram.token, apiRoot: telegram.apiRoot },
    dispatcher: dialogues,
    inbox: inbox(prisma),
    tokens: buttonTokens(prisma),
    cards: cards(prisma, newId),
    journal,
    commands,
    now: () => clock.now,
    clock: hurried,
  })
  await bot.start()
  return async () => {
    await bot.stop()
    await telegram.stop()
  }
}
