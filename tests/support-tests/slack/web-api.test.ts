import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSlackStandIn, type SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { actions, button, people, rooms, section, silent } from './helpers.ts'

let slack: SlackStandIn
let client: WebClient
let now = 1_800_000_000_000

function clientWith(token: string, timeout = 2000): WebClient {
  const retryConfig = { retries: 0 }
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig,
    rejectRateLimitedCalls: true,
    timeout,
    logger: silent,
  })
}

beforeEach(async () => {
  slack = await startSlackStandIn({ users: people, channels: rooms, now: () => now })
  client = clientWith(slack.identity.botToken)
})

afterEach(() => slack.stop())

const refused = (error: string) => expect.objectContaining({ data: expect.objectContaining({ error }) })

test('a posted message appears to everybody in the channel', async () => {
  const posted = await client.chat.postMessage({
    channel: 'C1',
    text: 'hello',
    blocks: [section('*hi*') as never],
  })
  expect(posted.ok).toBe(true)
  expect(slack.lastAnswer('U2')).toMatchObject({
    via: 'chat.postMessage',
    channel: 'C1',
    visibleTo: 'channel',
    shown: 'hi',
  })
})

test('JSON bodies are understood as well as forms', async () => {
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      authorization: `Bearer ${slack.identity.botToken}`,
    },
    body: JSON.stringify({ channel: 'C1', text: 'json' }),
  })
  expect(await response.json()).toMatchObject({ ok: true, channel: 'C1' })
})

test('tokens are checked', async () => {
  await expect(clientWith('xoxb-wrong').auth.test()).rejects.toEqual(refused('invalid_auth'))
  await expect(clientWith(slack.identity.appToken).auth.test()).rejects.toEqual(
    refused('not_allowed_token_type'),
  )
  await expect(client.auth.test()).resolves.toMatchObject({ team_id: 'T0HOME', user_id: 'U0KAMERTON' })
})

test('unknown things answer with the error strings of Slack', async () => {
  await expect(client.users.info({ user: 'U404' })).rejects.toEqual(refused('user_not_found'))
  await expect(client.users.lookupByEmail({ email: 'no@one' })).rejects.toEqual(refused('users_not_found'))
  await expect(client.conversations.info({ channel: 'C404' })).rejects.toEqual(refused('channel_not_found'))
  await expect(client.chat.postMessage({ channel: 'C3', text: 't' })).rejects.toEqual(
    refused('not_in_channel'),
  )
  await expect(client.apiCall('no.such.method')).rejects.toEqual(refused('unknown_method'))
})

test('an outsider shows neither e-mail nor locale, a colleague shows both when asked', async () => {
  const eve = await client.users.info({ user: 'U9', include_locale: true })
  expect([eve.user?.profile?.email, eve.user?.locale]).toEqual([undefined, undefined])
  const ada = await client.users.info({ user: 'U1', include_locale: true })
  expect([ada.user?.profile?.email, ada.user?.locale]).toEqual(['ada@example.com', 'pl-PL'])
  expect((await client.users.info({ user: 'U1' })).user?.locale).toBeUndefined()
})

test('a user id as channel opens the direct message, which nobody else sees', async () => {
  await client.chat.postMessage({ channel: 'U1', text: 'for you' })
  const opened = await client.conversations.open({ users: 'U1' })
  expect(slack.lastAnswer('U1')?.channel).toBe(opened.channel?.id)
  expect(slack.answersTo('U2')).toEqual([])
})

test('a payload over a limit is refused, recorded and not shown', async () => {
  const blocks = [section('x'.repeat(3001)) as never]
  const error = await client.chat.postMessage({ channel: 'C1', text: 't', blocks }).catch((e: unknown) => e)
  expect(error).toEqual(refused('invalid_blocks'))
  expect(slack.refused).toHaveLength(1)
  expect(slack.answers).toEqual([])
})

test('the text that is too long has its own error', async () => {
  await expect(client.chat.postMessage({ channel: 'C1', text: 'x'.repeat(4001) })).rejects.toEqual(
    refused('msg_too_long'),
  )
})

test('an update changes the message and keeps its blocks unless new ones come', async () => {
  const { ts = '' } = await client.chat.postMessage({
    channel: 'C1',
    text: 'a',
    blocks: [actions(button('Go', 'go')) as never],
  })
  await client.chat.update({ channel: 'C1', ts, text: 'b' })
  expect(slack.lastAnswer()).toMatchObject({ via: 'chat.update', text: 'b', shown: '[Go]', replaces: ts })
  await client.chat.delete({ channel: 'C1', ts })
  await expect(client.chat.update({ channel: 'C1', ts, text: 'c' })).rejects.toEqual(
    refused('message_not_found'),
  )
})

test('an ephemeral message is for one person and out of reach for chat.update', async () => {
  const { message_ts: ts = '' } = await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' })
  expect(slack.lastAnswer('U1')).toMatchObject({ via: 'chat.postEphemeral', visibleTo: 'user' })
  expect(slack.answersTo('U2')).toEqual([])
  await expect(client.chat.update({ channel: 'C1', ts, text: 'c' })).rejects.toEqual(
    refused('message_not_found'),
  )
  const outside = client.chat.postEphemeral({ channel: 'C4', user: 'U2', text: 'psst' })
  await expect(outside).rejects.toEqual(refused('user_not_in_channel'))
})

test('the second message of the same second waits when the limiter is on', async () => {
  slack.limitMessages(true)
  await client.chat.postMessage({ channel: 'C1', text: '1' })
  await expect(client.chat.postMessage({ channel: 'C1', text: '2' })).rejects.toMatchObject({ retryAfter: 1 })
  // The limit is the channel's: another one goes on.
  await client.chat.postMessage({ channel: 'C2', text: 'other channel' })
  expect(slack.problems).toEqual([])
  await client.chat.postMessage({ channel: 'C1', text: 'too soon' }).catch(() => undefined)
  expect(slack.problems).toEqual(['chat.postMessage: called inside the Retry-After window'])
  now += 1001
  await expect(client.chat.postMessage({ channel: 'C1', text: '3' })).resolves.toMatchObject({ ok: true })
})

test('the workspace takes so many messages in any minute, whichever the channels are', async () => {
  await slack.stop()
  const options = { users: people, channels: rooms, now: () => now, messagesPerMinute: 2 }
  slack = await startSlackStandIn(options)
  client = clientWith(slack.identity.botToken)
  const post = (channel: string) => client.chat.postMessage({ channel, text: 'hello' })
  await post('C1')
  now += 20_000
  await post('C2')
  await expect(post('U1')).rejects.toMatchObject({ retryAfter: 40 })
  now += 40_000
  await expect(post('U1')).resolves.toMatchObject({ ok: true })
  await expect(post('C1')).rejects.toMatchObject({ retryAfter: 20 })
})

test('failures can be scripted: 429, an error word, a lost answer', async () => {
  slack.failNext('chat.postMessage', { retryAfter: 30 })
  await expect(client.chat.postMessage({ channel: 'C1', text: '1' })).rejects.toMatchObject({
    retryAfter: 30,
  })
  now += 31_000
  slack.failNext('chat.postMessage', { error: 'internal_error' })
  await expect(client.chat.postMessage({ channel: 'C1', text: '2' })).rejects.toEqual(
    refused('internal_error'),
  )
  expect(slack.answers).toEqual([])
  slack.failNext('chat.postMessage', { hangUp: true, afterDoing: true })
  await expect(client.chat.postMessage({ channel: 'C1', text: '3' })).rejects.toMatchObject({
    code: 'slack_webapi_request_error',
  })
  expect(slack.lastAnswer()?.text).toBe('3')
  expect(slack.calls.map((call) => call.status)).toEqual([429, 200, 0])
})

test('mentions that wake a crowd are counted, escaped ones are not', async () => {
  await client.chat.postMessage({ channel: 'C1', text: '&lt;!channel&gt; <@U1>' })
  expect(slack.mentions).toEqual([])
  await client.chat.postMessage({ channel: 'C1', text: 't', blocks: [section('wake <!here>') as never] })
  expect(slack.mentions.map((mention) => mention.token)).toEqual(['<!here>'])
})

test('a file goes through all three steps of an upload', async () => {
  await client.filesUploadV2({
    channel_id: 'C1',
    file: Buffer.from('a;b'),
    filename: 'deals.csv',
    initial_comment: 'list',
  })
  expect(slack.lastAnswer()).toMatchObject({ via: 'file', channel: 'C1', shown: 'list [file deals.csv]' })
})
