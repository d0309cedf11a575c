import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import { figure, rounds } from '../../support/figures.ts'
import { type House, slackId, telegramId } from '../../support/doors.ts'
import { DECISIONS, inSlack, inTelegram, openDirectors, pressInSlack, PRODUCTS, tapIdly } from './house.ts'

let database: Database
let house: House
let asked = 0

beforeAll(async () => ({ database, house } = await openDirectors()))
afterAll(() => house.close())

async function asks() {
  const about = PRODUCTS[asked++] ?? 'none is left'
  const door = house.doors.find(({ name }) => name === 'Slack')
  expect(await door?.says('anna', `/discount Acme 12% ${about} rival`)).toContain('Requested.')
  await house.app.deliverDue()
  const { id } = await database.prisma.discountRequest.findFirstOrThrow({
    where: { productId: about.toLowerCase() },
  })
  return { about, id, data: `discount-approve?id=${id}&s=1.1` }
}

const arrived = () => database.prisma.inboundUpdate.count()

async function arrival(): Promise<void> {
  const before = await arrived()
  await vi.waitUntil(async () => (await arrived()) > before, { timeout: 20_000, interval: 1 })
}

const decisions = (subject: string) =>
  database.prisma.auditEntry.findMany({
    where: { subject, action: { in: ['discount.approve', 'discount.decline'] } },
  })

describe('E-11 a yes in Telegram and a no in Slack at one moment', () => {
  it('have one winner, and every card tells who it was after the next tick', {
    timeout: rounds(60_000, 1_800_000),
  }, async () => {
    const ends = { GRANTED: 0, DECLINED: 0 }
    const times = rounds(3, 20)
    for (let round = 0; round < times; round += 1) {
      const { about, id, data } = await asks()
      const user = slackId('dora')
      await house.slack.press({ label: 'Decline', user })
      await vi.waitUntil(() => JSON.stringify(house.slack.views.top(user)?.view ?? '').includes('Decline'), {
        timeout: 20_000,
        interval: 5,
      })
      const no = () => house.slack.submit(null, { word: { line: 'too early' } }, user)
      const yes = () => tapIdly(house, 'dana', data)
      // In Slack first every other time: then the tap comes when the no has just arrived.
      if (round % 2 === 0) await Promise.all([no(), yes()])
      else await Promise.all([no(), arrival().then(yes)])
      house.slack.views.close(user)
      const { state } = await database.prisma.discountRequest.findUniqueOrThrow({ where: { id } })
      if (state !== 'GRANTED' && state !== 'DECLINED') throw new Error(`it is ${state}`)
      ends[state] += 1
      expect(await decisions(id)).toHaveLength(1)
      await house.app.deliverDue()
      const words = state === 'GRANTED' ? 'Granted by Dana' : 'Declined by Dora'
      for (const { text, buttons } of [inTelegram(house, 'dana', about), inSlack(house, 'dora', about)]) {
        expect(text).toContain(words)
        for (const label of DECISIONS) expect(buttons).not.toContain(label)
      }
    }
    figure(
      'E-11',
      `${times} times at once: ${ends.GRANTED} granted, ${ends.DECLINED} declined, one decision each, both cards true after one tick`,
    )
  })
})

describe('E-06 a card that was copied or passed on', () => {
  it('decides nothing in the hands of whoever got it, and is written down', async () => {
    const { about, id } = await asks()
    const value = { command: 'discount-approve', args: { id, s: '1.1' } }
    // Anna has her own copy of it, and puts what stands behind the button of Dora’s into hers.
    expect(await pressInSlack(house, 'anna', about, value)).toContain('Nobody decides their own request.')
    const refused = await database.prisma.auditEntry.findMany({
      where: { subject: id, action: 'discount.refuse' },
    })
    expect(refused).toMatchObject([{ actorId: 'anna' }])
    expect(await decisions(id)).toEqual([])
  })

  it('decides nothing where it was passed on to: a tap in a group is no tap of ours', async () => {
    const { id, data } = await asks()
    const group = { id: -1007, type: 'supergroup' as const, title: 'Deals' }
    const dana = { id: telegramId('dana'), firstName: 'dana', languageCode: 'en' }
    // What stands there of ours is the word that this is no place for it.
    house.telegram.say(dana, '/approvals', { chat: group })
    const ours = await house.telegram.waitForMessage(group.id)
    const { update, callbackQueryId } = house.telegram.pressData(dana, data, { chat: group })
    await house.telegram.waitForConfirmed(update)
    await vi.waitUntil(
      () => house.telegram.answersToCallbacks.some((one) => JSON.stringify(one).includes(callbackQueryId)),
      { timeout: 20_000, interval: 5 },
    )
    expect(await decisions(id)).toEqual([])
    expect(house.telegram.messages(group.id)).toEqual([ours])
  })
})
