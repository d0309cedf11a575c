// The least that anybody could do for Slack: Bolt over HTTP, a statement, constant blocks.
import { App, HTTPReceiver } from '@slack/bolt'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import { cardBlocks, choiceBlocks, listBlocks } from './blocks.ts'
import { openFloor } from './database.ts'
import { CARD, SEARCH, TODAY } from './sql.ts'
import { approve, logMeeting } from './writes.ts'

type Named = Readonly<{ name: string }>
type Found = Readonly<{ names: readonly Named[]; facts: Named }>
type Pressed = Readonly<{
  user: Readonly<{ id: string; team_id: string }>
  trigger_id: string
  actions: readonly Readonly<{ value: string }>[]
}>

const database = await openFloor()
const receiver = new HTTPReceiver({
  signingSecret: process.env['SLACK_SIGNING_SECRET'] ?? '',
  endpoints: '/slack/events',
})
const app = new App({
  receiver,
  convoStore: false,
  ignoreSelf: false,
  authorize: async () => ({ botId: 'B1', botUserId: 'UBOT' }),
})
const asker = (team: string, user: string) => ['SLACK', team, user] as const

app.command('/account', async ({ command, ack }) => {
  const who = asker(command.team_id, command.user_id)
  const key = nameKey(command.text)
  const card = await database.ask<{ facts: Named }>('card', CARD, [...who, key])
  await ack({ response_type: 'ephemeral', ...cardBlocks(card?.facts.name ?? '') })
})

// What a program would do that searches at once; the program tries the exact name first, and so is this a little less.
app.command('/find', async ({ command, ack }) => {
  const who = asker(command.team_id, command.user_id)
  const found = await database.ask<Found>('search', SEARCH, [...who, nameKey(command.text)])
  // Which of them was meant it does not judge: the card of the most alike, under the names of all.
  const names = found?.names.map(({ name }) => name) ?? []
  await ack({ response_type: 'ephemeral', ...cardBlocks(names.join(', ')) })
})

app.command('/choose', async ({ command, ack }) => {
  const who = asker(command.team_id, command.user_id)
  const found = await database.ask<Found>('search', SEARCH, [...who, nameKey(command.text)])
  await ack({ response_type: 'ephemeral', ...choiceBlocks(found?.names.map(({ name }) => name) ?? []) })
})

app.command('/today', async ({ command, ack }) => {
  await database.ask('today', TODAY, asker(command.team_id, command.user_id))
  await ack({ response_type: 'ephemeral', ...listBlocks('Today') })
})

app.command('/meeting', async ({ command, ack }) => {
  const who = asker(command.team_id, command.user_id)
  const key = nameKey(command.text.split(' yesterday ', 1)[0] ?? '')
  const name = await logMeeting(database, { who, key, update: command.trigger_id, said: command.text })
  await ack({ response_type: 'ephemeral', ...cardBlocks(name) })
})

app.action(/./, async ({ body, ack, respond }) => {
  await ack()
  const { user, actions, trigger_id } = body as unknown as Pressed
  const { args } = JSON.parse(actions[0]?.value ?? '{}') as Readonly<{ args: Readonly<{ id: string }> }>
  const title = await approve(database, {
    who: asker(user.team_id, user.id),
    id: args.id,
    update: trigger_id,
  })
  await respond({ replace_original: true, ...cardBlocks(title) })
})

await app.start(Number(process.env['PORT']))
process.stdout.write(`ready on ${process.env['PORT']}\n`)
