import { afterEach, describe, expect, test } from 'vitest'
import { createTelegramBot, type TelegramBot } from '../../../src/bots/telegram/adapter.ts'
import type { Inbox } from '../../../src/bots/ports.ts'
import { plain } from '../../../src/commands/kit/view.ts'
import { figure, rounds } from '../../support/figures.ts'
import { ANNA, BORIS, clearStage, echo, memoryInbox, onClear, setStage, type Stage, until } from './stage.ts'

afterEach(clearStage)

const linesHeard = ({ dispatcher }: Stage) =>
  dispatcher.heard.map(({ act }) => (act.kind === 'line' ? act.text : '')).toSorted()
const allDone = ({ inbox }: Stage) => until(() => [...inbox.rows.values()].every(({ done }) => done))

/** One more process with the same database and the same Telegram. */
function another({ parts }: Stage, change: Partial<Stage['parts']> = {}): TelegramBot {
  const bot = createTelegramBot({ ...parts, ...change })
  onClear(() => bot.stop())
  return bot
}

describe('C-01 a process that dies with updates in its hands', () => {
  test.each(['before it stores them', 'after it stored them and before it confirms'])(
    '%s loses none and does none twice',
    async (when) => {
      const stage = await setStage({ start: false })
      const { telegram, inbox } = stage
      const never = new Promise<never>(() => undefined)
      const said: string[] = []
      const deaths = rounds(10, 100)
      for (let death = 0; death < deaths; death += 1) {
        for (const who of [ANNA, BORIS]) {
          said.push(`${who.id} ${death}`)
          telegram.say(who, `${who.id} ${death}`)
        }
        let isReached = false
        const store: Inbox['store'] = async (...given) => {
          if (when.startsWith('after')) await inbox.store(...given)
          isReached = true
          return never
        }
        const dying = another(stage, { inbox: { ...inbox, store }, limits: { stopMs: 1 } })
        await dying.start()
        await until(() => isReached)
        await dying.stop()
      }
      expect(telegram.pendingUpdates).toHaveLength(said.length)
      await another(stage).start()
      await until(() => telegram.pendingUpdates.length === 0)
      await allDone(stage)
      expect(linesHeard(stage)).toEqual(said.toSorted())
      figure('C-01', `${deaths} deaths ${when}: ${said.length} updates, each done once`)
    },
  )
})

test('C-06 whoever stands by confirms nothing, and takes up where the other one leaves off', async () => {
  const stage = await setStage({ start: false })
  const { telegram, bot } = stage
  telegram.failNext('getUpdates', { status: 409, times: 5 })
  const { update } = telegram.say(ANNA, 'hello')
  await bot.start()
  await telegram.waitForConfirmed(update)
  await allDone(stage)
  const asked = telegram.calls.filter(({ method }) => method === 'getUpdates')
  expect(asked.slice(0, 6).map(({ params }) => Number(params['offset']))).toEqual(Array(6).fill(0))
  expect(linesHeard(stage)).toEqual(['hello'])
})

test('C-10 what could not be stored for a long time is all answered once after it, in the order of each chat', async () => {
  const inbox = memoryInbox()
  const stage = await setStage({ webhook: true, inbox })
  const { telegram } = stage
  const people = Array.from({ length: 5 }, (_, index) => ({ ...ANNA, id: 600 + index }))
  inbox.fail.store = 60
  for (let line = 0; line < 4; line += 1) for (const who of people) telegram.say(who, `${who.id} ${line}`)
  await until(() => telegram.pendingUpdates.length === 0)
  await allDone(stage)
  expect(telegram.deliveries.filter(({ status }) => status === 500)).toHaveLength(60)
  for (const { id } of people) {
    const heard = stage.dispatcher.heard.filter(({ chat }) => chat === String(id))
    expect(heard.map(({ act }) => (act.kind === 'line' ? act.text : ''))).toEqual(
      [0, 1, 2, 3].map((line) => `${id} ${line}`),
    )
  }
  figure('C-10', '60 deliveries refused with 500, then 20 updates, each answered once and in order')
})

test('C-12 from polling to a webhook and back, with people writing all the time, nothing is lost or done twice', async () => {
  const stage = await setStage({ webhook: true, start: false })
  const { telegram, parts, bot } = stage
  const { webhook: _webhook, ...polling } = parts.config
  const said: string[] = []
  const write = (count: number) => {
    for (let line = 0; line < count; line += 1) {
      said.push(`line ${said.length}`)
      telegram.say(said.length % 2 === 0 ? ANNA : BORIS, said.at(-1) ?? '')
    }
  }
  for (const process of [another(stage, { config: polling }), bot, another(stage, { config: polling })]) {
    write(20)
    const started = process.start()
    write(20)
    await started
    write(20)
    await process.stop()
    write(20)
  }
  await another(stage, { config: polling }).start()
  await until(() => telegram.pendingUpdates.length === 0)
  await allDone(stage)
  expect(linesHeard(stage)).toEqual(said.toSorted())
  figure('C-12', `${said.length} updates over three changes of the way, each done once`)
})

describe('C-13 after an outage', () => {
  test.each([
    [149, 'is done'],
    [151, 'is lost with Telegram, and the next tap on the same card is answered'],
  ])('of %i seconds a tap that waited %s', async (seconds) => {
    const stage = await setStage({
      script: (invocation) =>
        invocation.act.kind === 'line'
          ? [
              { kind: 'text', text: plain('card') },
              { kind: 'buttons', buttons: [{ label: plain('Open'), command: 'account', args: { id: '1' } }] },
            ]
          : echo(invocation),
    })
    const { telegram, clock, dispatcher } = stage
    telegram.say(ANNA, 'Acme')
    const card = await telegram.waitForMessage(ANNA.id)
    await allDone(stage)
    await stage.bot.stop()
    telegram.press(ANNA, 'Open', { message: card })
    clock.at += seconds * 1_000
    await another(stage).start()
    if (seconds > 150) {
      await until(() => telegram.expiredUpdates.length === 1)
      expect(dispatcher.heard).toHaveLength(1)
      expect(card.text).toBe('card')
      telegram.press(ANNA, 'Open', { message: card })
    }
    await until(() => card.text === 'pressed account {"id":"1"}')
    await allDone(stage)
    expect(dispatcher.heard.filter(({ act }) => act.kind === 'press')).toHaveLength(1)
  })
})
