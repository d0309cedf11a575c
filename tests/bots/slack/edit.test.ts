import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Button, plain, show, type View } from '../../../src/commands/kit/view.ts'
import type { ChatIdentity } from '../../../src/domain/identity/person.ts'
import type { MessagePlace } from '../../../src/domain/notices/cards.ts'
import { brokenCards, cardNotes } from '../../support/card-notes.ts'
import { renderMessage } from '../../../src/bots/slack/render.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { english, openForm, type Stage, startStage, text } from './harness.ts'
import { wanted } from '../../support/wanted.ts'

let stage: Stage
let cards: ReturnType<typeof cardNotes>

beforeEach(async () => {
  cards = cardNotes()
  stage = await startStage({ cards: cards.cards })
})

afterEach(async () => {
  await stage.close()
})

const ada: ChatIdentity = { platform: 'SLACK', workspace: 'T0HOME', externalId: 'U1' }
const approve: Button = { label: plain('Approve'), command: 'settings', args: { id: 'q1' } }
const asked: View = [text('12 % for Acme?'), { kind: 'buttons', buttons: [approve] }]
const outcome: View = [text('Approved by Max & <Dana>')]
const shown = () => stage.slack.lastAnswer('U1')
const updates = () => stage.slack.calls.filter(({ method }) => method === 'chat.update')
const edit = (at: MessagePlace, view = outcome, to = ada) => stage.bot.edit(to, at, english, view)

/** A card that has been in the direct message for so long that no pace remembers it. */
async function pushed(): Promise<MessagePlace> {
  const response = await fetch(`${stage.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${stage.slack.identity.botToken}`,
    },
    body: JSON.stringify({ channel: 'U1', ...renderMessage(asked, speakerFor(english)) }),
  })
  const { channel, ts } = (await response.json()) as { channel: string; ts: string }
  return { chat: channel, message: ts }
}

test('a card becomes its outcome in its place, says everything in its text too, and has no buttons any more', async () => {
  const place = await pushed()
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(shown()).toMatchObject({
    via: 'chat.update',
    replaces: place.message,
    text: 'Approved by Max &amp; &lt;Dana&gt;',
  })
  expect(JSON.stringify(shown()?.blocks)).not.toContain('actions')
  expect(stage.slack.problems).toEqual([])
})

test('an edit done twice is done once', async () => {
  const place = await pushed()
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(stage.slack.answersTo('U1').filter(({ via }) => via === 'chat.postMessage')).toHaveLength(1)
  expect(stage.slack.problems).toEqual([])
})

test('an edit keeps its distance to a message that has just gone out in the same chat', async () => {
  await stage.close()
  stage = await startStage({ standIn: { limitMessages: true } })
  const sent = await stage.bot.push(ada, english, asked, wanted)
  expect(sent.kind === 'sent' && (await edit(sent))).toEqual({ kind: 'done' })
  expect(stage.slack.problems).toEqual([])
})

test('a message that is not there is gone', async () => {
  const { chat } = await pushed()
  expect(await edit({ chat, message: '1.000001' })).toEqual({ kind: 'gone', reason: 'message_not_found' })
  expect(await edit({ chat: 'D404', message: '1.000001' })).toEqual({
    kind: 'gone',
    reason: 'channel_not_found',
  })
})

test.each([
  ['message_not_found', 'gone'],
  ['cant_update_message', 'gone'],
  ['edit_window_closed', 'gone'],
  ['is_archived', 'gone'],
  ['account_inactive', 'gone'],
  ['invalid_blocks', 'gone'],
  ['msg_too_long', 'gone'],
  ['internal_error', 'later'],
  ['fatal_error', 'later'],
  ['service_unavailable', 'later'],
  ['token_revoked', 'later'],
  ['never_heard_of', 'later'],
])('Slack says %s: %s, after one try', async (error, kind) => {
  const place = await pushed()
  stage.slack.failNext('chat.update', { error })
  expect(await edit(place)).toMatchObject({ kind, reason: error })
  expect(updates()).toHaveLength(1)
})

test('B-08 a limit is obeyed by every edit of the workspace, for as long as Slack named; messages go out', async () => {
  const place = await pushed()
  stage.slack.failNext('chat.update', { retryAfter: 30 })
  expect(await edit(place)).toEqual({ kind: 'later', afterMs: 30_000, reason: 'ratelimited' })
  const other = await stage.bot.edit({ ...ada, externalId: 'U2' }, place, english, outcome)
  expect(other.kind === 'later' ? other.afterMs : 0).toBeGreaterThan(25_000)
  expect(updates()).toHaveLength(1)
  expect((await stage.bot.push(ada, english, asked, wanted)).kind).toBe('sent')
  expect(stage.slack.problems).toEqual([])
})

test('when only the answer is lost, it is later: the same again does no harm', async () => {
  const place = await pushed()
  stage.slack.failNext('chat.update', { afterDoing: true, hangUp: true })
  expect(await edit(place)).toMatchObject({ kind: 'later' })
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(shown()?.shown).toBe('Approved by Max & <Dana>')
})

test('somebody of another workspace is gone, and a stopped adapter edits nothing', async () => {
  const place = await pushed()
  expect(await edit(place, outcome, { ...ada, workspace: 'T0OTHER' })).toMatchObject({ kind: 'gone' })
  await stage.bot.stop()
  expect(await edit(place)).toMatchObject({ kind: 'later', reason: 'not running' })
  expect(updates()).toEqual([])
})

test('an answer under way in the direct message goes first', async () => {
  const place = await pushed()
  stage.slack.failNext('chat.postMessage', { delayMs: 200, afterDoing: true })
  stage.dispatcher.script = () => show([text('answer')])
  await stage.slack.directMessage('U1', 'Acme')
  await expect
    .poll(() => stage.slack.calls.filter(({ method }) => method === 'chat.postMessage'))
    .toHaveLength(2)
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(stage.slack.answersTo('U1').at(-1)?.via).toBe('chat.update')
  expect(stage.slack.problems).toEqual([])
})

const about = { subject: 'q1', version: 4 }

test('a card answered in the direct message is noted under its name there', async () => {
  stage.dispatcher.script = () => show(asked, about)
  await stage.slack.directMessage('U1', 'discounts')
  await expect.poll(() => cards.noted).toHaveLength(1)
  expect(cards.noted).toEqual([`U1 D1/${shown()?.ts} shows q1 v4`])
})

test('a card that takes the place of a pushed one is noted there, and can be edited there', async () => {
  const place = await pushed()
  stage.dispatcher.script = () => show([text('approved'), { kind: 'buttons', buttons: [approve] }], about)
  await stage.slack.press({ label: 'Approve', user: 'U1' })
  await expect.poll(() => cards.noted).toEqual([`U1 D1/${place.message} shows q1 v4`])
  expect(await edit(place)).toEqual({ kind: 'done' })
  expect(shown()?.shown).toBe('Approved by Max & <Dana>')
})

test('an answer about nothing in the place of a card is something else', async () => {
  const place = await pushed()
  await stage.slack.press({ label: 'Approve', user: 'U1' })
  await expect.poll(() => cards.noted).toEqual([`U1 D1/${place.message} shows something else`])
})

test('a form opens over the card, which stays what it is', async () => {
  await pushed()
  stage.dispatcher.script = () => openForm()
  await stage.slack.press({ label: 'Approve', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(cards.noted).toEqual([])
})

test('what only the asker sees for the moment cannot be edited later and is not noted, nor what follows a press on it', async () => {
  stage.dispatcher.script = () => show(asked, about)
  await stage.slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' })
  await stage.slack.press({ label: 'Approve', user: 'U1' })
  await expect.poll(() => shown()?.via).toBe('response_url')
  await stage.slack.directMessage('U1', 'now')
  await expect.poll(() => cards.noted).toHaveLength(1)
  expect(cards.noted[0]).toContain('U1 D1/')
})

test('a card that cannot be noted is answered all the same, and the log says so', async () => {
  await stage.close()
  stage = await startStage({ cards: brokenCards })
  stage.dispatcher.script = () => show(asked, about)
  await stage.slack.directMessage('U1', 'discounts')
  await expect.poll(() => shown()?.shown).toContain('12 % for Acme?')
  await expect
    .poll(() => stage.notes.filter(({ level }) => level === 'warn').map(({ line }) => line))
    .toEqual(['a card could not be noted and will not follow its request'])
})
