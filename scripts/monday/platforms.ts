// Slack and Telegram as strict stand-ins with their limits switched on, in a process of their own; `startPlatforms()` of
// remote.ts starts it.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startSlackStandIn, visibleText } from '../../tests/support/slack/slack-stand-in.ts'
import { startTelegramStandIn } from '../../tests/support/telegram/telegram-stand-in.ts'
import { type Answered, type Platforms, startAsking } from './asking.ts'
import type { Answer, Call, Order, Remote, Started, Written } from './remote.ts'
import { rosterOf, type Size, type Somebody } from './roster.ts'

/** "Several hundred per minute" in a workspace. */
const SLACK_PER_MINUTE = 300
const NS_PER_MS = 1e6

type Stage = Readonly<{ platforms: Platforms; people: readonly Somebody[] }>

let stage: Stage | null = null
let rest: (() => Promise<readonly Answered[]>) | null = null
const loop = monitorEventLoopDelay({ resolution: 10 })

const remote: Remote = {
  async start(size: Size): Promise<Started> {
    const people = rosterOf(size)
    const users = people.flatMap(({ reached, externalId, email }) =>
      reached === 'SLACK' ? [{ id: externalId, email }] : [],
    )
    const slack = await startSlackStandIn({
      users,
      channels: [{ id: 'C1', name: 'sales' }],
      limitMessages: true,
      messagesPerMinute: SLACK_PER_MINUTE,
    })
    const telegram = await startTelegramStandIn({ rates: true })
    for (const { reached, externalId } of people)
      if (reached === 'TELEGRAM') telegram.meet({ id: Number(externalId), languageCode: 'en' })
    stage = { platforms: { slack, telegram }, people }
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
    staged().platforms.slack.setTarget(`${address}/slack/events`)
  },
  async ask() {
    loop.reset()
    loop.enable()
    rest = startAsking(staged().platforms, staged().people)
  },
  async rest() {
    const answers = (await rest?.()) ?? []
    loop.disable()
    return { answers, loopP99Ms: loop.percentile(99) / NS_PER_MS }
  },
  async written() {
    return writtenOn(staged().platforms)
  },
  async stop() {
    const { slack, telegram } = staged().platforms
    await Promise.all([slack.stop(), telegram.stop()])
  },
}

function staged(): Stage {
  if (!stage) throw new Error('the platforms have not been started')
  return stage
}

const TELEGRAM_MESSAGES = new Set(['sendMessage', 'editMessageText'])
const SLACK_MESSAGES = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update'])

/** Everything that was to be shown to people, also what was refused; Slack's acknowledgements are no calls. */
function writtenOn({ slack, telegram }: Platforms): Written {
  const onTelegram = telegram.calls.flatMap(({ method, params, at, error }): Call[] => {
    if (!TELEGRAM_MESSAGES.has(method)) return []
    const shown = String(params['text']).replaceAll(/<[^>]+>/g, '')
    return [{ reached: 'TELEGRAM', at, chat: String(params['chat_id']), status: error?.code ?? 200, shown }]
  })
  const onSlack = slack.calls.flatMap(({ method, args, at, status, answer }): Call[] => {
    if (!SLACK_MESSAGES.has(method)) return []
    const isTaken = status === 200 && answer['ok'] === true
    const code = isTaken || status !== 200 ? status : 400
    const shown = visibleText(withoutButtons(args['blocks']))
    return [{ reached: 'SLACK', at, chat: String(args['channel']), status: code, shown }]
  })
  return {
    calls: [...onTelegram, ...onSlack],
    problems: [
      ...slack.problems,
      ...telegram.refused.map(({ method, description }) => `${method}: ${description}`),
      ...telegram.rateViolations.map(({ chatId }) => `sendMessage: chat ${chatId} was to be left alone`),
      ...slack.timeouts.map(({ what, ms }) => `${what}: acknowledged after ${Math.round(ms)} ms`),
    ],
  }
}

/** They repeat what the lines say. */
const withoutButtons = (blocks: unknown): unknown[] =>
  Array.isArray(blocks) ? blocks.filter((block: Readonly<{ type?: string }>) => block.type !== 'actions') : []

process.on('message', ({ id, name, args }: Order) => {
  const run = remote[name] as (...args: readonly unknown[]) => Promise<unknown>
  const say = (answer: Answer) => process.send?.(answer)
  run(...args).then(
    (result) => say({ id, result }),
    (error: unknown) => say({ id, error: String(error) }),
  )
})
// Nobody is left to ask.
process.on('disconnect', () => process.exit())
