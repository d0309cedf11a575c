import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BackupSink, backupInto, intoFile } from '../../src/backups/write-backup.ts'
import { backupCommand } from '../../src/cli/backup.ts'
import type { CliIo } from '../../src/cli/io.ts'
import { noticesCommand } from '../../src/cli/notices.ts'
import { restoreCommand } from '../../src/cli/restore.ts'
import { verifyAudit } from '../../src/db/audit.ts'
import { lookAtTarget } from '../../src/db/backup/restore.ts'
import { inOneTransaction } from '../../src/db/backup/session.ts'
import { readTable, takeBackup } from '../../src/db/backup/snapshot.ts'
import { tablesOf } from '../../src/db/backup/tables.ts'
import type { Database } from '../../src/db/client.ts'
import { loadDemo } from '../../src/db/demo.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { ask, createCore, line } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { layFirstRelease } from '../support/first-release.ts'
import { type Fresh, freshDatabase, freshPGlite } from '../support/fresh-database.ts'
import { after, before, createStage, link, plan, reminder } from '../jobs/stage.ts'

/** For the long form on a busy machine: a limit is there to end what hangs. */
const LONG_MS = 1_200_000

const server = process.env['TEST_DATABASE_URL']

let database: Database
/** Where backups are restored into, again and again. */
let target: Fresh
/** Another house, of the embedded kind. */
let spare: Fresh
let folder = ''
let files = 0

beforeAll(async () => {
  target = await freshDatabase()
  spare = await freshPGlite()
  folder = mkdtempSync(join(tmpdir(), 'kamerton-backup-'))
})
afterAll(async () => {
  await Promise.all([target.close(), spare.close()])
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  database = await emptyDatabase()
})

const newFile = () => join(folder, `${(files += 1)}.backup`)

type Command = (args: readonly string[], io: CliIo) => Promise<number>

async function run(on: Database, command: Command, args: readonly string[], change: Partial<CliIo> = {}) {
  const lines: string[] = []
  const tell = (text: string) => void lines.push(text)
  const defaults = { currency: 'EUR', timeZone: 'UTC' }
  const io: CliIo = {
    database: on,
    out: tell,
    err: tell,
    progress: null,
    now: () => NOW,
    defaults,
    ...change,
  }
  const code = await command(args, io)
  return { code, said: lines.join('\n') }
}

async function backup(on = database): Promise<string> {
  const file = newFile()
  expect(await run(on, backupCommand, [file])).toMatchObject({ code: 0 })
  return file
}

async function restore(file: string, into = target, now = NOW) {
  const answer = await run(into.database, restoreCommand, [file, '--replace', '--yes'], { now: () => now })
  await into.reopen()
  return answer
}

/** Every row of every table, as it stands there. */
function rowsOf(on: Database): Promise<Record<string, readonly string[]>> {
  return inOneTransaction(on, async (session) => {
    const all: Record<string, readonly string[]> = {}
    for (const table of await tablesOf(session)) {
      const rows: string[] = []
      await readTable(session, table, (lines) => void rows.push(...lines))
      all[table.name] = rows
    }
    return all
  })
}

const seqOf = (row: string): number => (JSON.parse(row) as { seq: number }).seq

/** What is the same after a restore: all but the entries that say what was done. */
function withoutLast(all: Record<string, readonly string[]>, last: number) {
  return { ...all, audit_entries: all['audit_entries']?.filter((row) => seqOf(row) <= last) }
}

describe('a backup', () => {
  // The first of all: nothing has been in the target yet.
  it('is none of a database without a Kamerton in it, which takes one all the same', async () => {
    const file = newFile()
    expect((await run(target.database, backupCommand, [file])).said).toContain('holds no Kamerton')
    expect(existsSync(file)).toBe(false)
    await addTeam(database)
    const { code } = await run(target.database, restoreCommand, [await backup()])
    expect(code).toBe(0)
    await target.reopen()
    expect(await target.database.prisma.user.count()).toBe(7)
  })

  it('restores every row to the letter, in both kinds of database and from each into the other', async () => {
    await loadDemo(database.prisma, '2026-11-23')
    const { dispatcher } = createCore(database)
    await ask(dispatcher, 'demo-user-anna', line('/followup Ромашка every Monday 9:00 call «тест» \\ "x" 👋'))
    await ask(dispatcher, 'demo-user-anna', line('/discount Ромашка 12% competitor offers 16500'))
    const there = await rowsOf(database)
    const last = there['audit_entries']?.length ?? 0
    expect(last).toBeGreaterThan(0)

    expect(await restore(await backup(), spare)).toMatchObject({ code: 0 })
    expect(withoutLast(await rowsOf(spare.database), last)).toEqual(withoutLast(there, last))
    expect(await restore(await backup(spare.database))).toMatchObject({ code: 0 })
    expect(withoutLast(await rowsOf(target.database), last)).toEqual(withoutLast(there, last))
    // And it is alive: what numbers itself goes on where it was.
    const { prisma } = target.database
    const [row] = await prisma.$queryRaw<{ next: number; most: number }[]>`
      select nextval('discount_requests_number_seq')::int as next, (select max(number)::int from discount_requests) as most`
    expect(row?.next).toBe((row?.most ?? 0) + 1)
  })

  it(
    'is whole when people go on writing: no request is half in it',
    async () => {
      await addTeam(database)
      await addClients(database)
      const { dispatcher } = createCore(database)
      const over = new AbortController()
      let written = 0
      const { promise: begun, resolve } = Promise.withResolvers<void>()
      const write = async (person: string, account: string) => {
        while (!over.signal.aborted) {
          await ask(dispatcher, person, line(`/followup ${account} 27.11.2026 10:00 promise ${written}`))
          written += 1
          if (written === 10) resolve()
          // PGlite answers without ever leaving this turn of the loop, and files would never get theirs.
          await new Promise((next) => setImmediate(next))
        }
      }
      const writers = Promise.all([write('anna', 'acme'), write('boris', 'Ромашка'), write('vera', 'Globex')])
      await begun
      const kept: string[] = []
      for (let round = 0; round < rounds(2, 30); round += 1) kept.push(await backup())
      over.abort()
      await writers

      let held = 0
      for (const file of kept) {
        expect(await restore(file)).toMatchObject({ code: 0 })
        const { prisma } = target.database
        const promises = await prisma.followUp.count()
        expect(promises).toBeGreaterThanOrEqual(held)
        held = promises
        expect(await prisma.auditEntry.count({ where: { action: 'followup.add' } })).toBe(promises)
        expect(await prisma.notice.count({ where: { kind: 'reminder' } })).toBe(promises)
        expect(await prisma.inboundUpdate.count({ where: { doneAt: { not: null } } })).toBe(promises)
        expect(await verifyAudit(prisma)).toMatchObject({ broken: null })
      }
      expect(held).toBeGreaterThanOrEqual(10)
      expect(held).toBeLessThanOrEqual(written)
      figure('8', `${kept.length} backups between ${written} writes: each whole, the last with ${held}`)
    },
    LONG_MS,
  )

  it('is for its owner alone, in a new file, and noted in the audit log', async () => {
    await addTeam(database)
    const file = await backup()
    expect(statSync(file).mode & 0o077).toBe(0)
    await expect(run(database, backupCommand, [file])).rejects.toThrow('is there already')
    await expect(run(database, backupCommand, [])).rejects.toThrow('expected the name of a new file')
    expect(await run(database, backupCommand, [join(folder, 'no/such/x.backup')])).toMatchObject({ code: 1 })
    const entries = await database.prisma.auditEntry.findMany()
    expect(entries.map(({ action, channel }) => [action, channel])).toEqual([['backup', 'cli']])
  })

  it('of an older version is restored in its own schema and brought up to date', async () => {
    await layFirstRelease(spare.database)
    const { code, said } = await restore(await backup(spare.database))
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('is brought up to date') })
    const { prisma } = target.database
    expect([await prisma.deal.count(), await prisma.followUp.count()]).toEqual([57, 0])
    const { dispatcher } = createCore(target.database)
    await ask(dispatcher, 'demo-user-anna', line('/followup Ромашка Friday send the quote'))
    expect(await prisma.followUp.count()).toBe(1)
    expect(await verifyAudit(prisma)).toMatchObject({ broken: null })
  })

  it(
    'takes a moment for 100,000 accounts, and little room',
    async () => {
      const accounts = rounds(1_000, 100_000)
      await addMany(database, accounts)
      const began = performance.now()
      const file = await backup()
      const taken = performance.now() - began
      const again = performance.now()
      expect(await restore(file)).toMatchObject({ code: 0 })
      const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
      const kind = server ? 'PostgreSQL' : 'PGlite'
      figure(
        '8',
        `${kind}, ${accounts.toLocaleString('en')} accounts with a name and a deal each: backup ${seconds(taken)}, ${(statSync(file).size / 1e6).toFixed(1)} MB, restore ${seconds(performance.now() - again)}`,
      )
      expect(await target.database.prisma.deal.count()).toBe(accounts)
    },
    LONG_MS,
  )
})

async function addMany({ prisma }: Database, count: number): Promise<void> {
  await prisma.$executeRaw`insert into accounts (id, name, sector, goals)
    select 'a' || i, 'Account number ' || i, 'Sector ' || i % 40, 'They want to grow by ' || i from generate_series(1, ${count}::int) i`
  await prisma.$executeRaw`insert into account_names (id, account_id, kind, text, key)
    select 'n' || i, 'a' || i, 'NAME', 'Account number ' || i, 'account number ' || i from generate_series(1, ${count}::int) i`
  await prisma.$executeRaw`insert into deals (id, account_id, stage, outcome, amount, currency, opened_on)
    select 'd' || i, 'a' || i, 'Won', 'WON', i * 1.5, 'EUR', '2026-01-01' from generate_series(1, ${count}::int) i`
}

describe('G-10 after a restore of last night’s backup', () => {
  const MINUTE = 60_000

  it('nothing goes out again that was due by then, until somebody asks for it', async () => {
    await addTeam(database)
    for (const person of ['anna', 'boris']) await link(database, person, { platform: 'SLACK' })
    const soon = after(5)
    await plan(database, reminder('anna', 'yesterday', before(600)), reminder('anna', 'since', before(10)))
    await plan(database, reminder('boris', 'a brief', before(1), { kind: 'brief' }))
    await plan(database, reminder('anna', 'to come', soon))
    await database.prisma.notice.update({ where: { key: 'since' }, data: { state: 'SENDING', claim: 'x' } })
    await database.prisma.notice.create({
      data: { ...rowOf('told'), state: 'SENT', sentAt: before(700) },
    })

    const { code, said } = await restore(await backup())
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringContaining('3 messages due by now are held'),
    })
    const stage = createStage(target.database)
    await stage.process().deliverDue()
    expect(stage.words()).toEqual([])
    stage.clock.now = new Date(soon.getTime() + MINUTE)
    await stage.process().deliverDue()
    expect(stage.words()).toEqual(['to come'])

    const held = await run(target.database, noticesCommand, ['held'])
    expect(held.said).toMatch(/^brief {2}1 for 1 person, due .*\nreminder {2}2 for 1 person, due/)
    expect((await run(target.database, noticesCommand, ['release'])).said).toContain('3 go out')
    await stage.process().deliverDue()
    expect(stage.words().toSorted()).toEqual(['a brief', 'since', 'to come', 'yesterday'])
    expect((await run(target.database, noticesCommand, ['held'])).said).toBe('nothing is held')
    await expect(run(target.database, noticesCommand, ['x'])).rejects.toThrow('expected')
  })

  it('what people had done while it was made is not done again, and whoever may get in again is named', async () => {
    await addTeam(database)
    const underWay = {
      platform: 'SLACK',
      key: 'press',
      chat: '',
      payload: { type: 'block_actions' },
    } as const
    await database.prisma.inboundUpdate.create({ data: underWay })
    const file = await backup()
    await restore(file)
    const { prisma } = target.database
    await prisma.user.update({ where: { id: 'boris' }, data: { active: false } })
    await prisma.user.update({ where: { id: 'max' }, data: { role: 'KAM' } })
    const { said } = await restore(file)
    expect(said).toContain(
      '1 message from people was under way when the backup was made and is not done again',
    )
    expect(said).toMatch(/may get in as KAM again, and was switched off until now/)
    expect(said).toMatch(/may get in as MANAGER again, and was KAM until now/)
    expect(said.match(/may get in/g)).toHaveLength(2)
    const row = await target.database.prisma.inboundUpdate.findFirstOrThrow({ where: { key: 'press' } })
    expect([row.payload, row.doneAt]).toEqual([null, NOW])
  })

  it('a repeating promise goes on, and is silent about the time that came meanwhile', async () => {
    await addTeam(database)
    await addClients(database)
    const core = createCore(database)
    await ask(core.dispatcher, 'anna', line('/followup acme every day 16:00 call them'))
    const { reminder: number } = await database.prisma.followUp.findFirstOrThrow()
    const file = await backup()
    // Two days later, an hour after the reminder of that day.
    const later = new Date('2026-11-25T14:00:00Z')
    expect(await restore(file, target, later)).toMatchObject({ code: 0 })
    const { prisma } = target.database
    const sent: string[] = []
    const stage = createStage(target.database)
    stage.clock.now = later
    await link(target.database, 'anna', { platform: 'SLACK' })
    const { composeAll, composeTogether, isGroupable, takeTurn, composeCard } = await realWords()
    const jobs = stage.process({
      words: {
        composeAll: async (context, batch) => {
          sent.push(...batch.map(({ notice }) => notice.key))
          return composeAll(context, batch)
        },
        composeTogether,
        isGroupable,
        takeTurn,
        composeCard,
      },
    })
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(sent).toEqual([])
    const promise = await prisma.followUp.findFirstOrThrow()
    expect(promise).toMatchObject({ reminder: number + 1, status: 'OPEN' })
    // The next day it speaks again.
    stage.clock.now = new Date('2026-11-26T13:00:30Z')
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(sent).toEqual([`reminder:${promise.id}:${number + 2}`])
  })

  it('what a platform delivers again from before the backup changes nothing', async () => {
    await addTeam(database)
    await addClients(database)
    const again = { key: 'the-same-update' }
    const said = line('/followup acme 27.11.2026 10:00 send the quote')
    await ask(createCore(database).dispatcher, 'anna', said, again)
    expect(await restore(await backup())).toMatchObject({ code: 0 })
    const reply = await ask(createCore(target.database).dispatcher, 'anna', said, again)
    expect(reply.answer.kind).toBe('repeat')
    expect(await target.database.prisma.followUp.count()).toBe(1)
  })
})

const rowOf = (key: string) => ({
  id: key,
  key,
  personId: 'anna',
  kind: 'reminder',
  subject: key,
  dueAt: before(800),
  tryAt: before(800),
})

async function realWords() {
  const [compose, together, turn, card] = await Promise.all([
    import('../../src/commands/notices/compose.ts'),
    import('../../src/commands/notices/together.ts'),
    import('../../src/commands/notices/turn.ts'),
    import('../../src/commands/notices/card.ts'),
  ])
  return { ...compose, ...together, ...turn, ...card }
}

describe('a restore is refused, and changes nothing,', () => {
  let good = ''
  let there: Record<string, readonly string[]> = {}

  beforeEach(async () => {
    await addTeam(database)
    await addClients(database)
    good = await backup()
    await restore(good)
    there = await rowsOf(target.database)
  })

  const linesOf = (file: string) => gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const written = (content: string | Uint8Array) => {
    const file = newFile()
    writeFileSync(file, content)
    return file
  }
  const changed = (change: (lines: string[]) => void) => {
    const lines = linesOf(good)
    change(lines)
    return written(gzipSync(lines.join('\n')))
  }
  /** With hashes that fit. */
  async function forged(change: (sink: BackupSink) => Partial<BackupSink>): Promise<string> {
    const file = newFile()
    await intoFile(file, async (stream) => {
      const sink = backupInto(stream)
      return takeBackup(database, { ...sink, ...change(sink) }, { now: NOW })
    })
    return file
  }

  /** What the operator reads, in one line; nothing is changed by it. */
  async function refusal(file: string, ...options: string[]): Promise<string> {
    const given = options.length > 0 ? options : ['--replace', '--yes']
    const { code, said } = await run(target.database, restoreCommand, [file, ...given])
    expect(code).toBe(1)
    expect(said.split('\n')).toHaveLength(1)
    expect(await rowsOf(target.database)).toEqual(there)
    return said
  }

  it('when the file is another one, cut, changed by a letter, or not there', async () => {
    expect(await refusal(written('name,role\nx,y\n'))).toMatch('is no backup of Kamerton')
    expect(await refusal(written(gzipSync('{"some":"thing"}\n')))).toMatch('is no backup of Kamerton')
    const bytes = readFileSync(good)
    expect(await refusal(written(bytes.subarray(0, bytes.length - 40)))).toMatch('is cut off')
    expect(await refusal(written(gzipSync(linesOf(good).slice(0, -3).join('\n'))))).toMatch('is cut off')
    const at = linesOf(good).findIndex((text) => text.includes('"Acme Corporation"'))
    expect(await refusal(changed((lines) => (lines[at] = lines[at]?.replace('Acme', 'Acne') ?? '')))).toMatch(
      /damaged or was altered: the rows of account/,
    )
    expect(
      await refusal(changed((lines) => (lines[0] = lines[0]?.replace('"from":"p', '"from":"q') ?? ''))),
    ).toMatch('damaged or was altered: its hash')
    expect(await refusal(changed((lines) => lines.splice(-1, 0, 'more')))).toMatch('something after its end')
    expect(await refusal(join(folder, 'nowhere.backup'))).toMatch('cannot be read')
  })

  it('when it is of a newer version or format', async () => {
    expect(
      await refusal(changed((lines) => (lines[0] = lines[0]?.replace('"format":1', '"format":2') ?? ''))),
    ).toMatch('use a newer one')
    const later = '29990101000000_later'
    const file = await forged((sink) => ({
      head: (head) => sink.head({ ...head, migrations: [...head.migrations, later] }),
    }))
    expect(await refusal(file)).toMatch(`made by a newer version, which has ${later}`)
  })

  it('which is no backup either where a newer version has been at work', async () => {
    const newer = await emptyDatabase()
    await newer.prisma.$executeRaw`insert into _prisma_migrations (id, checksum, migration_name, finished_at)
      values ('x', 'x', '29990101000000_later', now())`
    try {
      const file = newFile()
      const taken = await run(newer, backupCommand, [file])
      expect(taken).toMatchObject({ code: 1, said: expect.stringContaining('a newer version has changed') })
      expect(existsSync(file)).toBe(false)
    } finally {
      await newer.prisma.$executeRaw`delete from _prisma_migrations where id = 'x'`
    }
  })

  it('when something is there already and nobody says that it may go', async () => {
    expect(await refusal(good, '--yes')).toMatch('is not empty')
    expect(await refusal(good, '--replace')).toMatch('without a terminal say --yes too')
    const no = await run(target.database, restoreCommand, [good, '--replace'], { confirm: async () => false })
    expect(no).toEqual({ code: 1, said: 'nothing was restored' })
    expect(await rowsOf(target.database)).toEqual(there)
    await expect(run(target.database, restoreCommand, [good, '--force'])).rejects.toThrow('expected: restore')
  })

  it('when there are tables of somebody else', async () => {
    const { prisma } = target.database
    await prisma.$executeRaw`create table theirs (id int)`
    there = await rowsOf(target.database)
    expect(await refusal(good)).toMatch('tables that are not Kamerton')
    await prisma.$executeRaw`drop table theirs`
  })

  it('when a reference in it leads nowhere, whoever made its hashes', async () => {
    const file = await forged((sink) => ({
      rows: (lines) =>
        sink.rows(lines.map((text) => text.replace('"owner_id":"anna"', '"owner_id":"nobody"'))),
    }))
    expect(await refusal(file)).toMatch(/nothing was restored: .*violates foreign key/)
  })

  it.skipIf(process.getuid?.() === 0)('when the file may not be read', async () => {
    chmodSync(good, 0)
    expect(await refusal(good)).toMatch('cannot be read (EACCES)')
  })

  it.runIf(server)('while a Kamerton process works on that PostgreSQL', async () => {
    const stage = createStage(target.database)
    const jobs = stage.process({ tickMs: 50 })
    jobs.start()
    try {
      await expect.poll(async () => (await lookAtTarget(target.database)).isRunning).toBe(true)
      const { said } = await run(target.database, restoreCommand, [good, '--replace', '--yes'])
      expect(said).toContain('a Kamerton process works on this database')
    } finally {
      await jobs.stop()
    }
  })
})
