import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'

/** Longer than any platform delivers an update again: Slack's delayed events stop after 24 hours. */
const KEYS_KEPT_DAYS = 7

/** Removes what has served: old update keys, expired codes, buttons and dialogues. Run now and then; order does not matter. */
export async function cleanUp(prisma: PrismaClient, now: Date): Promise<void> {
  const old = new Date(now.getTime() - KEYS_KEPT_DAYS * 86_400_000)
  const expired = { expiresAt: { lt: old } }
  // One with a payload still waits for its worker.
  await prisma.inboundUpdate.deleteMany({
    where: { receivedAt: { lt: old }, payload: { equals: Prisma.AnyNull } },
  })
  await prisma.linkCode.deleteMany({ where: expired })
  await prisma.buttonToken.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.dialogue.deleteMany({ where: { expiresAt: { lt: now } } })
}
