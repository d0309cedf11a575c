import { setTimeout as pause } from 'node:timers/promises'
import { judge } from './judge.ts'
import { ended } from './post-mortem.ts'
import type { Rig } from './rig.ts'
import { live, type Story } from './story.ts'

/** One thing that goes wrong while people go on, and is well again when it resolves. */
export type Trouble = Readonly<{ name: string; strike(rig: Rig): Promise<void> }>

/** People live while something goes wrong; what the judge finds afterwards. */
export async function liveThrough(
  rig: Rig,
  numbers: readonly number[],
  trouble: () => Promise<unknown>,
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<{ stories: readonly Story[]; problems: readonly string[] }>> {
  const server = await rig.start(env)
  const living = numbers.map((number) => live(rig, number))
  for (const one of living) one.catch(() => undefined)
  rig.calm.since = null
  await trouble()
  // What nobody has met by now would be trouble after the end of it.
  rig.slack.clearFaults()
  rig.telegram.clearFaults()
  rig.calm.since = Date.now()
  const stories = await ended(rig, Promise.all(living))
  await server.stop()
  return { stories, problems: await judge(rig, stories) }
}

/** How long somebody waits in Telegram for the card of their account, once. */
export async function waitsInTelegram({ telegram, crowd }: Rig, number: number): Promise<number> {
  const pair = crowd.pairs[number % crowd.pairs.length]
  if (!pair) throw new Error('nobody lives here')
  const started = performance.now()
  telegram.say(
    { id: pair.sellerTelegram, firstName: pair.seller, languageCode: 'en' },
    `/account ${pair.account}`,
  )
  await telegram.waitForMessage(pair.sellerTelegram, ({ text }) => text.includes(pair.account), {
    timeoutMs: 120_000,
  })
  return performance.now() - started
}

/** The same in Slack, until it has an acknowledgement. */
export async function waitsInSlack({ slack, crowd }: Rig, number: number): Promise<number> {
  const pair = crowd.pairs[number % crowd.pairs.length]
  if (!pair) throw new Error('nobody lives here')
  const input = { command: '/account', text: pair.account, user: pair.sellerSlack, channel: 'C1' }
  const { status, ms, body } = await slack.command(input)
  if (status !== 200) throw new Error(`Slack got ${status} ${body}`)
  return ms
}

const during = async (ms: number, begin: () => void, end: () => void): Promise<void> => {
  begin()
  await pause(ms)
  end()
}

/** Whatever may happen on the ways to the platforms and to the database; each is over within seconds. */
export const TROUBLES: readonly Trouble[] = [
  { name: 'Slack is away', strike: ({ ways }) => during(2_000, ways.slack.shut, ways.slack.open) },
  { name: 'Telegram is away', strike: ({ ways }) => during(2_000, ways.telegram.shut, ways.telegram.open) },
  {
    name: 'Slack is slow',
    strike: ({ ways }) =>
      during(
        2_000,
        () => ways.slack.delay(700),
        () => ways.slack.delay(0),
      ),
  },
  {
    name: 'Telegram is slow',
    strike: ({ ways }) =>
      during(
        2_000,
        () => ways.telegram.delay(700),
        () => ways.telegram.delay(0),
      ),
  },
  { name: 'Slack says nothing', strike: ({ ways }) => during(1_500, ways.slack.freeze, ways.slack.thaw) },
  {
    name: 'Telegram says nothing',
    strike: ({ ways }) => during(1_500, ways.telegram.freeze, ways.telegram.thaw),
  },
  {
    name: 'Slack fails in its own house',
    async strike({ slack }) {
      slack.failNext('chat.postMessage', { error: 'internal_error' })
      slack.failNext('chat.update', { error: 'service_unavailable' })
    },
  },
  {
    name: 'Slack wants to hear less',
    async strike({ slack }) {
      slack.failNext('chat.postMessage', { error: 'ratelimited', retryAfter: 1 })
    },
  },
  {
    name: 'Telegram wants to hear less',
    async strike({ telegram }) {
      telegram.failNext('sendMessage', { retryAfter: 1 })
    },
  },
  {
    name: 'a proxy answers instead of Telegram',
    async strike({ telegram }) {
      telegram.failNext('getUpdates', { html: '<html>502</html>', status: 502 })
    },
  },
]

/** Those on the way to PostgreSQL. */
export const DATABASE_TROUBLES: readonly Trouble[] = [
  {
    name: 'the database is away',
    strike: ({ ways }) =>
      during(
        2_000,
        () => ways.database?.shut(),
        () => ways.database?.open(),
      ),
  },
  {
    name: 'the database is slow',
    strike: ({ ways }) =>
      during(
        2_000,
        () => ways.database?.delay(100),
        () => ways.database?.delay(0),
      ),
  },
  {
    name: 'the database says nothing',
    strike: ({ ways }) =>
      during(
        2_000,
        () => ways.database?.freeze(),
        () => ways.database?.thaw(),
      ),
  },
  {
    name: 'the answer to a commit is lost',
    strike: ({ ways }) => {
      let left = 2
      ways.database?.onSent((chunk) =>
        left > 0 && /commit/i.test(chunk.toString('latin1')) && left-- > 0 ? 'cut' : undefined,
      )
      return during(
        3_000,
        () => undefined,
        () => ways.database?.onSent(() => undefined),
      )
    },
  },
]
