import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendAnchor, checkAnchors } from '../../src/db/anchors.ts'
import { auditHead, firstMissing, verifyAudit, writeAudit } from '../../src/db/audit.ts'
import type { Database } from '../../src/db/client.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { asInTheFirstRelease, rechained, sealed, tamper, TIMES } from '../support/tamper.ts'

let database: Database
let folder: string

beforeEach(async () => {
  database = await emptyDatabase()
  folder = mkdtempSync(join(tmpdir(), 'kamerton-audit-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const CLI = { actorId: null, channel: 'cli' } as const

async function write(...subjects: string[]) {
  for (const subject of subjects) {
    await writeAudit(database.prisma, { ...CLI, action: 'test', subject, after: { subject } })
  }
}

const pastTheGuard = (...statements: readonly string[]) => tamper(database, ...statements)

const found = async () => (await verifyAudit(database.prisma)).broken

describe('the audit log', () => {
  it('is numbered and chained by the database itself', async () => {
    await write('one', 'two', 'three')
    const entries = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entries.map(({ seq }) => seq)).toEqual([1n, 2n, 3n])
    expect(entries.map(({ prevHash }) => prevHash)).toEqual(['', entries[0]?.hash, entries[1]?.hash])
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 3, broken: null, head: { seq: 3 } })
  })

  it('that is empty is whole', async () => {
    expect(await verifyAudit(database.prisma)).toEqual({ entries: 0, erased: 0, broken: null, head: null })
  })

  it('H-11 refuses every change, also to whoever owns it', async () => {
    await write('one')
    const { auditEntry } = database.prisma
    await expect(auditEntry.updateMany({ data: { subject: 'x' } })).rejects.toThrow('append-only')
    await expect(auditEntry.deleteMany()).rejects.toThrow('append-only')
    await expect(database.prisma.$executeRaw`truncate audit_entries`).rejects.toThrow('append-only')
  })

  describe.each(TIMES)('H-11 whose entries were written %s', (time) => {
    it.each([
      [
        'an altered content',
        [`update audit_entries set after = '{"subject":"6"}' where seq = 5`],
        5,
        'altered',
      ],
      ['an altered time', [`update audit_entries set at = at + interval '1 ms' where seq = 5`], 5, 'altered'],
      ['somebody put for nobody', [`update audit_entries set actor_id = '-' where seq = 5`], 5, 'altered'],
      ['an altered hash', [`update audit_entries set hash = repeat('0', 64) where seq = 5`], 5, 'altered'],
      ['a content that is gone', [`update audit_entries set after = null where seq = 5`], 5, 'altered'],
      [
        'an entry rewritten with its hash',
        [`update audit_entries e set subject = 'x' where seq = 5`, ...sealed(5, time)],
        6,
        'unlinked',
      ],
      ['a removed entry', [`delete from audit_entries where seq = 5`], 6, 'missing'],
      ['removed first entries', [`delete from audit_entries where seq < 3`], 3, 'missing'],
      [
        'a removed entry whose number the next took',
        [
          `delete from audit_entries where seq = 5`,
          `update audit_entries set seq = seq - 1 where seq = 6`,
          ...sealed(5, time),
        ],
        5,
        'unlinked',
      ],
      [
        'two entries in each other’s place',
        [
          `update audit_entries set seq = 99 where seq = 4`,
          `update audit_entries set seq = 4 where seq = 5`,
          `update audit_entries set seq = 5 where seq = 99`,
        ],
        4,
        'altered',
      ],
    ] as const)('shows the exact entry of %s', async (_what, statements, seq, what) => {
      await write('1', '2', '3', '4', '5', '6', '7', '8')
      if (time !== 'now') await asInTheFirstRelease(database)
      expect(await found()).toBeNull()
      await pastTheGuard(...statements)
      expect(await found()).toEqual({ seq, what })
    })
  })

  it('H-11 is whole over the change from the first release’s way, and follows on', async () => {
    await write('1', '2', '3')
    await asInTheFirstRelease(database)
    await write('4', '5')
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 5, erased: 0, broken: null })
    await pastTheGuard(`update audit_entries set subject = 'x' where seq = 3`, ...sealed(3, 'now'))
    expect(await found()).toEqual({ seq: 4, what: 'unlinked' })
  })

  it('H-11 shows an altered entry that is passed off as an erased one', async () => {
    await write('1', '2', '3')
    const erased = { ...CLI, action: 'audit.erase', subject: 'somebody' }
    const emptied = 'before = null, after = null, salt = null'
    await pastTheGuard(`update audit_entries set ${emptied}, subject = 'x' where seq = 2`)
    const [now] = await database.prisma.$queryRaw<{ rest: string }[]>`
      select encode(sha256(convert_to(audit_entry_text(e), 'UTF8')), 'hex') as rest from audit_entries e where seq = 2`
    await writeAudit(database.prisma, {
      ...erased,
      after: { entries: [{ seq: '2', rest: now?.rest ?? '' }] },
    })
    expect(await found()).toEqual({ seq: 2, what: 'altered' })
    await pastTheGuard(`update audit_entries set subject = '2' where seq = 2`)
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 4, erased: 1, broken: null })
    // Also whoever says that the entry is of the old kind.
    await pastTheGuard(
      `update audit_entries set subject = 'x', content_hash = null where seq = 2`,
      ...sealed(2, 'in the first release'),
    )
    expect(await found()).toEqual({ seq: 3, what: 'unlinked' })
  })

  it('H-14 lets nobody try out from its hash what an erased entry held', async () => {
    await write('the same', 'the same')
    const [one, two] = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(one?.contentHash).toMatch(/^[0-9a-f]{64}$/)
    expect(one?.contentHash).not.toBe(two?.contentHash)
  })

  it('says which of several faults comes first', async () => {
    await write('1', '2', '3', '4', '5', '6')
    await pastTheGuard(
      `update audit_entries set subject = 'x' where seq = 5`,
      `delete from audit_entries where seq = 2`,
    )
    expect(await found()).toEqual({ seq: 3, what: 'missing' })
  })

  it.each([
    ['the last ten entries cut off', [`delete from audit_entries where seq > 10`], 12],
    [
      'an end rewritten with new hashes',
      [`update audit_entries set subject = 'x' where seq = 11`, rechained(11, 'now')],
      12,
    ],
    ['a log begun anew', [`truncate audit_entries`], 3],
  ] as const)(
    'H-11 %s is whole in itself and found by what was noted elsewhere',
    async (_what, statements, seq) => {
      const file = join(folder, 'anchors.txt')
      expect(await checkAnchors(database.prisma, file)).toBeNull()
      for (const upTo of [3, 12, 20]) {
        const { head } = await verifyAudit(database.prisma)
        await write(...Array.from({ length: upTo - (head?.seq ?? 0) }, (_, index) => `${index}`))
        const now = await auditHead(database.prisma)
        if (now) await appendAnchor(file, now, new Date(0))
      }
      await appendFile(file, 'a line of somebody else\n')
      expect(await checkAnchors(database.prisma, file)).toEqual({ anchors: 3, missing: null })

      await pastTheGuard(...statements)
      expect(await found()).toBeNull()
      const { anchors, missing } = (await checkAnchors(database.prisma, file)) ?? {}
      expect([anchors, missing?.seq]).toEqual([3, seq])
      await write('what is written after it hides nothing')
      expect((await checkAnchors(database.prisma, file))?.missing?.seq).toBe(seq)
    },
  )

  it('compares more anchors than are asked for at once', async () => {
    const file = join(folder, 'anchors.txt')
    await write('one')
    const head = await auditHead(database.prisma)
    if (!head) throw new Error('there is an entry')
    await appendFile(file, `0 ${head.seq}:${head.hash}\n`.repeat(2_500))
    await appendFile(file, `0 7:${head.hash}\n`)
    expect(await checkAnchors(database.prisma, file)).toEqual({
      anchors: 2_501,
      missing: { seq: 7, hash: head.hash },
    })
    expect(await firstMissing(database.prisma, [])).toBeNull()
  })

  it('H-11 of a million entries is verified in less than a minute', { timeout: 900_000 }, async () => {
    const entries = rounds(5_000, 1_000_000)
    await database.prisma.$executeRaw`
      insert into audit_entries (actor_id, channel, action, subject, after)
      select 'person ' || i % 50, 'slack', 'meeting.log', 'meeting ' || i, jsonb_build_object('accountId', 'account ' || i % 900,
        'notes', 'Discussed the price list of next year; they will send the specification by Friday.')
      from generate_series(1, ${entries}::int) i`
    await pastTheGuard(`update audit_entries set subject = 'x' where seq = ${entries - 1}`)
    const began = performance.now()
    const check = await verifyAudit(database.prisma)
    const seconds = (performance.now() - began) / 1_000
    expect(check).toMatchObject({ entries, broken: { seq: entries - 1, what: 'altered' } })
    expect(seconds).toBeLessThan(60)
    figure('H-11', `${entries} entries verified in ${seconds.toFixed(1)} s on ${database.kind}`)
  })
})
