import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Exchange, SpokenBlock } from '../../src/bots/web/protocol.ts'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import {
  type Door,
  flat,
  type House,
  linkTelegram,
  openHouse,
  slackId,
  telegramId,
} from '../support/doors.ts'

let database: Database
let house: House

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  await database.prisma.user.update({ where: { id: 'anna' }, data: { preferredChat: 'SLACK' } })
  await database.prisma.user.update({ where: { id: 'boris' }, data: { preferredChat: 'TELEGRAM' } })
  // Whoever is linked nowhere is reached at the console.
  await database.prisma.identity.deleteMany({ where: { userId: 'vera' } })
  house = await openHouse(database, NOW, { jobs: 'off' })
})
afterAll(() => house.close())

const door = (name: string): Door => {
  const found = house.doors.find((one) => one.name === name)
  if (!found) throw new Error(`there is no door ${name}`)
  return found
}
const states = async (personId: string) =>
  (
    await database.prisma.notice.findMany({
      where: { personId, kind: 'reminder' },
      orderBy: { number: 'asc' },
    })
  ).map(({ state }) => state)

async function minutesLater(minutes: number): Promise<void> {
  vi.setSystemTime(NOW.getTime() + minutes * 60_000)
  await house.app.deliverDue()
}

describe('a reminder', () => {
  it('comes to Slack at its time and not before, is snoozed, comes again, and is done by a button', async () => {
    const heard = () => flat(house.slack.answersTo(slackId('anna')).at(-1)?.shown ?? '')
    const asked = flat(
      await door('Slack').says('anna', '/followup Acme today at 16:00 call Olga about the plant'),
    )
    expect(asked).toContain('Mon, 23 Nov 2026, 16:00')
    await minutesLater(89)
    expect(heard()).toBe(asked)
    await minutesLater(90)
    expect(heard()).toContain('call Olga about the plant')
    expect(heard()).toContain('Not relevant')
    expect(heard()).not.toContain('late')

    expect(flat(await door('Slack').presses('anna', '+1 hour'))).toContain('17:00')
    await minutesLater(149)
    expect(await states('anna')).toEqual(['SENT', 'WAITING'])
    await minutesLater(170)
    expect(heard()).toContain('call Olga about the plant')
    expect(heard()).toContain('17:00')
    expect(await states('anna')).toEqual(['SENT', 'SENT'])
    expect(flat(await door('Slack').presses('anna', 'Done'))).toContain('Done')
    expect(await database.prisma.followUp.count({ where: { status: 'DONE' } })).toBe(1)
  })

  it('comes to Telegram in Russian, and an old button tells what became of it', async () => {
    vi.setSystemTime(NOW)
    await door('Telegram').says('boris', '/f Ромашка сегодня в 15:30 позвонить в закупки')
    const about = () =>
      house.telegram.messages(telegramId('boris')).filter(({ text }) => text.includes('позвонить в закупки'))
    await minutesLater(59)
    expect(about()).toHaveLength(1)
    await minutesLater(60)
    await minutesLater(61)
    expect(about()).toHaveLength(2)
    expect(flat(await door('Telegram').presses('boris', 'Сделано'))).toContain('Сделано')
    const followUp = await database.prisma.followUp.findFirstOrThrow({ where: { ownerId: 'boris' } })
    expect(followUp.status).toBe('DONE')
    expect(house.telegram.refused).toEqual([])
  })

  it('appears by itself on the console of whoever is linked nowhere else', async () => {
    vi.setSystemTime(NOW)
    await door('the console').says('vera', '/f Globex today 15:30 send the brochure')
    await minutesLater(60)
    const shown = await lastExchange('vera')
    expect(shown.said).toBeNull()
    expect(JSON.stringify(shown.card)).toContain('send the brochure')
    const done = buttonOf(shown, 'Done')
    expect(await act('vera', { on: shown.id, act: { kind: 'press', ...done } })).toContain('Done')
    // The same button once more, as from a second window.
    expect(await act('vera', { on: shown.id, act: { kind: 'press', ...done } })).toContain(
      'Done by Vera Example',
    )
    expect(await database.prisma.followUp.count({ where: { ownerId: 'vera', status: 'DONE' } })).toBe(1)
  })

  it('of a platform that is away waits, and comes once when it is back', async () => {
    vi.setSystemTime(NOW)
    await door('Telegram').says('boris', '/f Ромашка сегодня в 14:50 отправить счёт')
    // Asked to wait: its answer names the seconds.
    house.telegram.failNext('sendMessage', { status: 429, retryAfter: 3 })
    const copies = () =>
      house.telegram.messages(telegramId('boris')).filter(({ text }) => text.includes('отправить счёт'))
        .length
    expect(copies()).toBe(1)
    await minutesLater(20)
    expect(copies()).toBe(1)
    await minutesLater(25)
    await minutesLater(26)
    expect(copies()).toBe(2)
  })
})

const buttonOf = (exchange: Exchange, label: string) => {
  const blocks: readonly SpokenBlock[] = exchange.card?.kind === 'view' ? exchange.card.blocks : []
  const button = blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find((one) => one.label === label)
  if (!button) throw new Error(`no button ${label}`)
  return { command: button.command, args: button.args }
}

async function act(person: string, body: object): Promise<string> {
  const response = await fetch(`${house.address}/api/people/${person}/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.address },
    body: JSON.stringify({ key: randomUUID(), ...body }),
  })
  return JSON.stringify(await response.json())
}

/** What a page that opens now is told. */
async function lastExchange(person: string): Promise<Exchange> {
  const stream = await fetch(`${house.address}/api/stream?as=${person}`)
  const text = await firstEvent(stream.body as AsyncIterable<Uint8Array>)
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{}'
  const history = JSON.parse(data) as { threads: Record<string, Exchange[]> }
  const last = history.threads[person]?.at(-1)
  if (!last) throw new Error('nothing was said')
  return last
}

async function firstEvent(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes('\n\n')) break
  }
  return text
}
