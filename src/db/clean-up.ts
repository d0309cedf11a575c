import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'

/** Longer than any platform delivers an update again: Slack's delayed events stop after 24 hours. */
const KEYS_KEPT_DAYS = 7
/** Where somebody was is asked about on the day alone. */
const PLACES_KEPT_DAYS = 2
/** So long their keys keep the same message from going out again. */
const NOTICES_KEPT_DAYS = 90

/** A parked one waits for its person. */
const SETTLED = ['SENT', 'UNCLEAR', 'DROPPED'] as const

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000)

/** Removes what has served: old update keys, notices and places, expired codes, buttons, dialogues and drafts. Run now and then; order does not matter. */
export async function cleanUp(prisma: PrismaClient, now: Date): Promise<void> {
  const old = daysBefore(now, KEYS_KEPT_DAYS)
  const expired = { expiresAt: { lt: old } }
  // One with a payload still waits for its worker.
  await prisma.inboundUpdate.deleteMany({
    where: { receivedAt: { lt: old }, payload: { equals: Prisma.AnyNull } },
  })
  await prisma.linkCode.deleteMany({ where: expired })
  await prisma.buttonToken.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.dialogue.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.draft.deleteMany({ where: { expiresAt: { lt: now } } })
  await prisma.lastPlace.deleteMany({ where: { at: { lt: daysBefore(now, PLACES_KEPT_DAYS) } } })
  await prisma.notice.deleteMany({
    where: { state: { in: [...SETTLED] }, tryAt: { lt: daysBefore(now, NOTICES_KEPT_DAYS) } },
  })
}
