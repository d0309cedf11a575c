import { FLOODER } from './orders.ts'
import type { Somebody } from '../../../scripts/monday/roster.ts'
import type { SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import type { TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'

const SLOW_DOWN = 'more than I can keep up with'
const WORKING = 'One moment'

/** One platform with those who write there, and what they are owed. */
export type Side = Readonly<{
  /** Resolves when the platform knows what became of it. */
  write(who: number, line: string): Promise<void>
  people: readonly Somebody[]
  /** Of each person, how many messages were taken, and how many answered. */
  taken: readonly number[]
  answered(who: number): readonly string[]
  refused(): number
  /** Milliseconds of everything that was acknowledged so far, but for the flood. */
  acks(): readonly number[]
}>

export const isTold = (answer: string): boolean => answer.includes(SLOW_DOWN)

export function slackSide(slack: SlackStandIn, people: readonly Somebody[]): Side {
  const taken = people.map(() => 0)
  const acks: number[] = []
  const indexOf = new Map(people.map(({ externalId }, index) => [externalId, index]))
  const answers: string[][] = people.map(() => [])
  let refused = 0
  let read = 0
  const readOn = () => {
    for (; read < slack.answers.length; read += 1) {
      const answer = slack.answers[read]
      const who = indexOf.get(answer?.user ?? '')
      if (answer && who !== undefined && !answer.shown.includes(WORKING)) answers[who]?.push(answer.shown)
    }
  }
  return {
    taken,
    people,
    async write(who, line) {
      const [command = '', ...words] = line.split(' ')
      const user = people[who]?.externalId ?? ''
      const { status, ms } = await slack.command({ command, text: words.join(' '), user, channel: 'C1' })
      if (status !== 200) refused += 1
      else {
        taken[who] = (taken[who] ?? 0) + 1
        if (who !== FLOODER) acks.push(ms)
      }
    },
    answered(who) {
      readOn()
      return answers[who] ?? []
    },
    refused: () => refused,
    acks: () => acks,
  }
}

/** Telegram keeps what is not taken and brings it again, so nothing is refused. */
export type TelegramSide = Side &
  Readonly<{
    /** From each message to its answer, of those sent since then. */
    answerMs(since: number): readonly number[]
  }>

export function telegramSide(telegram: TelegramStandIn, people: readonly Somebody[]): TelegramSide {
  const taken = people.map(() => 0)
  const said: number[][] = people.map(() => [])
  const ofFlood = new Set<number>()
  const idOf = (who: number) => Number(people[who]?.externalId)
  return {
    taken,
    people,
    async write(who, line) {
      taken[who] = (taken[who] ?? 0) + 1
      said[who]?.push(Date.now())
      const { update } = telegram.say({ id: idOf(who), languageCode: 'en' }, line)
      if (who === FLOODER) ofFlood.add(update.update_id)
    },
    answered: (who) => telegram.messages(idOf(who)).map(({ text }) => text),
    refused: () => 0,
    acks: () =>
      telegram.deliveries.flatMap(({ status, ms, updateId }) =>
        status === 200 && !ofFlood.has(updateId) ? [ms] : [],
      ),
    answerMs(since) {
      const sent = Map.groupBy(
        telegram.calls.filter(({ method, error }) => method === 'sendMessage' && !error),
        ({ params }) => Number(params['chat_id']),
      )
      return said.flatMap((times, who) =>
        times.flatMap((at, index) => {
          const answer = sent.get(idOf(who))?.[index]
          return who !== FLOODER && at >= since && answer ? [answer.at - at] : []
        }),
      )
    },
  }
}
