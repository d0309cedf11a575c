import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { ButtonTokens, Inbox, StoredUpdate } from '../bots/ports.ts'
import { hashOf } from './hash.ts'

/** Enough to be unique among the buttons of one person, short enough for every platform. */
const TOKEN_LENGTH = 22

export function inbox(prisma: PrismaClient): Inbox {
  return {
    async store(platform, updates) {
      if (updates.length === 0) return []
      const rows = updates.map(
        ({ key, chat, payload }) =>
          Prisma.sql`(${platform}::platform, ${key}, ${chat}, ${storable(payload)}::jsonb)`,
      )
      const stored = await prisma.$queryRaw<{ key: string }[]>`
        insert into inbound_updates (platform, key, chat, payload) values ${Prisma.join(rows)}
        on conflict do nothing returning key`
      return stored.map((row) => row.key)
    },

    async unfinished(platform) {
      const rows = await prisma.inboundUpdate.findMany({
        where: { platform, payload: { not: Prisma.AnyNull } },
        orderBy: [{ receivedAt: 'asc' }, { key: 'asc' }],
      })
      return rows.map(({ key, chat, payload }): StoredUpdate => ({ key, chat, payload }))
    },

    /** The payload goes: what people wrote is not kept longer than it is needed. */
    async finish(platform, key) {
      await prisma.$executeRaw`
        update inbound_updates set payload = null, done_at = coalesce(done_at, now())
        where platform = ${platform}::platform and key = ${key}`
    },
  }
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair; one such message must not hold up everybody's. */
function storable(payload: unknown): string {
  const clean = (_name: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
  return JSON.stringify(payload, clean)
}

export function buttonTokens(prisma: PrismaClient): ButtonTokens {
  return {
    async save(platform, { owner, command, args }, expiresAt) {
      const id = hashOf(JSON.stringify([platform, owner, command, args])).slice(0, TOKEN_LENGTH)
      const data = { platform, owner, command, args, expiresAt }
      await prisma.buttonToken.upsert({ where: { id }, create: { id, ...data }, update: { expiresAt } })
      return id
    },

    async find(platform, id, now) {
      const row = await prisma.buttonToken.findFirst({ where: { id, platform, expiresAt: { gt: now } } })
      return row && { owner: row.owner, command: row.command, args: row.args as Record<string, string> }
    },
  }
}
