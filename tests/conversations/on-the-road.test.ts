import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { flat, type House, linkTelegram, openHouse, telegramId } from '../support/doors.ts'
import type { Said } from '../support/telegram/acts.ts'
import type { Shared } from '../support/telegram/telegram-stand-in.ts'

let database: Database
let house: House

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  await database.prisma.user.updateMany({ data: { preferredChat: 'TELEGRAM' } })
  await database.prisma.account.update({
    where: { id: 'acme' },
    data: { latitude: 52.52, longitude: 13.405 },
  })
  house = await openHouse(database, NOW, { jobs: 'off' })
})
afterAll(() => house.close())

const anna = () => ({ id: telegramId('anna'), firstName: 'Anna', languageCode: 'en' })
/** What she reads next, a new message or an edited card. */
const heard = async () => flat((await house.telegram.waitForMessage(telegramId('anna'))).text)
const seconds = (date: Date) => Math.floor(date.getTime() / 1_000)

async function says(
  text: string,
  options?: Parameters<House['telegram']['say']>[2],
): Promise<Said & { text: string }> {
  const said = house.telegram.say(anna(), text, options)
  return { ...said, text: await heard() }
}
async function presses(label: string): Promise<string> {
  house.telegram.press(telegramId('anna'), label)
  return heard()
}
async function shares(shared: Shared): Promise<string> {
  house.telegram.share(anna(), shared)
  return heard()
}
const newest = () => database.prisma.meeting.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })

/** One hand, a car park, bad network: everything over Telegram's wire. */
describe('on the road', () => {
  it('a line that waited in a tunnel is of the time when it was sent, and its edit edits the note', async () => {
    const sentAt = new Date(NOW.getTime() - 3 * 3_600_000)
    const { messageId, text } = await says('met Acme, discussed pumps, went well', { date: seconds(sentAt) })
    expect(text).toContain('Mon, 23 Nov 2026, 11:30')
    const meeting = await newest()
    expect(meeting).toMatchObject({ accountId: 'acme', status: 'HELD', mood: 'GOOD', startsAt: sentAt })

    const edited = await says('met Acme, discussed pumps and valves, went well', {
      editOf: messageId,
      date: seconds(sentAt),
    })
    expect(edited.text).toContain('notes')
    expect(await newest()).toMatchObject({ id: meeting.id, notes: 'discussed pumps and valves' })
    expect(await database.prisma.meetingAmendment.count({ where: { meetingId: meeting.id } })).toBe(1)
  })

  it('a photo and a voice note belong to the meeting just logged; one of 21 MB is refused', async () => {
    expect(await shares({ kind: 'photo', bytes: 90_000 })).toContain(
      'Attached to the meeting with Acme Corporation',
    )
    expect(await shares({ kind: 'voice', bytes: 40_000 })).toContain('voice note')
    expect(await shares({ kind: 'voice', bytes: 21 * 1024 * 1024 })).toContain('20')
    const attached = await database.prisma.attachment.findMany({ orderBy: { addedAt: 'asc' } })
    expect(attached.map(({ kind }) => kind)).toEqual(['PHOTO', 'VOICE'])
  })

  it('a shared card is offered as a contact, and never an identity', async () => {
    expect(
      await shares({ kind: 'contact', firstName: 'Rosa', lastName: 'Klein', phone: '+49301112233' }),
    ).toContain('Add Rosa Klein')
    expect(await presses('Add to Acme Corporation')).toContain('Not verified')
    const contact = await database.prisma.contact.findFirstOrThrow({ where: { name: 'Rosa Klein' } })
    expect(contact).toMatchObject({ accountId: 'acme', verified: false })
  })

  it('a place offers the nearest accounts, and one tap logs the visit', async () => {
    expect(await shares({ kind: 'location', latitude: 52.5201, longitude: 13.4049 })).toContain('Near you')
    expect(await presses('Log a visit')).toContain('Acme Corporation')
    expect(await newest()).toMatchObject({ accountId: 'acme', kind: 'VISIT', status: 'HELD' })
    expect(await shares({ kind: 'location', latitude: -54.8, longitude: -68.3 })).toContain(
      'No account of yours',
    )
  })

  it('an edit of a message whose meeting was undone changes nothing and says so', async () => {
    const { messageId } = await says('met Acme today, discussed seals')
    await presses('Undo')
    const undone = await newest()
    const { text } = await says('met Acme today, discussed gold', { editOf: messageId })
    expect(text).toContain('undone')
    expect(await newest()).toMatchObject({ id: undone.id, status: 'CANCELLED', notes: 'discussed seals' })
  })

  it('a planned meeting brings its brief and asks for the outcome, which one tap answers', async () => {
    expect((await says('/m Acme call on 27 November at 11:00 with Ken Ono')).text).toContain(
      'Fri, 27 Nov 2026, 11:00',
    )
    const shown = () => house.telegram.messages(telegramId('anna')).map(({ text }) => flat(text))
    const at = async (instant: string) => {
      vi.setSystemTime(new Date(instant))
      await house.app.deliverDue()
    }
    // 18:00 in Moscow the evening before, an hour before, and after it.
    const before = shown().length
    await at('2026-11-26T14:59:00Z')
    expect(shown().slice(before).join('\n')).not.toContain('Fri, 27 Nov 2026, 11:00')
    await at('2026-11-26T15:00:00Z')
    expect(shown().at(-1)).toContain('Ken Ono')
    const afterEvening = shown().length
    await at('2026-11-27T07:00:00Z')
    expect(
      shown()
        .slice(afterEvening)
        .some((text) => text.includes('Ken Ono')),
    ).toBe(true)
    await at('2026-11-27T10:00:00Z')
    expect(shown().at(-1)).toContain('How did it go with Acme Corporation?')
    expect(await presses('Went well')).toContain('Acme Corporation')
    const meeting = await database.prisma.meeting.findFirstOrThrow({
      where: { startsAt: new Date('2026-11-27T08:00:00Z') },
    })
    expect(meeting).toMatchObject({ status: 'HELD', mood: 'GOOD' })
  })

  it('refused nothing and led to no error', () => {
    expect(house.telegram.refused).toEqual([])
    expect(house.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })
})
