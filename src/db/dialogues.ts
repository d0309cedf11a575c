import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { DialogueState, DialogueStore } from '../commands/kit/dialogue.ts'
import { orUnavailable } from './unavailable.ts'

export function dialogueStore(prisma: PrismaClient): DialogueStore {
  return {
    async find({ platform, chat }, now) {
      const row = await orUnavailable(
        prisma.dialogue.findFirst({ where: { platform, chat, expiresAt: { gt: now } } }),
      )
      return row && { state: row.state as unknown as DialogueState, lastKey: row.lastKey }
    },
    async save({ platform, chat }, state, lastKey, expiresAt) {
      const data = { state: state as unknown as Prisma.InputJsonValue, lastKey, expiresAt }
      await orUnavailable(
        prisma.dialogue.upsert({
          where: { platform_chat: { platform, chat } },
          create: { platform, chat, ...data },
          update: data,
        }),
      )
    },
    async remove({ platform, chat }) {
      await orUnavailable(prisma.dialogue.deleteMany({ where: { platform, chat } }))
    },
  }
}
