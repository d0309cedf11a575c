import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import { forgotten, wordsFor } from '../domain/identity/forgotten.ts'
import { FORMER_COLLEAGUE } from '../domain/identity/person.ts'
import type { Json } from '../domain/shared/audit.ts'
import { writeAudit } from './audit.ts'

type Tx = Prisma.TransactionClient

const { sql } = Prisma

export type Erased = Readonly<{ entries: number; promises: number; texts: number }>

type Person = Readonly<{ id: string; email: string; name: string }>

/** A log of years is read once, and people's words are searched. */
const TRANSACTION = { maxWait: 10_000, timeout: 600_000 } as const

/**
 * Takes a person's data out and leaves the company's: what was written about clients stays, by a former colleague. The
 * row of the person stays under its id, so that every reference holds; the audit log knows people by that id alone, and
 * what else it held of this one is emptied, which a new entry of it says.
 */
export async function eraseUser(prisma: PrismaClient, person: Person): Promise<Erased> {
  return prisma.$transaction(async (tx) => {
    await removeChats(tx, person.id)
    const gone = await removeOwn(tx, person.id)
    const texts = await renameInWords(tx, person)
    await tx.user.update({ where: { id: person.id }, data: blank(person.id) })
    const entries = await emptyEntries(tx, person, [person.id, ...gone.absences, ...gone.promises])
    const erased = { entries, promises: gone.promises.length, texts }
    await writeAudit(tx, {
      actorId: null,
      channel: 'cli',
      action: 'user.erase',
      subject: person.id,
      after: erased,
    })
    return erased
  }, TRANSACTION)
}

const blank = (id: string) => ({
  externalId: null,
  email: `${id}@erased.invalid`,
  name: FORMER_COLLEAGUE,
  active: false,
  language: null,
  timeZone: null,
  currency: null,
  preferredChat: null,
  workFrom: null,
  workTo: null,
  workDays: [],
  quietFrom: null,
  quietTo: null,
  digestAt: null,
  country: null,
  delegationLevel: null,
})

/** Where the person wrote and was written to, on every platform. */
async function removeChats(tx: Tx, id: string): Promise<void> {
  const chats = sql`(
    select platform, external_id as chat from identities where user_id = ${id}
    union select platform, chat from notices where person_id = ${id} and chat is not null)`
  await tx.$executeRaw`delete from inbound_updates where (platform, chat) in ${chats}`
  // Slack's wait under no chat until they are worked on.
  await tx.$executeRaw`
    delete from inbound_updates u using identities i
    where i.user_id = ${id} and u.platform = i.platform and u.payload is not null
      and strpos(u.payload::text, to_json(i.external_id)::text) > 0`
  await tx.$executeRaw`delete from dialogues where (platform, chat) in ${chats} or state ->> 'owner' = ${id}`
  // Also of a chat that was unlinked before.
  await tx.$executeRaw`
    delete from message_refs where (platform, chat) in ${chats}
      or meeting_id in (select id from meetings where author_id = ${id})`
  await tx.$executeRaw`delete from link_attempts where (platform, external_id) in ${chats}`
  await tx.$executeRaw`delete from button_tokens where (platform, owner) in ${chats}`
  await tx.notice.deleteMany({ where: { personId: id } })
  await tx.identity.deleteMany({ where: { userId: id } })
}

/** What nobody but the person has a use for: also their promises that are about no client. */
async function removeOwn(tx: Tx, id: string) {
  await tx.draft.deleteMany({ where: { ownerId: id } })
  await tx.linkCode.deleteMany({ where: { userId: id } })
  await tx.lastPlace.deleteMany({ where: { userId: id } })
  await tx.target.deleteMany({ where: { userId: id } })
  await tx.accountTeamMember.deleteMany({ where: { userId: id } })
  const away = { OR: [{ userId: id }, { substituteId: id }] }
  const absences = await tx.absence.findMany({ where: away, select: { id: true } })
  await tx.absence.deleteMany({ where: away })
  const own = { ownerId: id, accountId: null }
  const promises = await tx.followUp.findMany({ where: own, select: { id: true } })
  await tx.followUp.deleteMany({ where: own })
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)
  return { absences: ids(absences), promises: ids(promises) }
}

/** Where colleagues write about clients, and where requests carry people's names along. */
const TEXTS = {
  meetings: ['notes', 'said'],
  follow_ups: ['what', 'drop_reason', 'contact_name'],
  attachments: ['caption', 'name'],
  accounts: ['goals', 'needs'],
  client_commitments: ['what'],
  drafts: ['content'],
  dialogues: ['state'],
  meeting_amendments: ['before', 'after'],
  discount_requests: ['body'],
} as const

/** Requests know people by their id. */
async function renameInWords(tx: Tx, person: Person): Promise<number> {
  let changed = await renameAttendees(tx, person)
  for (const [table, columns] of Object.entries(TEXTS)) {
    for (const column of columns) changed += await renameIn(tx, `"${table}"`, `"${column}"`, person)
  }
  return changed
}

/** Finds more than is meant, for it knows no borders of words: `forgotten` decides. */
const mayName = (json: Prisma.Sql, words: readonly string[]): Prisma.Sql => {
  const inJson = words.map((word) => JSON.stringify(word).slice(1, -1))
  return sql`exists (select 1 from unnest(${inJson}::text[]) word
    where strpos(lower(${json}::text collate "und-x-icu"), lower(word collate "und-x-icu")) > 0)`
}

/** A colleague among them; who is a contact of the client is not. Two former ones at one meeting are one. */
async function renameAttendees(tx: Tx, person: Person): Promise<number> {
  const found = await tx.$queryRaw<{ meeting: string; name: string }[]>`
    select meeting_id as meeting, name from meeting_attendees
    where contact_id is null and ${mayName(sql`to_jsonb(name)`, wordsFor(person))} for update`
  const named = found.filter(({ name }) => forgotten(name, person) !== name)
  for (const { meeting, name } of named) {
    await tx.$executeRaw`delete from meeting_attendees where meeting_id = ${meeting} and name = ${name}`
    await tx.$executeRaw`
      insert into meeting_attendees (meeting_id, name) values (${meeting}, ${forgotten(name, person)})
      on conflict do nothing`
  }
  return named.length
}

type Cell = Readonly<{ key: string; cell: Json }>

async function renameIn(tx: Tx, table: string, column: string, person: Person): Promise<number> {
  const json = sql`to_jsonb(${Prisma.raw(column)})`
  const found = await tx.$queryRaw<Cell[]>`
    select ctid::text as key, ${json} as cell from ${Prisma.raw(table)}
    where ${mayName(json, [person.id, ...wordsFor(person)])} for update`
  let changed = 0
  for (const { key, cell } of found) {
    const text = JSON.stringify(renamed(cell, person))
    if (text === JSON.stringify(cell)) continue
    const value = typeof cell === 'string' ? `$1::jsonb #>> '{}'` : '$1::jsonb'
    await tx.$executeRawUnsafe(`update ${table} set ${column} = ${value} where ctid = $2::tid`, text, key)
    changed += 1
  }
  return changed
}

function renamed(value: Json, person: Person): Json {
  if (typeof value === 'string') return forgotten(value, person)
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, person))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, renamed(one ?? null, person)] as const)
  const copy = Object.fromEntries(entries)
  return copy['id'] === person.id && 'name' in copy ? { ...copy, name: FORMER_COLLEAGUE } : copy
}

/** Of absences and of promises about no client, also of those that were taken back and have no row any more. */
const ownGone = (id: string): Prisma.Sql => {
  const facts = sql`coalesce(after, before)`
  return sql`(action like 'absence.%' and ${id} in (${facts} ->> 'personId', ${facts} ->> 'substituteId')
    or action like 'followup.%' and ${facts} ->> 'ownerId' = ${id} and ${facts} ->> 'accountId' is null)`
}

async function entriesNaming(tx: Tx, person: Person): Promise<string[]> {
  const states = sql`jsonb_build_array(before, after)`
  const found = await tx.$queryRaw<Cell[]>`
    select seq::text as key, ${states} as cell from audit_entries where ${mayName(states, wordsFor(person))}`
  const names = ({ cell }: Cell) => JSON.stringify(renamed(cell, person)) !== JSON.stringify(cell)
  return found.filter(names).map(({ key }) => key)
}

const NAMED_AT_ONCE = 500

/** Only whoever owns the log can: its guard is lifted, until the transaction ends, for this one change. */
async function emptyEntries(tx: Tx, person: Person, subjects: readonly string[]): Promise<number> {
  await tx.$executeRaw`alter table audit_entries disable trigger audit_entries_append_only`
  const naming = await entriesNaming(tx, person)
  const emptied = await tx.$queryRaw<{ seq: string; rest: string | null }[]>`
    update audit_entries e set before = null, after = null, salt = null
    where num_nonnulls(before, after) > 0 and action not in ('audit.erase', 'user.erase')
      and (subject = any(${[...subjects]}::text[]) or ${ownGone(person.id)} or seq::text = any(${naming}::text[]))
    returning seq::text, case when content_hash is null then
      encode(sha256(convert_to(audit_entry_text(e), 'UTF8')), 'hex') end as rest`
  await tx.$executeRaw`alter table audit_entries enable trigger audit_entries_append_only`
  for (let from = 0; from < emptied.length; from += NAMED_AT_ONCE) {
    const entries = emptied
      .slice(from, from + NAMED_AT_ONCE)
      .map(({ seq, rest }) => (rest === null ? { seq } : { seq, rest }))
    await writeAudit(tx, {
      actorId: null,
      channel: 'cli',
      action: 'audit.erase',
      subject: person.id,
      after: { entries },
    })
  }
  return emptied.length
}
