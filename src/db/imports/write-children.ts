import { nameKey } from '../../domain/accounts/name-key.ts'
import type { Kind } from '../../domain/imports/definition.ts'
import type { ReadyRow } from '../../domain/imports/store.ts'
import type { Transaction } from './transaction.ts'

type Parent = Readonly<{ parent: string }>
type Place = Readonly<{ row: ReadyRow; id: string }>

/** The rows of other tables that belong to these; returns the ids of those that changed by it. */
export async function writeChildren(
  transaction: Transaction,
  kind: Kind,
  rows: readonly ReadyRow[],
  idByLine: ReadonlyMap<number, string>,
): Promise<string[]> {
  const places = rows.map((row): Place => ({ row, id: idByLine.get(row.line) ?? '' }))
  if (kind === 'accounts')
    return [...(await writeNames(transaction, places)), ...(await writeTeam(transaction, places))]
  return kind === 'meetings' ? writeAttendees(transaction, places) : []
}

function words(value: ReadyRow['values'][string] | undefined): string[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

const NAME_KINDS = [
  ['NAME', 'name'],
  ['ALIAS', 'aliases'],
  ['TAX_NUMBER', 'taxNumber'],
] as const

async function writeNames(transaction: Transaction, places: readonly Place[]): Promise<string[]> {
  const told = NAME_KINDS.filter(([, field]) => places.some(({ row }) => row.values[field] !== undefined))
  if (told.length === 0) return []
  const names = places.flatMap(({ row, id }) =>
    told.flatMap(([kind, field]) =>
      words(row.values[field]).map((text) => ({ parent: id, kind, text, key: nameKey(text) })),
    ),
  )
  const rows = await transaction.$queryRawUnsafe<Parent[]>(
    `with wanted as (
       select * from json_to_recordset($1::text::json) as w(parent text, kind "account_name_kind", text text, key text)),
     removed as (
       delete from "account_names" n where n."account_id" = any($2::text[]) and n."kind"::text = any($3::text[])
         and not exists (select from wanted w where w.parent = n."account_id" and w.kind = n."kind" and w.text = n."text")
       returning n."account_id" as parent),
     added as (
       insert into "account_names" ("id", "account_id", "kind", "text", "key")
       select gen_random_uuid()::text, parent, kind, text, key from wanted
       on conflict ("account_id", "kind", "text") do update set "key" = excluded."key" where "account_names"."key" <> excluded."key"
       returning "account_id" as parent)
     select parent from removed union select parent from added`,
    JSON.stringify(names),
    places.map(({ id }) => id),
    told.map(([kind]) => kind),
  )
  return rows.map(({ parent }) => parent)
}

async function writeTeam(transaction: Transaction, places: readonly Place[]): Promise<string[]> {
  if (places.every(({ row }) => row.values['team'] === undefined)) return []
  const members = places.flatMap(({ row, id }) =>
    words(row.values['team']).map((user) => ({ parent: id, user })),
  )
  const rows = await transaction.$queryRawUnsafe<Parent[]>(
    `with wanted as (select * from json_to_recordset($1::text::json) as w(parent text, "user" text)),
     removed as (
       delete from "account_team_members" m where m."account_id" = any($2::text[])
         and not exists (select from wanted w where w.parent = m."account_id" and w."user" = m."user_id")
       returning m."account_id" as parent),
     added as (
       insert into "account_team_members" ("account_id", "user_id") select parent, "user" from wanted
       on conflict do nothing returning "account_id" as parent)
     select parent from removed union select parent from added`,
    JSON.stringify(members),
    places.map(({ id }) => id),
  )
  return rows.map(({ parent }) => parent)
}

/** Names as written; a contact of the same account with that very name is linked, when there is exactly one. */
async function writeAttendees(transaction: Transaction, places: readonly Place[]): Promise<string[]> {
  if (places.every(({ row }) => row.values['attendees'] === undefined)) return []
  const attendees = places.flatMap(({ row, id }) =>
    words(row.values['attendees']).map((name) => ({ parent: id, name })),
  )
  const rows = await transaction.$queryRawUnsafe<Parent[]>(
    `with wanted as (
       select w.parent, w.name, (
         select min(c."id") from "contacts" c join "meetings" m on m."account_id" = c."account_id"
         where m."id" = w.parent and lower(c."name") = lower(w.name) having count(*) = 1) as contact
       from json_to_recordset($1::text::json) as w(parent text, name text)),
     removed as (
       delete from "meeting_attendees" a where a."meeting_id" = any($2::text[])
         and not exists (select from wanted w where w.parent = a."meeting_id" and w.name = a."name")
       returning a."meeting_id" as parent),
     added as (
       insert into "meeting_attendees" ("meeting_id", "name", "contact_id") select parent, name, contact from wanted
       on conflict ("meeting_id", "name") do update set "contact_id" = excluded."contact_id"
         where "meeting_attendees"."contact_id" is null and excluded."contact_id" is not null
       returning "meeting_id" as parent)
     select parent from removed union select parent from added`,
    JSON.stringify(attendees),
    places.map(({ id }) => id),
  )
  return rows.map(({ parent }) => parent)
}

/** Names in meetings that were written down before their contact was known. */
export async function linkAttendees(transaction: Transaction): Promise<void> {
  await transaction.$executeRawUnsafe(
    `update "meeting_attendees" a set "contact_id" = one.id
     from (select m."id" as meeting, lower(c."name") as name, min(c."id") as id
           from "contacts" c join "meetings" m on m."account_id" = c."account_id"
           join "meeting_attendees" w on w."meeting_id" = m."id" and w."contact_id" is null and lower(w."name") = lower(c."name")
           group by m."id", lower(c."name") having count(distinct c."id") = 1) one
     where a."meeting_id" = one.meeting and a."contact_id" is null and lower(a."name") = one.name`,
  )
}

/** Somebody who was only named in talk and has now come as a contact of the same name is that contact. */
export async function absorbUnverified(transaction: Transaction): Promise<void> {
  await transaction.$executeRawUnsafe(
    `with same as (
       select u."id" as unverified, min(c."id") as known, min(u."phone") as phone
       from "contacts" u join "contacts" c on c."account_id" = u."account_id" and c."verified"
         and lower(c."name" collate "und-x-icu") = lower(u."name" collate "und-x-icu")
       where not u."verified" group by u."id" having count(*) = 1),
     met as (
       update "meeting_attendees" a set "contact_id" = same.known from same where a."contact_id" = same.unverified),
     called as (
       update "contacts" c set "phone" = same.phone from same
       where c."id" = same.known and c."phone" is null and same.phone is not null)
     delete from "contacts" u using same where u."id" = same.unverified`,
  )
}
