import { beforeEach, describe, expect, it } from 'vitest'
import { away, openStage, type Stage } from '../follow-ups/stage.ts'

let stage: Stage
let meeting: string
let promise: string
let theirs: string

/** Anna has a meeting at Acme with a promise of each side, and a draft that asks her something. */
beforeEach(async () => {
  stage = await openStage()
  await stage.says('anna', '/meeting Acme yesterday talked of steel; next: send the offer on Friday')
  await stage.sends('anna', 'followup', {
    account: 'acme',
    what: 'send the drawings',
    when: 'tomorrow',
    promisedBy: 'CLIENT',
  })
  const promises = await stage.promises()
  promise = promises.find(({ what }) => what === 'send the offer')?.id ?? ''
  theirs = promises.find(({ what }) => what === 'send the drawings')?.id ?? ''
  const written = await stage.database.prisma.meeting.findFirst({ where: { id: promiseMeeting(promises) } })
  meeting = written?.id ?? ''
  if ([promise, theirs, meeting].includes('')) throw new Error('the stage is not set')
})

const promiseMeeting = (promises: readonly Readonly<{ meetingId: string | null }>[]) =>
  promises.find(({ meetingId }) => meetingId)?.meetingId ?? ''

const FROM = '2026-11-25T09:00:00Z'

/** Every button that names a meeting, a promise or an account. */
type Act = readonly [command: string, on: 'meeting' | 'promise' | 'account', args?: Record<string, string>]

const ACTS: readonly Act[] = [
  ['meeting-show', 'meeting'],
  ['meeting-edit', 'meeting'],
  ['meeting-amend', 'meeting', { notes: 'x' }],
  ['meeting-undo', 'meeting'],
  ['meeting-cancel', 'meeting'],
  ['meeting-restore', 'meeting', { to: 'HELD' }],
  ['meeting-restore', 'meeting'],
  ['meeting-history', 'meeting'],
  ['meeting-notes', 'meeting', { page: '0', version: '0' }],
  ['meeting-files', 'meeting'],
  ['meeting-outcome', 'meeting', { outcome: 'GOOD' }],
  ['meeting-outcome', 'meeting', { outcome: 'MOVED' }],
  ['meeting-outcome-undo', 'meeting', { told: 'HELD' }],
  ['contact-add', 'meeting', { name: 'Eve' }],
  ['late', 'meeting', { minutes: '10' }],
  ['late-move', 'meeting', { from: FROM, minutes: '10' }],
  ['brief', 'meeting'],
  ['followup-show', 'promise'],
  ['followup-edit', 'promise'],
  ['followup-amend', 'promise', { n: '0', what: 'x' }],
  ['followup-done', 'promise', { o: '1' }],
  ['followup-snooze', 'promise', { n: '0', to: 'hour' }],
  ['followup-drop', 'promise', { o: '1', reason: 'no' }],
  ['followup-undo', 'promise', { n: '0' }],
  ['followup-chase', 'promise'],
  ['brief', 'account'],
  ['meeting', 'account'],
  ['visited', 'account', { at: '2026-11-23T10:00:00Z' }],
  ['followup', 'account'],
  ['followups', 'account'],
]

const NAMES: Readonly<Record<string, string>> = { late: 'meeting', 'late-move': 'meeting', brief: 'meeting' }

function argsOf([command, on, more]: Act, id: string): Record<string, string> {
  const name =
    on === 'account'
      ? 'account'
      : command === 'contact-add'
        ? 'meeting'
        : on === 'meeting'
          ? (NAMES[command] ?? 'id')
          : 'id'
  return { [name]: id, ...more }
}

const idOf = (on: 'meeting' | 'promise' | 'account') =>
  on === 'meeting' ? meeting : on === 'promise' ? promise : 'acme'

/** All that an attack could have changed. */
async function state() {
  const { prisma } = stage.database
  const order = { orderBy: { id: 'asc' } } as const
  const { notice, meeting: meetings, followUp, contact, meetingAmendment } = prisma
  return JSON.stringify([
    await notice.findMany(order),
    await meetings.findMany(order),
    await followUp.findMany(order),
    await contact.findMany(order),
    await meetingAmendment.findMany(order),
  ])
}

/** Whoever never saw it is tried by tests/access. */
describe('what has become another’s answers word for word like what does not exist', () => {
  it.each(ACTS.map((act) => [act[0], act[1], act] as const))(
    '%s of a %s, pressed by Anna after the account went to Vera',
    async (command, on, act) => {
      await stage.database.prisma.account.update({ where: { id: 'acme' }, data: { ownerId: 'vera' } })
      await stage.database.prisma.accountTeamMember.deleteMany({ where: { accountId: 'acme' } })
      const real = await stage.pressed('anna', { command, args: argsOf(act, idOf(on)) })
      expect(real).not.toMatch(/acme/i)
      if (on === 'promise') return
      expect(real).toBe(await stage.pressed('anna', { command, args: argsOf(act, 'no-such-id') }))
    },
  )
})

const REFUSED =
  /^(This (meeting|promise) is no longer here|Only its author, or a manager above them, can change this meeting)\.$/
const READING = /show|history|notes|files|brief|^late$|contact/
const CHANGING = ACTS.filter(([command, on]) => on !== 'account' && !READING.test(command))

describe('whoever stands for finance acts for nobody but finance', () => {
  beforeEach(() => away(stage.database, 'fay', 'vera'))

  it.each(CHANGING.map((act) => [act[0], act[1], act] as const))(
    '%s of a %s changes nothing',
    async (command, on, act) => {
      const before = await state()
      const real = await stage.pressed('vera', { command, args: argsOf(act, idOf(on)) })
      expect(await state()).toBe(before)
      expect(real).toMatch(REFUSED)
    },
  )

  it('and finance, who stands for Anna, acts on her promises and on nobody else’s', async () => {
    await away(stage.database, 'anna', 'fay')
    await stage.sends('vera', 'followup', { account: 'globex', what: 'hers', when: 'tomorrow' })
    const hers = (await stage.promises()).find(({ what }) => what === 'hers')
    const done = (id: string) => stage.pressed('fay', { command: 'followup-done', args: { id, o: '1' } })
    expect(await done(hers?.id ?? '')).toBe('This promise is no longer here.')
    expect(await done(promise)).toContain('Done')
    expect((await stage.audit()).at(-1)).toBe('fay anna followup.done')
  })

  it('and may still act on what is of finance itself', async () => {
    await stage.sends('fay', 'followup', { what: 'check the invoice', when: 'tomorrow' })
    const own = (await stage.promises()).find(({ ownerId }) => ownerId === 'fay')
    await stage.pressed('vera', { command: 'followup-done', args: { id: own?.id ?? '', o: '1' } })
    expect((await stage.promises()).find(({ ownerId }) => ownerId === 'fay')?.status).toBe('DONE')
    expect((await stage.audit()).at(-1)).toBe('vera fay followup.done')
  })
})

describe('a question that was left open', () => {
  const drafts = () => stage.database.prisma.draft.findMany({ orderBy: { id: 'asc' } })

  it.each([
    ['followup-pick', '/followup Acme call them', { when: '2026-11-25' }],
    ['followup', '/followup Acme call them', {}],
    [
      'meeting-answer',
      '/meeting Acme tomorrow at 10; next: call them',
      { field: 'step0', value: '2026-11-25' },
    ],
    ['meeting', '/meeting Acme tomorrow at 10; next: call them', {}],
  ])('is nobody else’s: %s', async (command, said, args) => {
    await stage.says('anna', said)
    const [draft] = await drafts()
    const id = draft?.id ?? ''
    expect(id).not.toBe('')
    const real = await stage.pressed('vera', { command, args: { draft: id, ...args } })
    expect(real).toBe(await stage.pressed('vera', { command, args: { draft: 'no-such-id', ...args } }))
    expect(await drafts()).toEqual([draft])
  })

  it.each([
    ['followup-pick', '/followup Acme call them', { when: '2026-11-25' }],
    ['followup', '/followup Acme call them', {}],
    [
      'meeting-answer',
      '/meeting Acme tomorrow at 10; next: call them',
      { field: 'step0', value: '2026-11-25' },
    ],
    ['meeting', '/meeting Acme tomorrow at 10; next: call them', {}],
  ])('does not outlive the right to its account: %s', async (command, said, args) => {
    await stage.says('anna', said)
    const [draft] = await drafts()
    await stage.database.prisma.account.update({
      where: { id: 'acme' },
      data: { ownerId: 'vera', name: 'Secret Corporation' },
    })
    const [meetings, promises] = [
      await stage.database.prisma.meeting.count(),
      (await stage.promises()).length,
    ]
    const heard = await stage.pressed('anna', { command, args: { draft: draft?.id ?? '', ...args } })
    expect(heard).not.toMatch(/secret|Acme Corporation/i)
    expect([await stage.database.prisma.meeting.count(), (await stage.promises()).length]).toEqual([
      meetings,
      promises,
    ])
  })
})

describe('a promise at an account that its owner may no longer see', () => {
  beforeEach(async () => {
    await stage.database.prisma.account.update({
      where: { id: 'acme' },
      data: { ownerId: 'vera', name: 'Secret Corporation' },
    })
    await stage.database.prisma.accountTeamMember.deleteMany({ where: { accountId: 'acme' } })
  })

  it.each(['/today', '/followups', '/brief', '/late 10'])('is not named by %s', async (said) => {
    stage.clock.now = new Date('2026-11-27T09:00:00Z')
    expect(await stage.says('anna', said)).not.toMatch(/secret|acme corporation/i)
  })

  it('has no draft for the client any more', async () => {
    const heard = await stage.pressed('anna', { command: 'followup-chase', args: { id: theirs } })
    expect(heard).not.toMatch(/Draft|hello|good day/i)
    expect(heard).toContain('send the drawings')
  })

  it('can still be done, and the log still knows where it was', async () => {
    await stage.pressed('anna', { command: 'followup-done', args: { id: promise, o: '1' } })
    const entry = await stage.database.prisma.auditEntry.findFirst({ orderBy: { seq: 'desc' } })
    expect(entry).toMatchObject({ action: 'followup.done', actorId: 'anna' })
    expect(entry?.before).toMatchObject({ accountId: 'acme' })
    expect(entry?.after).toMatchObject({ accountId: 'acme', status: 'DONE' })
  })
})

describe('a promise belongs to a meeting of its own account', () => {
  it('and not to one of another account, which would show it there', async () => {
    await stage.sends('boris', 'followup', {
      account: 'romashka',
      meeting,
      what: 'hidden errand',
      when: 'tomorrow',
    })
    const made = (await stage.promises()).find(({ what }) => what === 'hidden errand')
    expect(made).toMatchObject({ accountId: 'romashka', meetingId: null })
    expect(await stage.pressed('anna', { command: 'meeting-show', args: { id: meeting } })).not.toContain(
      'hidden',
    )
  })

  it('and what a colleague promised there does not fall with the meeting that its author takes back', async () => {
    await stage.sends('boris', 'followup', { account: 'acme', meeting, what: 'own errand', when: 'tomorrow' })
    await stage.pressed('anna', { command: 'meeting-undo', args: { id: meeting } })
    const byWhat = new Map((await stage.promises()).map(({ what, status }) => [what, status]))
    expect(byWhat.get('own errand')).toBe('OPEN')
    expect(byWhat.get('send the offer')).toBe('DROPPED')
  })
})
