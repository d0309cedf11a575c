import type { Json } from '../domain/shared/audit.ts'
import type { DraftStore } from '../domain/shared/drafts.ts'
import { timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

/** What is another's, of another kind, expired or removed is not there. */
export function draftStore(db: Queries, newId: () => string): DraftStore {
  return {
    async save(owner, kind, content, expiresAt) {
      const id = newId()
      await db.$executeRaw`
        insert into drafts (id, owner_id, kind, content, expires_at)
        values (${id}, ${owner}, ${kind}, ${JSON.stringify(content)}::jsonb, ${timestamp(expiresAt)})`
      return id
    },

    async find(id, owner, kind, now) {
      const [row] = await db.$queryRaw<{ content: Json }[]>`
        select content from drafts
        where id = ${id} and owner_id = ${owner} and kind = ${kind} and expires_at > ${timestamp(now)}`
      return row?.content ?? null
    },

    async newestLike(owner, kind, like, now) {
      const [row] = await db.$queryRaw<{ content: Json }[]>`
        select content from drafts
        where owner_id = ${owner} and kind = ${kind} and content @> ${JSON.stringify(like)}::jsonb
          and expires_at > ${timestamp(now)}
        order by expires_at desc, id desc limit 1`
      return row?.content ?? null
    },

    async update(id, owner, content) {
      await db.$executeRaw`
        update drafts set content = ${JSON.stringify(content)}::jsonb where id = ${id} and owner_id = ${owner}`
    },

    async remove(id, owner) {
      return (await db.$executeRaw`delete from drafts where id = ${id} and owner_id = ${owner}`) > 0
    },
  }
}
