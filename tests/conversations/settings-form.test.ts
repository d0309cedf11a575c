import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Exchange } from '../../src/bots/web/protocol.ts'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { type Door, type House, linkTelegram, openHouse, slackId } from '../support/doors.ts'

let database: Database
let house: House

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  house = await openHouse(database)
})
beforeEach(() =>
  database.prisma.user.updateMany({ data: { language: null, timeZone: null, currency: null } }),
)
afterAll(() => house.close())

const door = (name: string): Door => house.doors.find((one) => one.name === name) ?? raise(`no door ${name}`)
const raise = (text: string): never => {
  throw new Error(text)
}
const saved = (id: string) =>
  database.prisma.user.findUnique({
    where: { id },
    select: { language: true, timeZone: true, currency: true },
  })

/** The same form, as each platform asks it. */
describe('the settings form', () => {
  it('is a window in Slack, with suggestions, an error at its field, and the result', async () => {
    const user = slackId('vera')
    const { slack } = house
    await door('Slack').says('vera', '/settings')
    await slack.press({ label: 'Change', user })
    await vi.waitFor(() => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('Time zone'), 20_000)

    const offered = await slack.options({ actionId: 'timeZone', value: 'tokyo', user })
    expect(offered.body).toContain('Asia/Tokyo')

    const wrong = await slack.submit(null, { timeZone: { timeZone: 'Nowhere/City' } }, user)
    expect(wrong.body).toContain('I do not know this time zone')
    expect(await saved('vera')).toEqual({ language: null, timeZone: null, currency: null })

    await slack.submit(null, { timeZone: { timeZone: 'Asia/Tokyo' }, currency: { currency: 'USD' } }, user)
    await vi.waitFor(() => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('Saved.'), 20_000)
    expect(await saved('vera')).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'USD' })
    expect([slack.refused, slack.problems]).toEqual([[], []])
  })

  it('is a talk in Telegram, and goes on after a restart', async () => {
    const telegram = door('Telegram')
    await telegram.says('max', '/settings')
    expect(await telegram.presses('max', 'Change')).toContain('Language (1 of 4)')
    expect(await telegram.presses('max', 'Русский')).toContain('Time zone (2 of 4)')
    house = await house.restart()
    const again = door('Telegram')
    expect(await again.says('max', 'nowhere city')).toContain('I know no “nowhere city” here')
    expect(await again.says('max', 'tokyo')).toContain('Currency (3 of 4)')
    expect(await again.presses('max', 'Keep: EUR')).toContain('Preferred chat (4 of 4)')
    expect(await again.presses('max', 'Telegram')).toContain('Сохранено.')
    expect(await saved('max')).toMatchObject({ language: 'ru', timeZone: 'Asia/Tokyo', currency: 'EUR' })
    expect(house.telegram.refused).toEqual([])
  })

  it('is a form in the console that comes back with its error and everything typed', async () => {
    const act = async (body: object): Promise<Exchange> => {
      const response = await fetch(`${house.address}/api/people/vera/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: house.address },
        body: JSON.stringify({ key: randomUUID(), ...body }),
      })
      return (await response.json()) as Exchange
    }
    const open = await act({ act: { kind: 'press', command: 'settings-edit', args: {} } })
    expect(open.card?.kind).toBe('form')
    const values = { language: 'ru', timeZone: 'Nowhere/City', currency: 'usd', preferredChat: 'LAST' }
    const wrong = await act({ on: open.id, act: { kind: 'submit', command: 'settings-save', values } })
    const fields = wrong.card?.kind === 'form' ? wrong.card.form.fields : []
    expect(fields.find(({ name }) => name === 'timeZone')?.error).toContain('I do not know this time zone')
    expect(fields.find(({ name }) => name === 'currency')?.value?.value).toBe('usd')
    const right = { ...values, timeZone: 'Asia/Tokyo' }
    const done = await act({ on: open.id, act: { kind: 'submit', command: 'settings-save', values: right } })
    expect(JSON.stringify(done.card)).toContain('Сохранено.')
    expect(await saved('vera')).toEqual({ language: 'ru', timeZone: 'Asia/Tokyo', currency: 'USD' })
  })
})

describe('a Slack channel shared with outsiders', () => {
  it('never shows account data, to a command, a mention or a button', async () => {
    const user = slackId('anna')
    const { slack } = house
    slack.directory.setChannel({ id: 'C0OUT', name: 'with-acme', is_ext_shared: true })
    const before = slack.answersTo(user).length
    await slack.command({ command: '/account', text: 'acme', user, channel: 'C0OUT' })
    await vi.waitFor(() => expect(slack.answersTo(user).length).toBeGreaterThan(before), 20_000)
    const heard = slack
      .answersTo(user)
      .slice(before)
      .map(({ shown }) => shown)
      .join()
    expect(heard).toContain('I do not show account data here')
    expect(heard).not.toMatch(/€|Olga|At risk/)
    // Nothing that anybody else could read was ever posted.
    expect(
      slack.answers.filter(({ visibleTo, channel }) => visibleTo === 'channel' && channel?.startsWith('C')),
    ).toEqual([])
  })
})
