import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { ButtonTokens, Inbox, LeftOver, StoredUpdate } from '../bots/ports.ts'
import { hashOf } from './hash.ts'

/** Enough to be unique among the buttons of one person, short enough for every platform. */
const TOKEN_LENGTH = 22

/** Platforms number their updates, and those taken up together bear one time. */
const inNumbers = new Intl.Collator('en', { numeric: true })

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

    /** `received_at` is also when it was last held. What a transaction has locked is just being done by somebody. */
    async takeUp(platform, which) {
      const rows = await prisma.$queryRaw<(StoredUpdate & { at: Date })[]>`
        with left_over as (
          select key, received_at from inbound_updates
          where platform = ${platform}::platform and payload is not null and ${isWanted(which)}
          for update skip locked)
        update inbound_updates u set received_at = greatest(u.received_at, now())
        from left_over l where u.platform = ${platform}::platform and u.key = l.key
        returning u.key, u.chat, u.payload, l.received_at as at`
      return rows
        .toSorted((a, b) => a.at.getTime() - b.at.getTime() || inNumbers.compare(a.key, b.key))
        .map(({ key, chat, payload }): StoredUpdate => ({ key, chat, payload }))
    },

    async hold(platform, keys) {
      if (keys.length === 0) return
      await prisma.$executeRaw`
        update inbound_updates set received_at = now()
        where platform = ${platform}::platform and key = any(${keys}) and payload is not null`
    },

    async keep(platform, { key, chat, payload }) {
      await prisma.$executeRaw`
        insert into inbound_updates (platform, key, chat, payload)
        values (${platform}::platform, ${key}, ${chat}, ${storable(payload)}::jsonb)
        on conflict (platform, key) do update set payload = excluded.payload
        where inbound_updates.done_at is null and inbound_updates.payload is null`
    },

    /** The payload goes: what people wrote is not kept longer than it is needed. */
    async finish(platform, keys) {
      await prisma.$executeRaw`
        update inbound_updates set payload = null, done_at = coalesce(done_at, now())
        where platform = ${platform}::platform and key = any(${keys})`
    },
  }
}

function isWanted(which: LeftOver | undefined): Prisma.Sql {
  if (!which) return Prisma.sql`true`
  if ('keys' in which) return Prisma.sql`key = any(${which.keys})`
  const { quietMs, reachMs } = which
  return Prisma.sql`received_at between now() - ${reachMs} * interval '1 millisecond'
    and now() - ${quietMs} * interval '1 millisecond'`
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
