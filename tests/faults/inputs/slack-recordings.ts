import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { plain, show } from '../../../src/commands/kit/view.ts'
import { openForm, type Stage, startStage, text } from '../../bots/slack/harness.ts'

/** A request as Slack sent it. Forms keep their fields, and what they carry as JSON is read. */
export type Recording = Readonly<
  { kind: 'json'; body: unknown } | { kind: 'form'; fields: Record<string, unknown> }
>

/** Everything that people and the workspace do, once, as it came in. */
export async function recordings(): Promise<readonly Recording[]> {
  const stage = await startStage()
  const found: Recording[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => found.push(readRecording(Buffer.concat(chunks).toString())))
    void stage.bot.handleRequest(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stage.slack.setTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
  await everythingOnce(stage)
  await stage.close()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return found
}

function readRecording(body: string): Recording {
  if (body.startsWith('{')) return { kind: 'json', body: JSON.parse(body) as unknown }
  const fields: Record<string, unknown> = Object.fromEntries(new URLSearchParams(body))
  if (typeof fields['payload'] === 'string') fields['payload'] = JSON.parse(fields['payload']) as unknown
  return { kind: 'form', fields }
}

async function everythingOnce({ slack, dispatcher }: Stage): Promise<void> {
  const top = async () => {
    while (slack.views.top('U1')?.view['callback_id'] !== 'form') await new Promise(setImmediate)
    return slack.views.top('U1')?.view
  }
  dispatcher.script = () =>
    show([
      text('card'),
      { kind: 'buttons', buttons: [{ label: plain('Deals'), command: 'account-deals', args: { id: 'a1' } }] },
    ])
  await slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' })
  await slack.press({ label: 'Deals', user: 'U1' })
  dispatcher.script = () => openForm()
  await slack.command({ command: '/log', text: '', user: 'U1', channel: 'C1' })
  await top()
  await slack.options({ actionId: 'account', value: 'acm', user: 'U1' })
  const acme = { text: { type: 'plain_text', text: 'Acme' }, value: 'a1' }
  await slack.submit(await top(), { account: { account: acme }, note: { line: 'fine' } }, 'U1')
  dispatcher.script = () => show([text('heard')])
  await slack.directMessage('U1', 'Acme')
  await slack.event({
    type: 'app_mention',
    user: 'U1',
    channel: 'C1',
    text: '<@U0KAMERTON> Acme',
    team: 'T0HOME',
  })
  await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' })
  await slack.event({
    type: 'user_change',
    user: { id: 'U2', team_id: 'T0HOME', deleted: true, profile: { email: 'bob@example.com' } },
  })
  await slack.event({
    type: 'team_join',
    user: { id: 'U3', team_id: 'T0HOME', is_restricted: true, profile: {} },
  })
  await slack.event({ type: 'channel_shared', channel: 'C1', event_ts: '1.1' })
  await slack.event({ type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C9' })
  await slack.event({
    type: 'message',
    subtype: 'message_changed',
    channel: 'D1',
    channel_type: 'im',
    message: {
      type: 'message',
      user: 'U1',
      ts: '1763900000.000100',
      text: 'Acme met',
      edited: { user: 'U1', ts: '1763900001.000000' },
    },
    previous_message: { type: 'message', user: 'U1', ts: '1763900000.000100', text: 'Acme' },
  })
  await slack.shortcut('unknown', 'U1')
}
