import { setTimeout as pause } from 'node:timers/promises'
import type { SlackStandIn } from '../../tests/support/slack/slack-stand-in.ts'
import type { TelegramStandIn } from '../../tests/support/telegram/telegram-stand-in.ts'
import type { Reached, Somebody } from './roster.ts'

/** `ms`: from the request to the answer on the screen; null when none came. `at`: milliseconds since 1970. */
export type Answered = Readonly<{
  reached: Reached
  command: '/account' | '/today'
  at: number
  ms: number | null
}>

export type Platforms = Readonly<{ slack: SlackStandIn; telegram: TelegramStandIn }>

const EVERY_MS = 500
const LONGEST_MS = 10_000
const LOOK_EVERY_MS = 5
/** The golden section spreads the turns over everybody, and never in step with those whose reminders go out. */
const SPREAD = 0.618_033_988_749_895
const CHANNEL = 'C1'

/**
 * Twice a second on each platform somebody else asks, whether or not the last one has been answered: what is slow must
 * not slow down the questions.
 */
export function startAsking(platforms: Platforms, people: readonly Somebody[]) {
  const underWay: Promise<Answered>[] = []
  const groups = [...Map.groupBy(people, ({ reached }) => reached).values()]
  let turn = 0
  const timer = setInterval(() => {
    turn += 1
    for (const group of groups) {
      const who = group[Math.floor(((turn * SPREAD) % 1) * group.length)]
      if (who) underWay.push(ask(platforms, who, turn % 2 === 0 ? '/account' : '/today'))
    }
  }, EVERY_MS)
  return async (): Promise<readonly Answered[]> => {
    clearInterval(timer)
    return Promise.all(underWay)
  }
}

async function ask(platforms: Platforms, who: Somebody, command: Answered['command']): Promise<Answered> {
  const line = command === '/account' ? `${command} ${who.account}` : command
  const heading = command === '/account' ? who.account : 'Your day'
  const isAnswer = (shown: string) => firstLine(shown).includes(heading)
  const [at, asked] = [Date.now(), performance.now()]
  const isShown = await (who.reached === 'SLACK' ? askSlack : askTelegram)(platforms, who, line, isAnswer)
  return { reached: who.reached, command, at, ms: isShown ? performance.now() - asked : null }
}

const firstLine = (shown: string): string => shown.trim().split('\n', 1)[0] ?? ''

type Ask = (
  platforms: Platforms,
  who: Somebody,
  line: string,
  isAnswer: (shown: string) => boolean,
) => Promise<boolean>

/** The answer is in the acknowledgement, or comes by the response_url. */
const askSlack: Ask = async ({ slack }, { externalId: user }, line, isAnswer) => {
  const [command = '', ...words] = line.split(' ')
  const before = slack.answers.length
  const until = performance.now() + LONGEST_MS
  await slack.command({ command, text: words.join(' '), user, channel: CHANNEL })
  while (performance.now() < until) {
    if (slack.answers.slice(before).some((one) => one.user === user && isAnswer(one.shown))) return true
    await pause(LOOK_EVERY_MS)
  }
  return false
}

const askTelegram: Ask = async ({ telegram }, { externalId }, line, isAnswer) => {
  const id = Number(externalId)
  telegram.say({ id, firstName: externalId, languageCode: 'en' }, line)
  return telegram
    .waitForMessage(id, ({ text }) => isAnswer(text), { timeoutMs: LONGEST_MS })
    .then(() => true)
    .catch(() => false)
}
