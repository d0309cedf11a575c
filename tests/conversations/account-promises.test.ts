import { beforeEach, describe, expect, it } from 'vitest'
import type { Button } from '../../src/commands/kit/view.ts'
import type { Reply } from '../../src/commands/kit/invocation.ts'
import type { Database } from '../../src/db/client.ts'
import { followUpStore } from '../../src/db/follow-ups.ts'
import { meetingStore } from '../../src/db/meetings.ts'
import { newId } from '../../src/db/new-id.ts'
import type { NewFollowUp } from '../../src/domain/follow-ups/follow-up.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { ask, createCore, line, press, readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
let core: ReturnType<typeof createCore>

const promise = (change: Partial<NewFollowUp>): NewFollowUp => ({
  accountId: 'acme',
  meetingId: null,
  ownerId: 'anna',
  authorId: 'anna',
  promisedBy: 'US',
  contactName: null,
  what: 'Send the quote',
  dueOn: '2026-11-27',
  dueTime: null,
  repeat: null,
  urgent: false,
  remindAt: null,
  ...change,
})
const add = (change: Partial<NewFollowUp>) => followUpStore(database.prisma, newId).add(promise(change))
const card = (who: string) => ask(core.dispatcher, who, line('/account Acme Corporation'))

function buttonsOf({ answer }: Reply): readonly Button[] {
  if (answer.kind !== 'view') throw new Error('no view')
  return answer.view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
}

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  core = createCore(database)
})

describe('promises on the card', () => {
  it('are absent where there are none', async () => {
    const said = readReply(await card('anna'))
    expect(said).not.toContain('promise')
    expect(said).not.toContain('Promises')
  })

  it('stand with their dates, ours and theirs, what is overdue first', async () => {
    await add({ dueTime: '09:30' })
    await add({
      promisedBy: 'CLIENT',
      contactName: 'Olga Smirnova',
      what: 'Specification',
      dueOn: '2026-11-20',
    })
    const said = readReply(await card('anna'))
    const theirs = 'They promised: Specification · Olga Smirnova · due Fri, 20 Nov 2026 (3 days ago)'
    expect(said).toContain(theirs)
    expect(said).toContain('We promised: Send the quote · due Fri, 27 Nov 2026, 09:30 (in 4 days)')
    expect(said.indexOf(theirs)).toBeLessThan(said.indexOf('We promised'))
    expect(said).toContain('Promises: theirs: 1 overdue')
    expect(said).not.toContain('ours:')
  })

  it('are four at most, and the others are counted', async () => {
    for (let day = 1; day <= 7; day++) await add({ what: `Promise ${day}`, dueOn: `2026-12-0${day}` })
    const said = readReply(await card('anna'))
    expect(said.match(/We promised/g)).toHaveLength(4)
    expect(said).toContain('Promise 4')
    expect(said).toContain('Also open: 3 more promises')
  })

  it('tell how they went, and what we broke is a reason for concern', async () => {
    const kept = await add({ dueOn: '2026-11-20' })
    const store = followUpStore(database.prisma, newId)
    await store.save(kept, { status: 'DONE', doneAt: new Date('2026-11-19T10:00:00Z'), doneById: 'anna' })
    await add({ dueOn: '2026-11-20' })
    await add({ dueOn: '2026-11-21' })
    await add({ dueOn: '2026-11-20', promisedBy: 'CLIENT' })
    const english = readReply(await card('anna'))
    expect(english).toContain('Promises: ours: 1 kept and 2 overdue · theirs: 1 overdue')
    expect(readReply(await card('boris'))).toContain(
      'Обещания: наши: в срок 1 и просрочено 2 · клиента: просрочено 1',
    )
  })

  it('are a reason for concern where ours are overdue', async () => {
    await add({ dueOn: '2026-11-20', accountId: 'globex', ownerId: 'vera' })
    await add({ dueOn: '2026-11-21', accountId: 'globex', ownerId: 'vera' })
    await add({ dueOn: '2026-11-20', accountId: 'globex', ownerId: 'vera', promisedBy: 'CLIENT' })
    await add({ dueOn: '2026-11-22', accountId: 'romashka', ownerId: 'boris' })
    const said = async (who: string, text: string) => readReply(await ask(core.dispatcher, who, line(text)))
    expect(await said('vera', '/account Globex')).toContain('- 2 promises of ours are overdue')
    expect(await said('vera', '/account')).toContain('2 promises of ours are overdue')
    expect(await said('boris', '/account ООО «Ромашка»')).toContain('- Просрочено 1 наше обещание')
  })
})

describe('the buttons of the card', () => {
  it('offer what is done most first', async () => {
    await add({})
    expect(buttonsOf(await card('anna')).map(({ command, args }) => [command, args])).toEqual([
      ['meeting', { account: 'acme' }],
      ['followup', { account: 'acme' }],
      ['discount', { account: 'acme' }],
      ['brief', { account: 'acme' }],
      ['followups', { account: 'acme' }],
      ['account-people', { id: 'acme' }],
      ['account-meetings', { id: 'acme' }],
      ['account-deals', { id: 'acme' }],
      ['account-invoices', { id: 'acme' }],
      ['account', {}],
    ])
  })

  it('offer no meeting to log to those who only read', async () => {
    const commands = buttonsOf(await card('fay')).map(({ command }) => command)
    expect(commands).not.toContain('meeting')
    expect(commands).toEqual(expect.arrayContaining(['followup', 'brief']))
  })
})

describe('the page of the history', () => {
  it('tells what became of a record since, and opens the newest', async () => {
    const by = { author: 'anna', at: NOW, channel: 'console' }
    await database.prisma.$transaction((tx) => meetingStore(tx, newId).amend('m3', { notes: 'Prices' }, by))
    const file = { platform: 'TELEGRAM', fileId: 'f', kind: 'PHOTO', name: null } as const
    const none = { mimeType: null, bytes: null, caption: null }
    await meetingStore(database.prisma, newId).attach('m3', 'anna', NOW, { ...file, ...none })
    const page = await ask(core.dispatcher, 'anna', press('account-meetings', { id: 'acme' }))
    const said = readReply(page)
    expect(said).toMatch(/1 Oct 2026.*Prices · amended 1 time · 1 attachment/)
    expect(said).toMatch(/25 Nov 2026.*online meeting.*planned/)
    const opens = buttonsOf(page).filter(({ command }) => command === 'meeting-show')
    expect(opens.map(({ args }) => args['id'])).toEqual(['m5', 'm6', 'm3', 'm2', 'm1', 'm4'])
    expect(readReply(await card('anna'))).not.toContain('amended')
  })
})

describe('people who were only named', () => {
  it('are marked on the card until somebody verifies them', async () => {
    await database.prisma.contact.update({ where: { id: 'ken' }, data: { verified: false } })
    const said = readReply(await card('anna'))
    expect(said).toContain('Ken Ono · not verified')
    expect(said).not.toContain('Olga Smirnova · not verified')
  })
})
