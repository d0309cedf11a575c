// Slack and Telegram as strict stand-ins with their limits switched on, and everybody who writes there, in a process of
// their own; `startPlatforms()` of orders.ts starts it.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { rosterOf } from '../../../scripts/monday/roster.ts'
import { type SlackStandIn, startSlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { spreadOf } from './figures.ts'
import {
  FIRST_ASKER,
  FLOODER,
  type Flooded,
  type Load,
  type Order,
  PEOPLE,
  type Remote,
  type Told,
} from './orders.ts'
import { isTold, type Side, slackSide, type TelegramSide, telegramSide } from './sides.ts'

const LOOK_EVERY_MS = 50
const NS_PER_MS = 1e6
/** "Several hundred per minute" in a workspace. */
const SLACK_PER_MINUTE = 300

type Stage = Readonly<{
  slack: SlackStandIn
  telegram: TelegramStandIn
  onSlack: Side
  onTelegram: TelegramSide
}>

let stage: Stage | null = null
let messages = 0
const marks: string[] = []

function staged(): Stage {
  if (!stage) throw new Error('the platforms have not been started')
  return stage
}

const everybodyElse = Array.from({ length: PEOPLE }, (_, who) => who).filter(
  (who) => who !== FLOODER && who !== FIRST_ASKER,
)

const accountOf = (side: Side, who: number) => side.people[who]?.account ?? ''

/** Everybody in turn; every third message changes something, the others only ask. */
function writeNext(side: Side, turn: number): Promise<void> {
  const who = everybodyElse[turn % everybodyElse.length] ?? 0
  messages += 1
  if (messages % 3 > 0) return side.write(who, `/account ${accountOf(side, who)}`)
  const mark = `lot k${messages}z`
  marks.push(mark)
  return side.write(who, `/followup ${accountOf(side, who)} tomorrow 10:00 ask about ${mark}`)
}

/** Each message at its time, however late the ones before it are. */
async function paced(perSecond: number, seconds: number, write: (turn: number) => Promise<void>) {
  const underWay: Promise<void>[] = []
  const started = performance.now()
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    const waitMs = started + (turn * 1_000) / perSecond - performance.now()
    if (waitMs > 0) await pause(waitMs)
    underWay.push(write(turn))
  }
  await Promise.all(underWay)
}

const isAnswered = (side: Side) =>
  everybodyElse.every((who) => side.answered(who).length >= (side.taken[who] ?? 0))

async function drained({ onSlack, onTelegram }: Stage, mostMs: number): Promise<number> {
  const started = performance.now()
  const passed = () => performance.now() - started
  while (passed() < mostMs && !(isAnswered(onSlack) && isAnswered(onTelegram))) await pause(LOOK_EVERY_MS)
  return Math.round(passed())
}

const flooded = (side: Side): Flooded => {
  const answers = side.answered(FLOODER)
  const told = answers.filter(isTold).length
  return { sent: side.taken[FLOODER] ?? 0, answers: answers.length - told, told }
}

/** What the person sees last, once it is something new. */
async function changed(last: () => string | undefined): Promise<string> {
  const before = last()
  for (let waitedMs = 0; waitedMs < 10_000 && last() === before; waitedMs += LOOK_EVERY_MS)
    await pause(LOOK_EVERY_MS)
  return last() ?? ''
}

const remote: Remote = {
  async start() {
    const people = rosterOf({ telegram: PEOPLE, slack: PEOPLE, each: 0 })
    const [there, here] = (['TELEGRAM', 'SLACK'] as const).map((where) =>
      people.filter(({ reached }) => reached === where),
    )
    const slack = await startSlackStandIn({
      users: (here ?? []).map(({ externalId, email }) => ({ id: externalId, email })),
      channels: [{ id: 'C1', name: 'sales' }],
      limitMessages: true,
      messagesPerMinute: SLACK_PER_MINUTE,
    })
    const telegram = await startTelegramStandIn({ rates: true, webhookBackoffMs: [100, 500, 1_000] })
    stage = {
      slack,
      telegram,
      onSlack: slackSide(slack, here ?? []),
      onTelegram: telegramSide(telegram, there ?? []),
    }
    const { botToken, signingSecret, teamId } = slack.identity
    return {
      workspace: teamId,
      env: {
        SLACK_BOT_TOKEN: botToken,
        SLACK_SIGNING_SECRET: signingSecret,
        SLACK_API_URL: slack.apiUrl,
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.apiRoot,
      },
    }
  },

  async connect(address) {
    staged().slack.setTarget(`${address}/slack/events`)
  },

  async warm() {
    for (const side of [staged().onSlack, staged().onTelegram])
      for (const line of ['/today', `/account ${accountOf(side, FIRST_ASKER)}`]) {
        const before = side.answered(FIRST_ASKER).length
        await side.write(FIRST_ASKER, line)
        for (
          let waitedMs = 0;
          waitedMs < 10_000 && side.answered(FIRST_ASKER).length === before;
          waitedMs += LOOK_EVERY_MS
        )
          await pause(LOOK_EVERY_MS)
      }
  },

  async load({ slackPerSecond, telegramPerSecond, seconds, mostMs }: Load) {
    const { onSlack, onTelegram } = staged()
    const loop = monitorEventLoopDelay({ resolution: 10 })
    loop.enable()
    const [slackBefore, telegramBefore, since] = [onSlack.acks().length, onTelegram.acks().length, Date.now()]
    await Promise.all([
      paced(slackPerSecond, seconds, (turn) => writeNext(onSlack, turn)),
      paced(telegramPerSecond, seconds, (turn) => writeNext(onTelegram, turn)),
    ])
    const drainedMs = await drained(staged(), mostMs)
    loop.disable()
    return {
      slack: spreadOf(onSlack.acks().slice(slackBefore)),
      telegram: spreadOf(onTelegram.acks().slice(telegramBefore)),
      telegramAnswer: spreadOf(onTelegram.answerMs(since)),
      drainedMs,
      loopP99: Math.round(loop.percentile(99) / NS_PER_MS),
    }
  },

  async flood({ perSecond, seconds }) {
    const { onSlack, onTelegram } = staged()
    await Promise.all(
      [onSlack, onTelegram].map((side) =>
        paced(perSecond, seconds, () => side.write(FLOODER, `/account ${accountOf(side, FLOODER)}`)),
      ),
    )
  },

  async flooded() {
    const { onSlack, onTelegram } = staged()
    return { slack: flooded(onSlack), telegram: flooded(onTelegram) }
  },

  async pressAsFlooder() {
    const { slack, telegram, onSlack, onTelegram } = staged()
    const user = onSlack.people[FLOODER]?.externalId ?? ''
    const id = Number(onTelegram.people[FLOODER]?.externalId)
    await Promise.all([onSlack, onTelegram].map((side) => side.write(FLOODER, '/today')))
    const card = telegram.messages(id).find(({ keyboard }) => keyboard.length > 0)
    const pressed = Promise.all([
      changed(() => slack.answersTo(user).at(-1)?.shown),
      changed(() => card?.text),
    ])
    await slack.press({ label: 'People', user })
    telegram.press(id, 'People', card ? { message: card } : {})
    const [onSlackNow, onTelegramNow] = await pressed
    return { slack: onSlackNow, telegram: onTelegramNow }
  },

  async verdict() {
    const { slack, telegram, onSlack, onTelegram } = staged()
    const differing = (isWrong: (owed: number, given: number) => boolean) =>
      [onSlack, onTelegram].flatMap((side, index) =>
        everybodyElse.flatMap((who) => {
          const [owed, given] = [side.taken[who] ?? 0, side.answered(who).length]
          return isWrong(owed, given)
            ? [`${index === 0 ? 'Slack' : 'Telegram'} ${who}: ${given} of ${owed}`]
            : []
        }),
      )
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
    return {
      taken: sum(onSlack.taken) + sum(onTelegram.taken),
      refused: onSlack.refused(),
      lost: differing((owed, given) => given < owed),
      extra: differing((owed, given) => given > owed),
      marks,
      // Whoever is answered thirty times at once is told to wait by their own chat.
      limited: telegram.calls.filter(
        ({ params, error }) =>
          error?.code === 429 && params['chat_id'] !== onTelegram.people[FLOODER]?.externalId,
      ).length,
      problems: [
        ...telegram.calls.flatMap(({ method, error }) =>
          error && error.code !== 429 ? [`${method}: ${error.description}`] : [],
        ),
        ...slack.problems,
        ...telegram.refused.map(({ method, description }) => `${method}: ${description}`),
        ...telegram.rateViolations.map(({ chatId }) => `sendMessage: chat ${chatId} was to be left alone`),
      ],
    }
  },

  async stop() {
    const { slack, telegram } = staged()
    await Promise.all([slack.stop(), telegram.stop()])
  },
}

process.on('message', ({ id, name, args }: Order) => {
  const run = remote[name] as (...args: readonly unknown[]) => Promise<unknown>
  const say = (told: Told) => process.send?.(told)
  run(...args).then(
    (result) => say({ id, result }),
    (error: unknown) => say({ id, error: String(error) }),
  )
})
// Nobody is left to ask.
process.on('disconnect', () => process.exit())
