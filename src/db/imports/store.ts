import type { Kind } from '../../domain/imports/definition.ts'
import { type Identity, identityKey } from '../../domain/imports/identity.ts'
import { type Moment, startOffDay } from '../../domain/imports/kinds/meetings.ts'
import type { ImportStore, ImportTransaction, ReadyRow } from '../../domain/imports/store.ts'
import type { Database } from '../client.ts'
import { loadLookups } from './lookups.ts'
import { TABLES, type Table } from './tables.ts'
import type { Transaction } from './transaction.ts'
import { absorbUnverified, linkAttendees, writeChildren } from './write-children.ts'
import { updateParents, writeRows } from './write-rows.ts'
import { writeAudit } from '../audit.ts'

/** A large import takes minutes; Prisma's own limit is five seconds. */
const LIMITS = { maxWait: 60_000, timeout: 4 * 3_600_000 }

/** Told before the end of the transaction whom it has moved to another time zone. */
type OnMoved = (transaction: Transaction, people: readonly string[]) => Promise<void>

export function importStore(database: Database, onMoved: OnMoved): ImportStore {
  return {
    transaction: (kind, run) =>
      database.prisma.$transaction(async (transaction) => {
        // One import at a time: what the first pass has seen must still be so in the second.
        await transaction.$queryRawUnsafe(`select pg_advisory_xact_lock(hashtext('kamerton import'))::text`)
        return run(await importTransaction(transaction, kind, onMoved))
      }, LIMITS),
  }
}

async function importTransaction(
  transaction: Transaction,
  kind: Kind,
  onMoved: OnMoved,
): Promise<ImportTransaction> {
  const table = TABLES[kind]
  const zones = kind === 'users' ? await zonesOf(transaction) : null
  const lookups = await loadLookups(transaction, kind)
  // Of the rows that were found last: these are checked next.
  let moments: ReadonlyMap<string, Moment> = new Map()
  return {
    lookups:
      kind === 'meetings'
        ? { ...lookups, conflict: (id, values) => startOffDay(values, moments.get(id ?? '') ?? null) }
        : lookups,
    async find(identities) {
      const found = await find(transaction, table, identities)
      if (kind === 'meetings') moments = await momentsOf(transaction, [...found.values()])
      return found
    },
    write: (rows) => write(transaction, kind, rows),
    setParents: (pairs) => updateParents(transaction, table, pairs),
    finish: async () => {
      if (zones) await onMoved(transaction, movedSince(zones, await zonesOf(transaction)))
      if (kind !== 'contacts') return
      await absorbUnverified(transaction)
      await linkAttendees(transaction)
    },
    audit: async (subject, counts) => {
      await writeAudit(transaction, {
        actorId: null,
        channel: 'cli',
        action: `import.${kind}`,
        subject,
        after: { ...counts },
      })
    },
  }
}

async function momentsOf(
  transaction: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Moment>> {
  const meetings = await transaction.meeting.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, day: true, startsAt: true },
  })
  return new Map(meetings.map(({ id, ...moment }) => [id, moment]))
}

type Zones = ReadonlyMap<string, string | null>

async function zonesOf(transaction: Transaction): Promise<Zones> {
  const users = await transaction.user.findMany({ select: { id: true, timeZone: true } })
  return new Map(users.map(({ id, timeZone }) => [id, timeZone]))
}

const movedSince = (before: Zones, after: Zones): string[] =>
  [...before].filter(([id, zone]) => after.get(id) !== zone).map(([id]) => id)

async function write(transaction: Transaction, kind: Kind, rows: readonly ReadyRow[]) {
  if (rows.length === 0) return { idByLine: new Map<number, string>(), created: [], changed: [] }
  const written = await writeRows(transaction, TABLES[kind], rows)
  const children = await writeChildren(transaction, kind, rows, written.idByLine)
  return { ...written, changed: [...written.changed, ...children] }
}

async function find(
  transaction: Transaction,
  table: Table,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, string>> {
  const valuesOf = (by: Identity['by']) =>
    identities.filter((identity) => identity.by === by).map(({ value }) => value)
  const rows = await transaction.$queryRawUnsafe<{ id: string; external_id: string | null }[]>(
    `select "id", "external_id" from "${table.name}" where "external_id" = any($1::text[]) or "id" = any($2::text[])`,
    valuesOf('externalId'),
    valuesOf('stored'),
  )
  const found = new Map<string, string>()
  for (const { id, external_id: externalId } of rows) {
    found.set(identityKey({ by: 'stored', value: id }), id)
    if (externalId !== null) found.set(identityKey({ by: 'externalId', value: externalId }), id)
  }
  return found
}
