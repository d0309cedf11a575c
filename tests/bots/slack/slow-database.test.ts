import { afterEach, expect, it } from 'vitest'
import { SLACK_LIMITS } from '../../../src/bots/slack/limits.ts'
import { type Button, plain, show } from '../../../src/commands/kit/view.ts'
import { figure, rounds } from '../../support/figures.ts'
import { memoryInbox } from '../telegram/stage.ts'
import { gate, openForm, type Stage, startStage, text } from './harness.ts'

const TIMES = rounds(10, 500)
/** What a crowd does at the same moment. */
const AT_ONCE = 20

const stages: Stage[] = []
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()))
})

const deals: Button = { label: plain('Deals'), command: 'account-deals', args: { id: 'a1' } }
const card = () => show([text('card'), { kind: 'buttons', buttons: [deals] }])
const acme = { text: { type: 'plain_text', text: 'Acme' }, value: 'a1' }

/** A database that answers nothing from `close` on until it is opened again. */
async function slowStage() {
  const inbox = memoryInbox()
  let open = gate()
  open.open()
  const slow = <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) => {
    return async (...given: Given): Promise<Result> => {
      await open.opened
      return call(...given)
    }
  }
  const stage = await startStage({
    inbox: { ...inbox, store: slow(inbox.store), keep: slow(inbox.keep), finish: slow(inbox.finish) },
    limits: { ...SLACK_LIMITS, publishEveryMs: 20 },
  })
  stages.push(stage)
  const { slack, dispatcher } = stage
  dispatcher.script = () => card()
  return {
    stage,
    inbox,
    slack,
    dispatcher,
    answers: slow,
    close: () => void (open = gate()),
    open: () => open.open(),
  }
}

type Slow = Awaited<ReturnType<typeof slowStage>>

const KINDS: readonly [
  string,
  (slow: Slow) => Promise<void>,
  (slow: Slow) => Promise<{ status: number; ms: number }>,
][] = [
  [
    'command',
    async () => undefined,
    ({ slack }) => slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' }),
  ],
  [
    'press in a message',
    async ({ slack }) =>
      void (await slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' })),
    ({ slack }) => slack.press({ label: 'Deals', user: 'U1' }),
  ],
  [
    'press on the Home tab',
    async ({ slack }) => {
      await slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })
      await expect.poll(() => slack.views.home('U1')).toBeDefined()
    },
    ({ slack }) => slack.press({ label: 'Your settings', user: 'U1' }),
  ],
  ['form that is sent', openTheForm, sendTheForm],
  [
    'choice that is looked up',
    openTheForm,
    ({ slack }) => slack.options({ actionId: 'account', value: 'A', user: 'U1' }),
  ],
  ['shortcut of another version', async () => undefined, ({ slack }) => slack.shortcut('gone', 'U1')],
]

async function openTheForm({ slack, dispatcher }: Slow): Promise<void> {
  dispatcher.script = () => openForm()
  await slack.command({ command: '/log', text: '', user: 'U1', channel: 'C1' })
  await expect.poll(() => slack.views.top('U1')?.view['callback_id']).toBe('form')
  openedForm = structuredClone(slack.views.top('U1')?.view ?? {})
}

let openedForm: Readonly<Record<string, unknown>> = {}

/** Again and again the same one, as if it were opened anew each time. */
function sendTheForm({ slack }: Slow): Promise<{ status: number; ms: number }> {
  const top = slack.views.top('U1')
  if (!top) throw new Error('no window is open')
  if (top.view['callback_id'] !== 'form') slack.views.update(top, structuredClone(openedForm), '')
  return slack.submit(top.id, { account: acme }, 'U1', { force: true })
}

it('A-01 no acknowledgement waits a second for the database', () => {
  expect(SLACK_LIMITS.answerInMs).toBeLessThan(SLACK_LIMITS.acknowledgeInMs)
  expect(SLACK_LIMITS.acknowledgeInMs).toBeLessThan(1_000)
  expect(SLACK_LIMITS.suggestInMs).toBeLessThan(1_000)
})

it.each(KINDS)(
  'A-01 a %s is acknowledged while the database says nothing, and done when it does',
  async (kind, prepare, act) => {
    const slow = await slowStage()
    const { slack, dispatcher, inbox } = slow
    await prepare(slow)
    await expect.poll(async () => (await inbox.unfinished()).length).toBe(0)
    dispatcher.asked.length = 0
    dispatcher.script = slow.answers(async () => card())
    dispatcher.suggestions = slow.answers(async () => [])
    const acknowledged: number[] = []
    slow.close()
    // All of them have their acknowledgement before the database answers the first.
    for (let sent = 0; sent < TIMES; sent += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, TIMES - sent) }, () => act(slow))
      for (const { status, ms } of await Promise.all(some)) {
        expect(status).toBe(200)
        acknowledged.push(ms)
      }
    }
    slow.open()
    await expect.poll(async () => (await inbox.unfinished()).length, { timeout: 30_000 }).toBe(0)
    await slow.stage.bot.stop()
    expect(slack.hung).toEqual([])
    expect(dispatcher.asked.length).toBe(kind.startsWith('choice') || kind.startsWith('shortcut') ? 0 : TIMES)
    expect(dispatcher.asked.every(({ act: { kind: how }, stored }) => how !== 'press' || stored)).toBe(true)
    expect(dispatcher.asked.filter(({ key }) => inbox.rows.get(key)?.done !== true)).toEqual([])
    figure('A-01', `${kind}: ${TIMES} acknowledged after ${Math.round(Math.max(...acknowledged))} ms at most`)
  },
)
