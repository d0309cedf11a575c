import { Prisma } from '../../prisma/generated/client.ts'
import type { NewNotice, NoticeStore } from '../domain/notices/notice.ts'
import { timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

const { sql } = Prisma

export function noticeStore(db: Queries, newId: () => string): NoticeStore {
  return {
    async plan(notices) {
      if (notices.length > 0) await db.$executeRaw`${planned(notices, newId)}`
    },

    async drop(subject, kind, person) {
      await db.$executeRaw`
        update notices set state = 'DROPPED', claim = null
        where subject = ${subject} and state in ('WAITING', 'CLAIMED', 'PARKED')
          and (${kind ?? null}::text is null or kind = ${kind ?? null})
          and (${person ?? null}::text is null or person_id = ${person ?? null})`
    },

    async take(id, claim, at) {
      const taken = await db.$executeRaw`
        update notices set state = 'SENT', sent_at = ${timestamp(at)}, error = null
        where id = ${id} and claim = ${claim} and state = 'CLAIMED'`
      return taken > 0
    },
  }
}

/**
 * One that is claimed but not begun waits again: whoever claimed it finds its claim gone, so that the old one is not
 * sent. One that was dropped is wanted once more; one that is parked stays so, with its new time.
 */
function planned(notices: readonly NewNotice[], newId: () => string): Prisma.Sql {
  // A statement may touch a row once: of the same key twice, the last counts.
  const byKey = new Map(notices.map((notice) => [notice.key, notice]))
  return sql`
    insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
    select id, key, person_id, kind, subject, number, due_at, due_at from ${rowsOf([...byKey.values()], newId)}
    on conflict (key) do update
    set due_at = excluded.due_at, try_at = excluded.due_at, number = excluded.number, person_id = excluded.person_id,
      state = case when notices.state = 'PARKED' then notices.state else 'WAITING' end,
      claim = null, claimed_at = null, tries = 0, doubts = 0, error = null
    where notices.state in ('WAITING', 'CLAIMED', 'DROPPED', 'PARKED')`
}

/** Notices as rows of one parameter, however many they are. */
export function rowsOf(notices: readonly NewNotice[], newId: () => string): Prisma.Sql {
  const rows = notices.map(({ key, personId, kind, subject, number, dueAt }) => ({
    id: newId(),
    key,
    person_id: personId,
    kind,
    subject,
    number: number ?? 0,
    due_at: dueAt.toISOString(),
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as planned(id text, key text, person_id text, kind text, subject text, number int, due_at timestamptz)`
}
