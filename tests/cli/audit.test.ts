import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditCommand } from '../../src/cli/audit.ts'
import { type CliIo, UsageError } from '../../src/cli/io.ts'
import { appendAnchor } from '../../src/db/anchors.ts'
import { auditHead, writeAudit } from '../../src/db/audit.ts'
import { ownsAudit, protectAudit } from '../../src/db/audit-rights.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { startProgram, temporaryFolder } from '../support/program.ts'

const server = process.env['TEST_DATABASE_URL']

let database: Database
let lines: string[]
let folder: ReturnType<typeof temporaryFolder>

beforeEach(async () => {
  database = await emptyDatabase()
  folder = temporaryFolder()
  for (const subject of ['one', 'two', 'three']) await write(subject)
})

afterEach(() => folder.remove())

const write = (subject: string) =>
  writeAudit(database.prisma, { actorId: null, channel: 'cli', action: 'test', subject })

async function run(args: readonly string[], anchorFile: string | null = null) {
  lines = []
  const tell = (text: string) => void lines.push(text)
  const defaults = { currency: 'EUR', timeZone: 'UTC' }
  const io: CliIo = { database, out: tell, err: tell, progress: null, now: () => NOW, anchorFile, defaults }
  return auditCommand(args, io)
}

async function pastTheGuard(statement: string) {
  await database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`alter table audit_entries disable trigger audit_entries_append_only`
    await tx.$executeRawUnsafe(statement)
    await tx.$executeRaw`alter table audit_entries enable trigger audit_entries_append_only`
  })
}

describe('kamerton audit verify', () => {
  it('says that the log is whole, and what to keep', async () => {
    expect(await run(['verify'])).toBe(0)
    expect(lines).toEqual([
      'the audit log is whole: 3 entries',
      expect.stringMatching(
        /^to find out later .* keep this outside the database: --anchor 3:v2-[0-9a-f]{64}$/,
      ),
    ])
  })

  it('names the first entry that does not fit, and what is wrong with it', async () => {
    await pastTheGuard(`update audit_entries set subject = 'x' where seq = 2`)
    expect(await run(['verify'])).toBe(1)
    expect(lines).toEqual(['the audit log is broken: entry 2 was altered (of 3)'])
    await pastTheGuard('delete from audit_entries where seq = 2')
    expect(await run(['verify'])).toBe(1)
    expect(lines).toEqual(['the audit log is broken: entries are missing before entry 3 (of 2)'])
  })

  it('reads the anchors that the program has noted, and those that it is given', async () => {
    const file = `${folder.path}/anchors.txt`
    expect(await run(['verify'], file)).toBe(0)
    const head = await auditHead(database.prisma)
    if (!head) throw new Error('there are entries')
    await appendAnchor(file, head, NOW)
    expect(await run(['verify'], file)).toBe(0)
    expect(lines[1]).toBe('1 noted earlier elsewhere: each still stands there')

    await pastTheGuard('delete from audit_entries where seq = 3')
    const cut = 'the end of the audit log was cut off: entry 3 was noted elsewhere, the last one is 2'
    expect([await run(['verify'], file), lines]).toEqual([1, [cut]])
    expect([await run(['verify', '--anchors', file]), lines]).toEqual([1, [cut]])
    expect([await run(['verify', '--anchor', `3:${head.hash}`]), lines]).toEqual([1, [cut]])
    expect(await run(['verify'])).toBe(0)

    await write('another third')
    expect([await run(['verify'], file), lines]).toEqual([
      1,
      ['the audit log was rewritten: entry 3 is not the one that was noted elsewhere'],
    ])
  })

  it.each([
    [[]],
    [['show']],
    [['verify', '--anchor', '3']],
    [['verify', '--anchors', '/nowhere']],
    [['protect']],
  ])('asked for wrongly (%j) says how in one line', async (args) => {
    await expect(run(args)).rejects.toThrow(UsageError)
  })
})

/** Roles belong to the whole server, so each run has its own. */
const app = `kamerton_app_${process.pid}`

describe('kamerton audit protect', () => {
  beforeEach(async () => {
    await database.prisma.$executeRawUnsafe(`create role ${app} login password 'app'`)
  })

  afterEach(async () => {
    await database.prisma.$executeRawUnsafe(`drop owned by ${app}`)
    await database.prisma.$executeRawUnsafe(`drop role ${app}`)
  })

  it('H-11 leaves the role of the program no way to change or remove an entry', async () => {
    expect(await run(['protect', app])).toBe(0)
    expect(await run(['protect', app])).toBe(0)
    const as = (statement: string) =>
      database.prisma.$transaction(async (tx) => {
        await tx.$executeRawUnsafe(`set local role ${app}`)
        await tx.$executeRawUnsafe(statement)
      })
    for (const statement of [
      `update audit_entries set subject = 'x'`,
      `update audit_entries set before = null, after = null`,
      'delete from audit_entries',
      'truncate audit_entries',
      'alter table audit_entries disable trigger all',
      'drop table audit_entries',
      'drop trigger audit_entries_append_only on audit_entries',
      'create or replace function audit_entry_refuse() returns trigger language plpgsql as $$ begin return null; end $$',
      'delete from _prisma_migrations',
      'create table public.another (id int)',
      `set local session_replication_role = 'replica'`,
    ]) {
      await expect(as(statement), statement).rejects.toThrow(/permission denied|must be owner/)
    }
    await as(
      `insert into audit_entries (seq, channel, action, subject, prev_hash, hash) values (1, 'cli', 'test', 'four', 'x', 'x')`,
    )
    await as(`insert into facts values ('a', 'b')`)
    expect(await run(['verify'])).toBe(0)
    expect(lines[0]).toBe('the audit log is whole: 4 entries')
  })

  it('refuses a role that is not there, is mightier, or owns the log', async () => {
    const [row] = await database.prisma.$queryRaw<{ me: string }[]>`select current_user as me`
    expect(await protectAudit(database, 'nobody')).toContain('there is no role nobody')
    const me = row?.me ?? ''
    expect(await protectAudit(database, me)).toContain('owns the tables')
    await database.prisma.$executeRawUnsafe(`alter role ${app} superuser`)
    expect(await protectAudit(database, app)).toContain('is a superuser')
    await database.prisma.$executeRawUnsafe(`alter role ${app} nosuperuser`)
    await database.prisma.$executeRawUnsafe(`grant ${me} to ${app}`)
    expect(await protectAudit(database, app)).toContain('is a member')
    await database.prisma.$executeRawUnsafe(`revoke ${me} from ${app}`)
    expect(await protectAudit(database, app)).toBeNull()
  })

  it.runIf(server)('H-11 lets the real program run by that role, queue and all', async () => {
    await addTeam(database)
    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`
      select current_database() as name`
    const url = new URL(server ?? '')
    url.pathname = `/${row?.name}`
    url.username = app
    url.password = 'app'
    const env = { DATABASE_URL: url.href, PORT: '0', CONSOLE: 'demo', LOG_LEVEL: 'warn' }
    const refused = startProgram(['serve'], env)
    expect(await refused.ended).toBe(1)
    expect(refused.written()).toMatch(
      /^the tables are not up to date, and this role may not change them: .*\n$/,
    )

    expect(await run(['protect', app])).toBe(0)
    const program = startProgram(['serve'], { ...env, AUDIT_ANCHOR_FILE: `${folder.path}/anchors.txt` })
    const address = (await program.says(/open (http:\/\/\S+)/))[1] ?? ''
    const ready = async (): Promise<boolean> =>
      (await fetch(`${address}/readyz`)).status === 200 || (await new Promise(setImmediate), ready())
    expect(await ready()).toBe(true)
    const act = {
      key: crypto.randomUUID(),
      act: { kind: 'submit', command: 'settings-save', values: { timeZone: 'Asia/Tokyo' } },
    }
    const headers = { 'content-type': 'application/json', origin: address }
    await fetch(`${address}/api/people/anna/acts`, { method: 'POST', headers, body: JSON.stringify(act) })
    program.child.kill('SIGTERM')
    expect(await program.ended).toBe(0)
    expect(program.written()).not.toContain('permission denied')
    expect(await run(['verify'], `${folder.path}/anchors.txt`)).toBe(0)
    expect(lines.slice(0, 2)).toEqual([
      'the audit log is whole: 4 entries',
      '2 noted earlier elsewhere: each still stands there',
    ])

    const beside = await openDatabase({ url: url.href })
    await expect(beside.prisma.auditEntry.deleteMany()).rejects.toThrow('permission denied')
    expect([await ownsAudit(beside), await ownsAudit(database)]).toEqual([false, true])
    await beside.close()
  })
})
