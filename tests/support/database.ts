import { readFile } from 'node:fs/promises'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'

const worker = globalThis as { kamertonDatabase?: Promise<Database> }

/** This worker's database, migrated and empty: PGlite, or PostgreSQL when TEST_DATABASE_URL is set. */
export async function emptyDatabase(): Promise<Database> {
  worker.kamertonDatabase ??= open()
  const database = await worker.kamertonDatabase
  await empty(database)
  return database
}

async function ownPGlite(): Promise<Database> {
  const dump = new Blob([new Uint8Array(await readFile(template()))])
  return openDatabase({ pglite: await createPGlite(undefined, dump) })
}

function template(): string {
  const name = process.env['TEST_TEMPLATE']
  if (!name) throw new Error('this test belongs into a folder of the db project: see vitest.config.ts')
  return name
}

async function open(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL']
  if (!server) return ownPGlite()
  const name = `${template()}_${process.pid}_${Date.now()}`
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${name} template ${template()}`)
  await admin.close()
  const url = new URL(server)
  url.pathname = `/${name}`
  return openDatabase({ url: url.href })
}

/** The audit log refuses to be emptied, so its guard is lifted for this one statement. */
async function empty({ prisma }: Database): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`alter table audit_entries disable trigger audit_entries_append_only`
    await tx.$executeRaw`truncate users, identities, link_codes, link_attempts, absences, accounts, account_names,
      account_team_members, contacts, products, deals, invoices, contracts, targets, meetings, meeting_attendees,
      meeting_amendments, attachments, message_refs, last_places, follow_ups, drafts, notices,
      inbound_updates, dialogues, button_tokens, audit_entries, facts, policy_versions, discount_requests, approval_votes,
      client_commitments`
    await tx.$executeRaw`alter table audit_entries enable trigger audit_entries_append_only`
  })
}
