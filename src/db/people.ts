import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { LinkStore } from '../domain/identity/linking.ts'
import type { ChatIdentity, PeopleStore } from '../domain/identity/person.ts'
import type { Platform, Reader } from '../domain/shared/actor.ts'
import { hoursOf } from './actors.ts'
import { hashOf } from './hash.ts'

type Db = PrismaClient | Prisma.TransactionClient

const PERSON = { id: true, name: true, email: true, role: true, active: true } as const

const WORKING_TIME = {
  timeZone: true,
  workFrom: true,
  workTo: true,
  workDays: true,
  quietFrom: true,
  quietTo: true,
  digestAt: true,
  country: true,
} as const

export function peopleStore(db: Db, newId: () => string, defaults: Pick<Reader, 'timeZone'>): PeopleStore {
  return {
    byEmail: (email) => db.user.findUnique({ where: { email }, select: PERSON }),
    byId: (id) => db.user.findUnique({ where: { id }, select: PERSON }),

    async linkIdentity(identity, userId) {
      const { platform } = identity
      const before = await db.identity.findUnique({ where: { platform_workspace_externalId: identity } })
      const own = await db.identity.findUnique({ where: { userId_platform: { userId, platform } } })
      if (before && before.userId !== userId) await leaveChat(db, before)
      if (own && own.externalId !== identity.externalId) await leaveChat(db, own)
      await db.identity.deleteMany({ where: { OR: [{ userId, platform }, identity] } })
      await db.identity.create({ data: { id: newId(), userId, ...identity } })
      return before && before.userId !== userId ? before.userId : null
    },

    async unlinkIdentity(identity: ChatIdentity) {
      const found = await db.identity.findUnique({ where: { platform_workspace_externalId: identity } })
      if (found) await leaveChat(db, found)
      if (found) await db.identity.delete({ where: { id: found.id } })
      return found?.userId ?? null
    },

    async saveSettings(id, { workDays, digestAt, ...changes }) {
      const data = {
        ...changes,
        ...(workDays === undefined ? {} : { workDays: [...workDays] }),
        ...(digestAt === undefined ? {} : { digestAt: digestAt ?? 'OFF' }),
      }
      await db.user.update({ where: { id }, data })
    },

    async workingTimeOf(id) {
      const row = await db.user.findUnique({ where: { id }, select: WORKING_TIME })
      return row && { timeZone: row.timeZone ?? defaults.timeZone, hours: hoursOf(row) }
    },
  }
}

/** Their chat there is somebody else's, or nobody's: the cards in it are not to be kept true any more. */
async function leaveChat(
  db: Db,
  { userId, platform }: Readonly<{ userId: string; platform: Platform }>,
): Promise<void> {
  await db.$executeRaw`
    update notices set message = null
    where person_id = ${userId} and platform = ${platform}::platform and message is not null`
}

export function linkStore(db: Db, newId: () => string): LinkStore {
  return {
    async issue(code, userId, createdAt, expiresAt) {
      await db.linkCode.create({
        data: { id: newId(), userId, codeHash: hashOf(code), createdAt, expiresAt },
      })
    },

    async issuedSince(userId, since) {
      // Held until the transaction ends: of many who ask at once, each counts those before.
      await db.$queryRaw`select id from users where id = ${userId} for update`
      return db.linkCode.count({ where: { userId, createdAt: { gte: since } } })
    },

    async redeem(code, at) {
      const where = { codeHash: hashOf(code), usedAt: null }
      const used = await db.linkCode.updateMany({ where, data: { usedAt: at } })
      if (used.count === 0) return null
      const row = await db.linkCode.findUnique({ where: { codeHash: where.codeHash } })
      return row && { userId: row.userId, expiresAt: row.expiresAt }
    },

    async tries(externalId) {
      const row = await db.linkAttempt.findUnique({
        where: { platform_externalId: { platform: 'TELEGRAM', externalId } },
      })
      return { failures: row?.failures ?? 0, lockedUntil: row?.lockedUntil ?? null }
    },

    async saveTries(externalId, tries) {
      const platform = 'TELEGRAM'
      await db.linkAttempt.upsert({
        where: { platform_externalId: { platform, externalId } },
        create: { platform, externalId, ...tries },
        update: tries,
      })
    },
  }
}
