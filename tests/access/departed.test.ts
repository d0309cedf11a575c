import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userCommand } from '../../src/cli/user.ts'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, emailOf, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { rounds } from '../support/figures.ts'
import { type House, linkTelegram, openHouse, slackId, telegramId } from '../support/doors.ts'
import { visibleView } from '../support/slack/visible.ts'
import { stateOf } from './cells.ts'

let database: Database
let house: House
const SECRET = /acme|olga|ken ono|steel|proposal|INV-|1,000/i
const SLACK = slackId('anna')
const TELEGRAM = telegramId('anna')

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  house = await openHouse(database, NOW, { jobs: 'off' })
})
afterEach(() => house.close())

const door = (name: string) => {
  const found = house.doors.find((one) => one.name === name)
  if (!found) throw new Error(`there is no door ${name}`)
  return found
}

const io = { out: () => undefined, err: () => undefined, progress: null, now: () => NOW }
const WAYS: readonly (readonly [string, () => Promise<unknown>])[] = [
  // As an import of users would: the chats are still linked.
  ['by an import', () => database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })],
  [
    'by the administrator',
    () =>
      userCommand(['off', emailOf('anna')], {
        ...io,
        database,
        defaults: { currency: 'EUR', timeZone: 'UTC' },
      }),
  ],
]

const get = (path: string) =>
  fetch(`${house.address}${path}`, { headers: { host: new URL(house.address).host } })

/** Everything that Anna has at hand on the day she leaves. */
async function inHand() {
  await door('Slack').says('anna', '/account Acme Corporation')
  await door('Telegram').says('anna', '/account Acme Corporation')
  await door('the console').says('anna', '/account Acme Corporation')
  await door('the terminal').says('anna', '/account Acme Corporation')
  await door('Slack').says('anna', '/followup Acme tomorrow 10:00 call Olga about steel')
  await house.slack.command({ command: '/meeting', text: '', user: SLACK, channel: 'C1' })
  await vi.waitUntil(() => house.slack.views.top(SLACK), { timeout: 20_000, interval: 5 })
  await house.slack.directMessage(SLACK, 'Acme Corporation')
  await vi.waitUntil(() => house.slack.lastAnswer(SLACK)?.via === 'chat.postMessage', {
    timeout: 20_000,
    interval: 5,
  })
}

describe.each(WAYS.slice(0, rounds(1, 2)))('E-01 somebody who was switched off %s', (_how, off) => {
  it('presses, types, sends and searches in vain, on every way in', async () => {
    await inHand()
    await off()
    const before = await stateOf(database)
    const heard = [
      await door('Slack').presses('anna', 'People'),
      await door('Slack').says('anna', '/account Acme Corporation'),
      await door('Slack').says('anna', 'Acme Corporation'),
      await door('Telegram').presses('anna', 'People'),
      await door('Telegram').says('anna', '/account Acme Corporation'),
      await door('the terminal').presses('anna', 'People'),
      await door('the terminal').says('anna', 'Acme Corporation'),
    ]
    for (const words of heard) expect(words).not.toMatch(SECRET)
    const options = await house.slack.options({ actionId: 'account', value: 'acm', user: SLACK })
    expect(JSON.parse(options.body)).toEqual({ options: [] })
    const sent = await house.slack.submit(
      null,
      { account: { account: 'acme' }, when: { line: 'yesterday' } },
      SLACK,
    )
    expect(visibleView((JSON.parse(sent.body) as { view: unknown }).view)).not.toMatch(SECRET)
    await house.slack.event({ type: 'app_home_opened', user: SLACK, channel: 'D1', tab: 'home' })
    await vi.waitUntil(() => house.slack.views.home(SLACK), { timeout: 20_000, interval: 5 })
    expect(visibleView(house.slack.views.home(SLACK)?.view)).not.toMatch(SECRET)
    expect(await stateOf(database)).toBe(before)
    const refused = await database.prisma.auditEntry.findMany({ where: { action: 'access.refuse' } })
    expect(refused.map(({ channel, subject }) => `${channel} ${subject}`).toSorted()).toEqual([
      'slack account',
      'slack account-people',
      'slack meeting-save',
      'telegram account-people',
      'terminal account-people',
    ])
  })

  it('has no console any more: nothing is answered, offered or streamed', async () => {
    const page = new AbortController()
    const stream = await fetch(`${house.address}/api/stream?as=anna&as=vera`, { signal: page.signal })
    const decoder = new TextDecoder()
    let told = ''
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) told += decoder.decode(chunk, { stream: true })
    })().catch(() => undefined)
    await door('the console').says('anna', '/account Acme Corporation')
    await vi.waitUntil(() => told.includes('Olga'), { timeout: 20_000, interval: 5 })
    await off()
    const before = told.length
    for (const path of ['examples', 'suggest?kind=account&typed=acme'])
      expect((await get(`/api/people/anna/${path}`)).status).toBe(404)
    expect((await get('/api/stream?as=anna')).status).toBe(404)
    expect(JSON.stringify(await (await get('/api/start')).json())).not.toContain('Anna')
    const act = { kind: 'press', command: 'account-people', args: { id: 'acme' } }
    const tried = await fetch(`${house.address}/api/people/anna/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.address },
      body: JSON.stringify({ key: '01930000-0000-7000-8000-000000000001', act }),
    })
    expect([tried.status, await tried.text()]).toEqual([404, 'Nobody here has this name.\n'])
    // What another persona does comes after whatever was to come before.
    await door('the console').says('vera', '/today')
    await vi.waitUntil(() => told.slice(before).includes('vera'), { timeout: 20_000, interval: 5 })
    expect(told.slice(before)).not.toMatch(/"persona":"anna"|olga|steel/i)
    page.abort()
    await reading
  })

  it('gets no reminder that was planned, and no card is kept true for them', async () => {
    await inHand()
    await door('Telegram').says('anna', '/followup Acme tomorrow 11:00 bring steel samples')
    await off()
    const seen = () => [house.slack.answersTo(SLACK).length, house.telegram.messages(TELEGRAM).length]
    const before = seen()
    vi.setSystemTime(NOW.getTime() + 26 * 3_600_000)
    await house.app.deliverDue()
    expect(seen()).toEqual(before)
    const reminders = await database.prisma.notice.findMany({ where: { kind: 'reminder', personId: 'anna' } })
    expect(reminders.length).toBeGreaterThan(1)
    expect(reminders.filter(({ state }) => state === 'SENT')).toEqual([])
  })

  it('answers no question that was open, in Telegram or in the terminal', async () => {
    for (const name of ['Telegram', 'the terminal']) {
      expect(await door(name).says('anna', '/meeting')).toContain('(1 of')
    }
    await off()
    const before = await stateOf(database)
    for (const name of ['Telegram', 'the terminal'])
      expect(await door(name).says('anna', 'Acme Corporation')).not.toMatch(/Choose|\(\d of|olga|steel/i)
    expect(await stateOf(database)).toBe(before)
    expect(await database.prisma.dialogue.count()).toBe(0)
  })
})
