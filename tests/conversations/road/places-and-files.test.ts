import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const shares = (person: string, latitude: string, longitude: string) =>
  stage.happens(person, 'place', { latitude, longitude })
const sends = (values: Record<string, string>, person = 'anna') =>
  stage.happens(person, 'file', { kind: 'PHOTO', fileId: 'file-1', ...values })
const meetings = (accountId: string) =>
  stage.database.prisma.meeting.count({
    where: { accountId, status: 'HELD', day: { gte: new Date('2026-11-22') } },
  })
const logs = () => stage.says('anna', '/meeting Acme today, discussed prices')
const logged = async () =>
  (await stage.database.prisma.meeting.findFirstOrThrow({ where: { said: { not: null } } })).id

describe('a shared place', () => {
  it('offers the accounts near it, the nearest first, and nobody else’s', async () => {
    const place = (id: string, latitude: number) =>
      stage.database.prisma.account.update({ where: { id }, data: { latitude, longitude: 37.6173 } })
    await place('romashka', 55.7565)
    await place('romashka-plus', 56.5)
    await place('globex', 55.756)
    const heard = await shares('boris', '55.756', '37.6173')
    expect(heard).toContain(
      '[Acme Corporation · 50 м] [Записать визит]\n[ООО «Ромашка» · 50 м] [Записать визит]',
    )
    expect(heard).not.toContain('Плюс')
    expect(heard).not.toContain('Globex')
    expect(await shares('boris', '56.2', '37.6173')).toContain('[ООО «Ромашка Плюс» · 33 км]')
  })

  it('opens the form of a visit now', async () => {
    expect(await shares('anna', '55.80', '37.60')).toContain('[Acme Corporation · 5 km]')
    const heard = await stage.presses('anna', 'meeting', { account: 'acme', kind: 'VISIT', at: 'now' })
    expect(heard).toContain('Acme Corporation')
    expect(heard).toContain('visit')
    expect(heard).toContain('14:30')
  })

  it('far from all says so, and how coordinates get here', async () => {
    const heard = await shares('anna', '10', '10')
    expect(heard).toContain('No account of yours lies within 50 km')
    expect(heard).toContain('latitude and longitude')
  })

  it.each([
    ['91', '10'],
    ['10', '-180.5'],
    ['', '10'],
    ['NaN', '10'],
    ['1e400', '10'],
    ['55,7', '10'],
    ['here', 'there'],
  ])('that is none is refused: %s, %s', async (latitude, longitude) => {
    expect(await shares('anna', latitude, longitude)).toContain('This is no place on Earth')
    expect(await stage.database.prisma.lastPlace.count()).toBe(0)
  })

  it('is kept as the last one, and its coordinates stay out of the audit log', async () => {
    await shares('anna', '55.80', '37.60')
    await shares('anna', '55.81', '37.61')
    expect(await stage.database.prisma.lastPlace.findMany()).toMatchObject([
      { userId: 'anna', latitude: 55.81, longitude: 37.61 },
    ])
    const entries = await stage.database.prisma.auditEntry.findMany()
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['place.share', 'anna'],
      ['place.share', 'anna'],
    ])
    expect(
      JSON.stringify(entries, (_key, value: unknown) => (typeof value === 'bigint' ? '' : value)),
    ).not.toContain('55.8')
  })

  it('logs a visit with one tap, at the time of sharing, and once', async () => {
    const at = '2026-11-23T11:20:00.000Z'
    const visit = (person = 'anna') => stage.presses(person, 'visited', { account: 'acme', at })
    const heard = await visit()
    expect(heard).toContain('Mon, 23 Nov 2026, 14:20')
    expect(heard).toContain('visit')
    expect(await visit()).toBe('This visit to Acme Corporation is logged already.')
    expect(await visit('vera')).toBe('This account is no longer here.')
    expect(await meetings('acme')).toBe(1)
    expect(await stage.actions()).toEqual(['meeting.log', 'access.refuse'])
  })

  it('is not taken from finance, who log nothing', async () => {
    expect(await shares('fay', '55.80', '37.60')).toBe('This is not for your role.')
  })
})

describe('a file', () => {
  it('is attached to the meeting just logged', async () => {
    await logs()
    const heard = await sends({
      name: 'board.jpg',
      mimeType: 'image/jpeg',
      bytes: '2500000',
      caption: 'the board',
    })
    expect(heard).toContain('Attached to the meeting with Acme Corporation on Mon, 23 Nov 2026: photo.')
    expect(heard).toContain('1 file there now.')
    expect(await sends({ kind: 'VOICE', fileId: 'file-2', bytes: '900' })).toContain('2 files there now.')
    expect(await stage.presses('anna', 'meeting-files', { id: await logged() })).toBe(
      [
        '# Files of the meeting with Acme Corporation',
        '- photo · board.jpg · 2.4 MB · Console · the board',
        '- voice note · 1 KB · Console',
        'The files themselves stay in the chat where they were sent.',
      ].join('\n'),
    )
    expect((await stage.actions()).filter((action) => action === 'meeting.attach')).toHaveLength(2)
  })

  it('is attached to a meeting of which the outcome was told just now', async () => {
    await stage.says('anna', '/meeting Acme today 15:00 visit')
    await stage.database.prisma.meeting.updateMany({
      where: { said: { not: null } },
      data: { createdAt: new Date('2026-11-01T00:00:00Z') },
    })
    stage.core.clock.now = new Date('2026-11-23T13:00:00Z')
    expect(await sends({})).toContain('I do not know which meeting')
    await stage.presses('anna', 'meeting-outcome', { id: await logged(), outcome: 'GOOD' })
    expect(await sends({})).toContain('Attached to the meeting with Acme Corporation')
  })

  it('is not attached to an older meeting that was only brought back', async () => {
    await stage.says('anna', '/meeting Acme yesterday prices')
    const id = await logged()
    stage.core.clock.now = new Date('2026-11-23T11:40:00Z')
    await logs()
    stage.core.clock.now = new Date('2026-11-23T11:50:00Z')
    await stage.presses('max', 'meeting-undo', { id })
    await stage.presses('max', 'meeting-restore', { id })
    expect(await sends({})).toContain('Attached to the meeting with Acme Corporation on Mon, 23 Nov 2026')
  })

  it('with a caption that tells of a meeting logs that one first', async () => {
    await logs()
    const heard = await sends({ caption: 'Visited Acme yesterday, discussed the contract, mood good' })
    expect(heard).toContain('When: Sun, 22 Nov 2026')
    expect(heard).toContain('Attached to the meeting with Acme Corporation on Sun, 22 Nov 2026: photo.')
    expect(await meetings('acme')).toBe(2)
  })

  it('with a caption about the meeting just logged logs it no second time', async () => {
    await logs()
    await sends({ caption: 'Visited Acme today, the new line' })
    expect(await meetings('acme')).toBe(1)
    expect(await stage.database.prisma.attachment.count()).toBe(1)
  })

  it('with a meeting in its caption needs none before it', async () => {
    const heard = await sends({ caption: 'Сегодня был в Ромашке, обсудили цены' }, 'boris')
    expect(heard).toContain('ООО «Ромашка»')
    expect(heard).toContain('Приложено к встрече')
    expect(await meetings('romashka')).toBe(1)
  })

  it('without any meeting says how', async () => {
    const heard = await sends({})
    expect(heard).toContain('I do not know which meeting this belongs to')
    expect(heard).toContain('Log a meeting first')
    await logs()
    stage.core.clock.now = new Date('2026-11-24T11:31:00Z')
    expect(await sends({})).toContain('I do not know which meeting')
    expect(await stage.database.prisma.attachment.count()).toBe(0)
  })

  it('goes to no meeting that was undone', async () => {
    await logs()
    await stage.presses('anna', 'meeting-undo', { id: await logged() })
    expect(await sends({})).toContain('I do not know which meeting')
  })

  it.each([
    ['by its size', { bytes: String(21 * 1024 * 1024) }],
    ['by the word of the platform', { tooLarge: 'yes' }],
  ])('that is too large is refused %s, with the limit', async (_how, values) => {
    await logs()
    expect(await sends({ kind: 'VOICE', ...values })).toContain('I take up to 20 MB')
    expect(await stage.database.prisma.attachment.count()).toBe(0)
  })

  it('of exactly the limit is taken', async () => {
    await logs()
    expect(await sends({ bytes: String(20 * 1024 * 1024) })).toContain('Attached')
  })

  it('is listed for nobody who may not see the account', async () => {
    await logs()
    const id = await logged()
    expect(await stage.presses('vera', 'meeting-files', { id })).toBe(
      await stage.presses('vera', 'meeting-files', { id: 'nothing' }),
    )
    expect(await stage.presses('boris', 'meeting-files', { id })).toContain('Ничего не приложено.')
  })
})

describe('a shared contact', () => {
  const card = { name: 'Piotr  Nowak', phone: '+48 123 456 789' }
  const adds = async (person = 'anna', values: Record<string, string> = card) =>
    stage.presses(person, 'contact-add', { meeting: await logged(), ...values })
  const contacts = () =>
    stage.database.prisma.contact.findMany({ where: { accountId: 'acme', verified: false } })

  it('is offered for the account of the meeting just logged, and added unverified by the button', async () => {
    await logs()
    const heard = await stage.happens('anna', 'card', card)
    expect(heard).toContain('Add Piotr Nowak to the contacts of Acme Corporation?')
    expect(heard).toContain('[Add to Acme Corporation]')
    expect(await contacts()).toEqual([])
    expect(await adds()).toContain('Piotr Nowak is now a contact of Acme Corporation.')
    expect(await contacts()).toMatchObject([
      { name: 'Piotr Nowak', phone: '+48 123 456 789', verified: false },
    ])
    expect(await stage.presses('anna', 'account-people', { id: 'acme' })).toContain(
      'Piotr Nowak · not verified',
    )
  })

  it('is added once', async () => {
    await logs()
    await adds()
    expect(await adds()).toContain('is a contact of Acme Corporation already. Nothing was changed.')
    expect(await contacts()).toHaveLength(1)
    expect((await stage.actions()).filter((action) => action === 'contact.add')).toHaveLength(1)
  })

  it('brings a number for somebody who was only named so far', async () => {
    await logs()
    await adds('anna', { name: 'Piotr Nowak' })
    expect(await adds()).toContain('the telephone number was added')
    expect(await contacts()).toMatchObject([{ phone: '+48 123 456 789' }])
    expect((await stage.actions()).slice(-2)).toEqual(['contact.add', 'contact.change'])
  })

  it('changes nothing of a verified contact', async () => {
    await logs()
    expect(await adds('anna', { name: 'ken ono', phone: '+1 555 0100' })).toContain('Nothing was changed.')
    const ken = await stage.database.prisma.contact.findUniqueOrThrow({ where: { id: 'ken' } })
    expect(ken).toMatchObject({ name: 'Ken Ono', phone: '+49 30 1234567', verified: true })
  })

  it('is nobody’s identity', async () => {
    await logs()
    const before = await stage.database.prisma.identity.count()
    await stage.happens('anna', 'card', { name: 'Max Example', phone: '+48 123 456 789' })
    await adds('anna', { name: 'Max Example' })
    expect(await stage.database.prisma.identity.count()).toBe(before)
  })

  it('without a meeting says how', async () => {
    const heard = await stage.happens('boris', 'card', { name: 'Пётр' })
    expect(heard).toContain('Не знаю, к какому клиенту относится контакт: Пётр.')
  })

  it('goes to no account of others', async () => {
    await logs()
    expect(await adds('vera')).toBe('This meeting is no longer here.')
    expect(await contacts()).toEqual([])
  })

  it('carries nothing but a number for its number', async () => {
    await logs()
    const heard = await stage.happens('anna', 'card', {
      name: 'Eve <!channel>',
      phone: '<script>call me</script>',
    })
    expect(heard).toContain('Add Eve <!channel> to the contacts')
    expect(heard).not.toContain('script')
  })
})
