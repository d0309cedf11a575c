import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import type { Json } from '../../support/slack/json.ts'
import { actions, button, input, modal, section, silent, textField } from './helpers.ts'

interface Seen {
  what: string
  body: Json
}

/** A small app on the real Bolt, so the stand-in is measured against the code it must convince. */
function wire(app: App, seen: Seen[]): void {
  const note = (what: string, body: unknown) => seen.push({ what, body: body as Json })
  app.command('/deal', async ({ ack, body, client }) => {
    note('command', body)
    if (body.text === 'modal') {
      await client.views.open({ trigger_id: body.trigger_id, view: formView() as never })
      return ack()
    }
    await ack({
      text: `got ${body.text.length}`,
      blocks: [section('choose'), actions(button('Approve', 'yes'))] as never,
    })
  })
  app.command('/plain', async ({ ack }) => ack('just text'))
  app.action('yes', async ({ ack, body, respond }) => {
    note('action', body)
    await ack()
    await respond({ text: 'approved', replace_original: true })
  })
  app.action('stay', async ({ ack, body, client }) => {
    note('action', body)
    await ack()
    const pushed = 'trigger_id' in body ? body.trigger_id : ''
    await client.views.push({ trigger_id: pushed, view: formView() as never })
  })
  app.options('who', async ({ ack, payload }) => {
    await ack({ options: [{ text: { type: 'plain_text', text: payload.value }, value: 'x' }] })
  })
  app.view('deal', async ({ ack, body, view }) => {
    note('view', body)
    const amount = view.state.values['amount']?.['amount']?.value ?? ''
    await (amount === '0'
      ? ack({ response_action: 'errors', errors: { amount: 'must be above zero' } })
      : ack())
  })
  app.event('app_mention', async ({ body, context }) => {
    note(`event retry ${String(context['retryNum'])}`, body)
  })
  app.message(async ({ body }) => {
    note('message', body)
  })
}

function formView(): Json {
  const who = { type: 'external_select', action_id: 'who', min_query_length: 1 }
  return modal([
    input('amount', textField('amount')),
    input('who', who, { optional: true }),
    actions(button('More', 'stay')),
  ])
}

export interface TestApp {
  seen: Seen[]
  stop: () => Promise<void>
}

const authorization = { botId: 'B0KAMERTON', botUserId: 'U0KAMERTON', botToken: 'xoxb-stand-in' }

export async function startHttpApp(slack: SlackStandIn): Promise<TestApp> {
  const seen: Seen[] = []
  const receiver = new HTTPReceiver({ signingSecret: slack.identity.signingSecret, logger: silent })
  const app = new App({ receiver, authorize: async () => authorization, ...common(slack) })
  wire(app, seen)
  const server = await receiver.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  slack.setTarget(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/slack/events`)
  return { seen, stop: async () => void (await app.stop()) }
}

export async function startSocketApp(slack: SlackStandIn): Promise<TestApp> {
  const seen: Seen[] = []
  const receiver = new SocketModeReceiver({
    appToken: slack.identity.appToken,
    clientPingTimeout: 300,
    logger: silent,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  })
  const app = new App({ receiver, authorize: async () => authorization, ...common(slack) })
  wire(app, seen)
  await app.start()
  return {
    seen,
    stop: async () => {
      await receiver.client.disconnect()
    },
  }
}

function common(slack: SlackStandIn) {
  return { clientOptions: { slackApiUrl: slack.apiUrl }, logger: silent }
}
