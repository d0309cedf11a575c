import { beforeEach, describe, expect, it } from 'vitest'
import type { CliIo } from '../../src/cli/io.ts'
import { userCommand } from '../../src/cli/user.ts'
import { verifyAudit, writeAudit } from '../../src/db/audit.ts'
import { cleanUp } from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/client.ts'
import { loadDemo } from '../../src/db/demo.ts'
import { NOW, TODAY } from '../support/clients.ts'
import { ask, createCore, line, readReply, submit } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure } from '../support/figures.ts'
import { asInTheFirstRelease, tamper, TIMES } from '../support/tamper.ts'

const EMAIL = 'anna.orlova@example.com'
const NAME = 'Анна Орлова'
const TELEGRAM = '555000777'
const SLACK = 'U0ANNAORLOVA'
const DIRECT = 'D0ANNADIRECT'

let database: Database
let lines: string[]
let core: ReturnType<typeof createCore>
let anna: string

beforeEach(async () => {
  database = await emptyDatabase()
  await loadDemo(database.prisma, TODAY)
  core = createCore(database)
  anna = (await database.prisma.user.findUniqueOrThrow({ where: { email: EMAIL } })).id
})

const run = (args: readonly string[], confirm?: (question: string) => Promise<boolean>) => {
  lines = []
  const tell = (text: string) => void lines.push(text)
  const defaults = { currency: 'EUR', timeZone: 'UTC' }
  const io: CliIo = {
    database,
    out: tell,
    err: tell,
    progress: null,
    now: () => NOW,
    defaults,
    ...(confirm && { confirm }),
  }
  return userCommand(args, io)
}

/** All that the database holds, a row a line. */
async function everything(): Promise<string[]> {
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> '_prisma_migrations'`
  const rows = await Promise.all(
    tables.map(({ name }) =>
      database.prisma.$queryRawUnsafe<{ text: string }[]>(
        `select '${name} ' || to_jsonb(t)::text as text from "${name}" t`,
      ),
    ),
  )
  return rows.flat().map(({ text }) => text)
}

const holding = async (word: string) => (await everything()).filter((row) => row.includes(word))

/** A year of somebody, as far as a test needs it: in each table that knows people, chats or their words. */
async function live() {
  const { prisma } = database
  const at = NOW
  const later = new Date(NOW.getTime() + 3_600_000)
  await prisma.identity.createMany({
    data: [
      { id: 'it', userId: anna, platform: 'TELEGRAM', externalId: TELEGRAM },
      { id: 'is', userId: anna, platform: 'SLACK', workspace: 'T0', externalId: SLACK },
    ],
  })
  const owned = {
    personId: anna,
    kind: 'discount',
    subject: 'x',
    dueAt: at,
    tryAt: at,
    state: 'SENT' as const,
  }
  await prisma.notice.create({
    data: { id: 'n', key: `copy:SLACK:${DIRECT}:1`, platform: 'SLACK', chat: DIRECT, message: '1', ...owned },
  })
  const said = { text: `it is me, ${NAME}` }
  await prisma.inboundUpdate.create({
    data: { platform: 'TELEGRAM', key: '1', chat: TELEGRAM, payload: said },
  })
  await prisma.inboundUpdate.create({ data: { platform: 'SLACK', key: '2', chat: DIRECT } })
  await prisma.inboundUpdate.create({
    data: { platform: 'SLACK', key: '3', chat: '', payload: { user: { id: SLACK } } },
  })
  await prisma.dialogue.create({
    data: { platform: 'TELEGRAM', chat: TELEGRAM, state: said, lastKey: '1', expiresAt: later },
  })
  await prisma.buttonToken.create({
    data: { id: 'b', platform: 'TELEGRAM', owner: TELEGRAM, command: 'x', args: {}, expiresAt: later },
  })
  await prisma.linkAttempt.create({ data: { platform: 'TELEGRAM', externalId: TELEGRAM, failures: 2 } })
  await prisma.linkCode.create({ data: { id: 'c', userId: anna, codeHash: 'h', expiresAt: later } })
  await prisma.draft.create({
    data: { id: 'd', ownerId: anna, kind: 'meeting', content: said, expiresAt: later },
  })
  await prisma.lastPlace.create({ data: { userId: anna, latitude: 55.123456, longitude: 37.1, at } })

  const heard = async (person: string, act: Parameters<typeof ask>[2]) =>
    readReply(await ask(core.dispatcher, person, act))
  await heard(
    anna,
    line(`/meeting Ромашка вчера обсудили цены, ${NAME} обещала скидку, next: call ${EMAIL} by Friday`),
  )
  await heard(anna, submit('settings-save', { timeZone: 'Asia/Tokyo' }))
  await prisma.followUp.create({
    data: { id: 'own', ownerId: anna, authorId: anna, promisedBy: 'US', what: 'see the dentist', dueOn: at },
  })
  // As the log of an older version has it.
  await writeAudit(prisma, {
    actorId: null,
    channel: 'cli',
    action: 'user.add',
    subject: anna,
    after: { email: EMAIL, name: NAME },
  })
}

describe('kamerton user erase', () => {
  it('H-14 leaves nothing of the person, and everything of the company', async () => {
    await live()
    const before = await verifyAudit(database.prisma)
    const counts = async () => ({
      meetings: await database.prisma.meeting.count(),
      discounts: await database.prisma.discountRequest.count(),
      votes: await database.prisma.approvalVote.count(),
      owned: await database.prisma.account.count({ where: { ownerId: anna } }),
      users: await database.prisma.user.count(),
    })
    const company = await counts()
    expect(company.owned).toBeGreaterThan(0)
    expect((await holding(NAME)).length).toBeGreaterThan(3)

    expect(await run(['erase', EMAIL, '--yes'])).toBe(0)
    for (const word of [NAME, EMAIL, TELEGRAM, SLACK, DIRECT, '55.123456', 'dentist', 'Asia/Tokyo'])
      expect(await holding(word), word).toEqual([])
    expect(await counts()).toEqual(company)
    expect(await database.prisma.user.findUnique({ where: { id: anna } })).toMatchObject({
      name: 'former colleague',
      active: false,
    })
    const after = await verifyAudit(database.prisma)
    expect(after.broken).toBeNull()
    expect(after.entries).toBeGreaterThan(before.entries)
    expect(after.erased).toBeGreaterThan(0)
    figure('H-14', `${after.erased} entries emptied, the chain of ${after.entries} whole`)
  })

  it('H-14 leaves nothing of what was taken back or unlinked before, nor in a form that a colleague has open', async () => {
    const { prisma } = database
    const taken = { actorId: anna, channel: 'cli', subject: 'gone' } as const
    const promise = { ownerId: anna, accountId: null, what: 'see the dentist' }
    const absence = { personId: anna, substituteId: 'x', startsOn: '2026-03-04', endsOn: '2026-03-05' }
    await writeAudit(prisma, { ...taken, action: 'followup.undo', before: promise })
    await writeAudit(prisma, { ...taken, action: 'absence.cancel', before: absence })
    const meeting = await prisma.meeting.findFirstOrThrow({ where: { authorId: anna } })
    const place = { platform: 'TELEGRAM', chat: TELEGRAM } as const
    await prisma.messageRef.create({ data: { ...place, message: '7', meetingId: meeting.id } })
    const open = { lastKey: '1', expiresAt: new Date(NOW.getTime() + 3_600_000) }
    await prisma.dialogue.create({
      data: {
        ...open,
        platform: 'TELEGRAM',
        chat: '1',
        state: { owner: 'boris', answered: { note: `with ${NAME}` } },
      },
    })
    await prisma.dialogue.create({ data: { ...open, ...place, state: { owner: anna } } })

    expect(await run(['erase', EMAIL, '--yes'])).toBe(0)
    for (const word of [NAME, TELEGRAM, 'dentist', '2026-03-04'])
      expect(await holding(word), word).toEqual([])
    expect(await prisma.dialogue.count()).toBe(1)
    expect((await verifyAudit(prisma)).broken).toBeNull()
  })

  it('H-14 leaves the name in no column, however it is written', async () => {
    const { prisma } = database
    const { id: meetingId, accountId } = await prisma.meeting.findFirstOrThrow({
      where: { authorId: { not: anna } },
    })
    const contact = await prisma.contact.create({
      data: { id: 'namesake', accountId, name: 'Анна Орлова' },
    })
    await prisma.meetingAttendee.deleteMany({ where: { meetingId } })
    const namedIn = ['анна орлова', `${NAME} (${EMAIL.toUpperCase()})`, `АННА ОРЛОВА`, 'Ольга Ким']
    await prisma.meetingAttendee.createMany({ data: namedIn.map((name) => ({ meetingId, name })) })
    await prisma.meetingAttendee.create({ data: { meetingId, name: NAME, contactId: contact.id } })
    await prisma.meeting.update({ where: { id: meetingId }, data: { notes: 'ask Anna.Orlova@Example.com' } })
    await prisma.account.update({
      where: { id: accountId },
      data: { goals: `growth, says ${NAME}`, needs: `ask ANNA.ORLOVA@EXAMPLE.COM` },
    })
    const addedAt = NOW
    await prisma.attachment.create({
      data: {
        id: 'a',
        meetingId,
        platform: 'TELEGRAM',
        fileId: 'f',
        kind: 'DOCUMENT',
        name: `Offer of ${NAME}.pdf`,
        addedAt,
      },
    })
    const { id: boris } = await prisma.user.findFirstOrThrow({ where: { id: { not: anna } } })
    await prisma.followUp.create({
      data: {
        id: 'theirs',
        accountId,
        ownerId: boris,
        authorId: boris,
        promisedBy: 'CLIENT',
        contactName: NAME,
        what: 'call',
        dueOn: NOW,
      },
    })

    expect(await run(['erase', EMAIL, '--yes'])).toBe(0)
    const left = (await everything()).filter((row) => /анна орлова|anna\.orlova@/i.test(row))
    // A client’s contact of the same name is somebody else.
    expect(new Set(left.map((row) => row.split(' ')[0]))).toEqual(new Set(['contacts', 'meeting_attendees']))
    expect(left).toHaveLength(2)
    const attendees = await prisma.meetingAttendee.findMany({ where: { meetingId } })
    expect(new Set(attendees.map(({ name, contactId }) => `${name}: ${contactId}`))).toEqual(
      new Set([
        'former colleague: null',
        'former colleague (former colleague): null',
        `${NAME}: namesake`,
        'Ольга Ким: null',
      ]),
    )
  })

  it('leaves other people whose names or addresses hold this one as they are', async () => {
    const { prisma } = database
    const others = 'Анна Орлованская, joanna.orlova@example.com, anna.orlova@example.com.au'
    const meeting = await prisma.meeting.findFirstOrThrow()
    await prisma.meeting.update({ where: { id: meeting.id }, data: { notes: `${others}; ${NAME}` } })
    const request = await prisma.discountRequest.findFirstOrThrow()
    const body = { ...(request.body as object), reason: others, competitor: `of\n${NAME}` }
    await prisma.discountRequest.update({ where: { id: request.id }, data: { body } })
    const entry = { actorId: null, channel: 'cli', action: 'x', subject: 'y' } as const
    await writeAudit(prisma, { ...entry, after: { text: others } })
    await writeAudit(prisma, { ...entry, after: { text: `of\n${NAME.toUpperCase()}` } })

    expect(await run(['erase', EMAIL, '--yes'])).toBe(0)
    expect(await prisma.meeting.findUniqueOrThrow({ where: { id: meeting.id } })).toMatchObject({
      notes: `${others}; former colleague`,
    })
    expect(await prisma.discountRequest.findUniqueOrThrow({ where: { id: request.id } })).toMatchObject({
      body: { reason: others, competitor: 'of\nformer colleague' },
    })
    const entries = await prisma.auditEntry.findMany({ where: { action: 'x' }, orderBy: { seq: 'asc' } })
    expect(entries.map(({ after }) => after)).toEqual([{ text: others }, null])
    expect((await verifyAudit(prisma)).broken).toBeNull()
  })

  it('is spoken of in each reader’s language', async () => {
    const client = await database.prisma.account.findFirstOrThrow({ where: { ownerId: anna } })
    await run(['erase', EMAIL, '--yes'])
    const director = { where: { role: 'DIRECTOR' as const } }
    const { id } = await database.prisma.user.findFirstOrThrow(director)
    const card = async (language: string) => {
      await database.prisma.user.updateMany({ ...director, data: { language } })
      return readReply(await ask(core.dispatcher, id, line(`/account ${client.name}`)))
    }
    expect(await card('en')).toContain('former colleague')
    expect(await card('ru')).toContain('бывший коллега')
    expect(await card('ru')).not.toContain('former colleague')
  })

  it.each(TIMES)(
    'H-14 does not let an emptied entry that was written %s be altered further, nor one be emptied unsaid',
    async (time) => {
      await live()
      if (time !== 'now') await asInTheFirstRelease(database)
      await run(['erase', EMAIL, '--yes'])
      const { prisma } = database
      const emptied = await prisma.auditEntry.findFirstOrThrow({
        where: { subject: anna, action: 'user.add' },
      })
      expect([emptied.before, emptied.after, emptied.salt]).toEqual([null, null, null])
      const tampered = async (statement: string, back: string) => {
        await tamper(database, statement)
        const { broken } = await verifyAudit(prisma)
        await tamper(database, back)
        return broken
      }
      const seq = Number(emptied.seq)
      const altered = { seq, what: 'altered' }
      const set = (text: string, at: number) => `update audit_entries set ${text} where seq = ${at}`
      expect(await tampered(set(`actor_id = 'boris'`, seq), set('actor_id = null', seq))).toEqual(altered)
      expect(await tampered(set(`after = '{}'`, seq), set('after = null', seq))).toEqual(altered)
      const whole = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'user.erase' } })
      const at = Number(whole.seq)
      const { after, salt } = whole
      expect(
        await tampered(
          set('after = null, salt = null', at),
          set(`after = '${JSON.stringify(after)}', salt = '${salt}'`, at),
        ),
      ).toEqual({ seq: at, what: 'altered' })
      expect((await verifyAudit(prisma)).broken).toBeNull()
    },
  )

  it('asks before, and does nothing without a yes', async () => {
    const asked: string[] = []
    const answer = (value: boolean) => async (question: string) => (asked.push(question), value)
    expect(await run(['erase', EMAIL])).toBe(1)
    expect(lines).toEqual(['nobody can be asked here: add --yes', 'nothing was erased'])
    expect(await run(['erase', EMAIL], answer(false))).toBe(1)
    expect(asked[0]).toContain(`Erase ${NAME} (${EMAIL}) for good`)
    expect((await holding(EMAIL)).length).toBeGreaterThan(0)
    expect(await run(['erase', EMAIL], answer(true))).toBe(0)
    expect(await holding(EMAIL)).toEqual([])
    await expect(run(['erase', EMAIL], answer(true))).rejects.toThrow('there is no user')
  })

  it('lets the same address come back as somebody new', async () => {
    await run(['erase', EMAIL, '--yes'])
    expect(await run(['add', EMAIL, '--name', NAME, '--role', 'KAM'])).toBe(0)
    const added = await database.prisma.auditEntry.findFirstOrThrow({ where: { action: 'user.add' } })
    expect(JSON.stringify(added.after)).not.toMatch(/anna|orlova|Анна/i)
  })

  it('refuses to erase the last who may do everything', async () => {
    const [first, ...others] = await database.prisma.user.findMany({
      where: { role: { in: ['DIRECTOR', 'ADMIN'] } },
    })
    for (const { email } of others) expect(await run(['erase', email, '--yes'])).toBe(0)
    expect(await run(['erase', first?.email ?? '', '--yes'])).toBe(1)
    expect(lines[0]).toContain('is the last director or administrator')
  })
})

describe('H-14 what has served', () => {
  it('goes by itself: places, codes, dialogues and drafts', async () => {
    await live()
    await cleanUp(database.prisma, new Date(NOW.getTime() + 10 * 86_400_000))
    const { lastPlace, linkCode, dialogue, draft, buttonToken } = database.prisma
    const left = [lastPlace, linkCode, dialogue, draft, buttonToken].map((table) =>
      (table as typeof lastPlace).count(),
    )
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0])
  })
})
