import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plain, show } from '../../../src/commands/kit/view.ts'
import { gate, type Stage, startStage, text } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const ask = (line: string, input: { user?: string; channel?: string } = {}) =>
  stage.slack.command({ command: '/account', text: line, user: 'U1', channel: 'C1', ...input })

test('an answer that is ready goes back in the acknowledgement, to the asker alone', async () => {
  expect(await ask('Acme')).toMatchObject({ status: 200 })
  expect(stage.slack.lastAnswer('U1')).toMatchObject({
    via: 'ack',
    visibleTo: 'user',
    shown: 'echo /account Acme',
  })
  expect(stage.slack.answersTo('U2')).toEqual([])
  expect(stage.dispatcher.asked[0]).toMatchObject({
    channel: 'slack',
    chat: 'C1',
    audience: 'asker',
    identity: { platform: 'SLACK', workspace: 'T0HOME', externalId: 'U1' },
    act: { kind: 'line', text: '/account Acme' },
  })
  expect(stage.dispatcher.asked[0]?.key).toMatch(/^\d+\.\d+\./)
  expect(stage.slack.problems).toEqual([])
})

test('a slow database does not delay the acknowledgement; the answer follows', async () => {
  await stage.close()
  stage = await startStage({ limits: { answerInMs: 50 } })
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('late card')])
  }
  // The answer is held back until below: had the acknowledgement waited for it, none would come.
  expect(await ask('Acme')).toMatchObject({ status: 200 })
  expect(stage.slack.answersTo('U1')).toMatchObject([{ via: 'ack', visibleTo: 'user' }])
  slow.open()
  await expect
    .poll(() => stage.slack.answersTo('U1'))
    .toMatchObject([{ via: 'ack' }, { via: 'response_url', visibleTo: 'user', shown: 'late card' }])
  expect(stage.slack.hung).toEqual([])
  expect(stage.slack.problems).toEqual([])
})

/** A late answer whose first way out fails. */
async function askWithLateAnswer(line: string, input: { channel?: string } = {}): Promise<void> {
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('late card')])
  }
  await ask(line, input)
  slow.open()
}

test.each([
  ['refuses', { status: 404, body: 'used_url' }],
  ['fails', { status: 500, body: '' }],
  ['hangs up', { hangUp: true }],
])('B-07 when the response_url %s, the answer is posted for the asker alone', async (_how, failure) => {
  stage.slack.failNext('response_url', failure)
  await askWithLateAnswer('Acme')
  await expect
    .poll(() => stage.slack.lastAnswer('U1'))
    .toMatchObject({
      via: 'chat.postEphemeral',
      user: 'U1',
      shown: 'late card',
    })
})

test('B-07 a response_url that never answers is given up', async () => {
  await stage.close()
  stage = await startStage({ limits: { respondInMs: 100 } })
  stage.slack.failNext('response_url', { hangUp: true, delayMs: 60_000 })
  await askWithLateAnswer('Acme')
  await expect.poll(() => stage.slack.lastAnswer('U1')?.via).toBe('chat.postEphemeral')
})

test('B-12 where nothing can be posted either, the answer comes as a direct message', async () => {
  stage.slack.failNext('response_url', { status: 404, body: 'used_url' })
  await askWithLateAnswer('Acme', { channel: 'C4' })
  await expect
    .poll(() => stage.slack.lastAnswer('U1'))
    .toMatchObject({ via: 'chat.postMessage', channel: 'D1' })
})

test('a response_url on a foreign host is never written to', async () => {
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('late card')])
  }
  const fields = { response_url: 'http://127.0.0.1:9/steal' }
  await stage.slack.command({ command: '/account', text: 'x', user: 'U1', channel: 'C1', fields })
  slow.open()
  await expect.poll(() => stage.slack.lastAnswer('U1')?.via).toBe('chat.postEphemeral')
  expect(stage.slack.calls.map(({ method }) => method)).not.toContain('response_url')
})

test('B-08 while told to wait, nothing is posted; then the answer comes', async () => {
  stage.slack.failNext('response_url', { status: 404, body: 'used_url' })
  stage.slack.failNext('chat.postEphemeral', { retryAfter: 1 })
  await askWithLateAnswer('Acme')
  await expect
    .poll(() => stage.slack.lastAnswer('U1'))
    .toMatchObject({ via: 'chat.postEphemeral', shown: 'late card' })
  expect(stage.slack.problems).toEqual([])
})

test('B-08 a channel that is told to wait does not hold up another one', async () => {
  const { slack } = stage
  slack.failNext('chat.postEphemeral', { status: 429, headers: { 'retry-after': '2' }, body: '{"ok":false}' })
  await slack.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: '<@U0KAMERTON> first' })
  await expect.poll(() => slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(1)
  await slack.event({ type: 'app_mention', user: 'U1', channel: 'C2', text: '<@U0KAMERTON> second' })
  await expect.poll(() => slack.answersTo('U1')).toHaveLength(2)
  expect(slack.answersTo('U1')).toMatchObject([
    { channel: 'C2', shown: 'echo second' },
    { channel: 'C1', shown: 'echo first' },
  ])
})

describe('B-13 a channel that is gone, closed or another one', () => {
  test.each(['is_archived', 'channel_not_found', 'not_in_channel', 'user_not_in_channel'])(
    '(%s) is tried once, then the answer goes another way',
    async (error) => {
      stage.slack.failNext('response_url', { status: 404, body: 'used_url' })
      stage.slack.failNext('chat.postEphemeral', { error })
      await askWithLateAnswer('Acme')
      await expect
        .poll(() => stage.slack.lastAnswer('U1'))
        .toMatchObject({ via: 'chat.postMessage', channel: 'D1' })
      expect(stage.slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(1)
    },
  )
})

test('B-07 in the thirty-first minute the address is over, and the answer goes another way', async () => {
  await stage.close()
  let clock = Date.now()
  stage = await startStage({ limits: { answerInMs: 50 }, standIn: { now: () => clock } })
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('late card')])
  }
  await ask('Acme')
  clock += 31 * 60_000
  slow.open()
  await expect
    .poll(() => stage.slack.lastAnswer('U1'))
    .toMatchObject({ via: 'chat.postEphemeral', shown: 'late card' })
  expect(stage.slack.calls.find(({ method }) => method === 'response_url')).toMatchObject({ status: 404 })
})

test('B-11 an error that will stay is not tried again', async () => {
  stage.slack.failNext('response_url', { status: 404, body: 'used_url' })
  stage.slack.failNext('chat.postEphemeral', { error: 'channel_not_found' })
  await askWithLateAnswer('Acme')
  await expect.poll(() => stage.slack.lastAnswer('U1')?.via).toBe('chat.postMessage')
  expect(stage.slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(1)
})

test('B-10 when only the answer of Slack was lost, nothing is shown twice', async () => {
  stage.slack.failNext('response_url', { status: 404, body: 'used_url' })
  stage.slack.failNext('chat.postEphemeral', { status: 500, body: 'oops', afterDoing: true })
  await askWithLateAnswer('Acme')
  await expect.poll(() => stage.notes.map(({ line }) => line)).toContain('Slack did not take a message')
  expect(stage.slack.answersTo('U1').filter(({ shown }) => shown === 'late card')).toHaveLength(1)
})

test('E-15 a channel that outsiders share is told to the dispatcher', async () => {
  await ask('Acme', { channel: 'C2' })
  await ask('Acme', { channel: 'C3' })
  await ask('Acme', { channel: 'C0NOBODYKNOWS' })
  await ask('Acme', { channel: 'D1' })
  expect(stage.dispatcher.asked.map(({ audience }) => audience)).toEqual(Array(4).fill('outsiders'))
})

test('the direct message with the asker is nobody else’s, also for a command', async () => {
  const { id } = stage.slack.directory.directMessage('U1')
  await ask('Acme', { channel: id })
  await ask('Acme', { channel: id, user: 'U2' })
  expect(stage.dispatcher.asked.map(({ audience }) => audience)).toEqual(['asker', 'outsiders'])
})

test('E-15 what is known of a channel is kept for minutes and dropped when its sharing changes', async () => {
  await ask('Acme')
  await ask('Acme')
  const lookUps = () => stage.slack.calls.filter(({ method }) => method === 'conversations.info').length
  expect(lookUps()).toBe(1)
  stage.slack.directory.setChannel({ id: 'C1', is_ext_shared: true })
  await stage.slack.event({ type: 'channel_shared', channel: 'C1', connected_team_id: 'T0OTHER' })
  await ask('Acme')
  expect(lookUps()).toBe(2)
  expect(stage.dispatcher.asked.map(({ audience }) => audience)).toEqual(['asker', 'asker', 'outsiders'])
})

test('E-15 what is known of a channel does not outlive five minutes', async () => {
  await stage.close()
  let time = Date.now()
  stage = await startStage({ now: () => new Date(time), standIn: { signingNow: () => time } })
  await ask('Acme')
  stage.slack.directory.setChannel({ id: 'C1', is_ext_shared: true })
  time += 5 * 60_000 - 1
  await ask('Acme')
  time += 1
  await ask('Acme')
  expect(stage.dispatcher.asked.map(({ audience }) => audience)).toEqual(['asker', 'asker', 'outsiders'])
})

test.each([
  ['a member', 'U1', { kind: 'member', email: 'ada@example.com', emailVerified: true }],
  ['an unconfirmed address', 'U2', { kind: 'member', emailVerified: false }],
  ['a guest', 'U3', { kind: 'guest' }],
  ['a bot', 'U4', { kind: 'bot' }],
  ['somebody who left', 'U5', { kind: 'deactivated' }],
  ['a stranger', 'U9', { kind: 'stranger' }],
])('Slack is asked to introduce %s', async (_who, user, introduction) => {
  stage.dispatcher.script = async ({ introduce }) => {
    if (introduce) stage.dispatcher.introductions.push(await introduce())
    return show([text('ok')])
  }
  await ask('Acme', { user })
  expect(stage.dispatcher.introductions).toMatchObject([introduction])
})

test('names cannot mention, link or format anything, and read as they are written', async () => {
  const names = [
    '<!channel>',
    '<@U1>',
    '&lt;',
    '*_[',
    '*bold*',
    ':smile: _x_',
    'שלום \u202Eabc',
    '😀👩‍👩‍👧',
    '~a~ `b`',
  ]
  stage.dispatcher.script = () =>
    show([
      { kind: 'heading', text: plain('<!here>'), badge: { text: plain('*b*'), tone: 'bad' } },
      { kind: 'fields', fields: names.map((name) => ({ label: plain('Name'), value: plain(name) })) },
      { kind: 'list', items: names.map((name) => ({ text: plain(name) })) },
      { kind: 'note', text: plain(names.join(' ')) },
      {
        kind: 'buttons',
        buttons: names.map((name) => ({ label: plain(name), command: 'account', args: { name } })),
      },
    ])
  await ask('Acme')
  const answer = stage.slack.lastAnswer('U1')
  // All but the sign that would turn the rest of the line around.
  const shown = names.map((name) => name.replace('\u202E', ''))
  for (const name of shown) expect(answer?.shown).toContain(`• ${name}`)
  for (const name of shown) expect(answer?.shown).toContain(`[${name}]`)
  expect(stage.slack.mentions).toEqual([])
  expect(stage.slack.problems).toEqual([])
})

test('what Slack encoded in a line is decoded once', async () => {
  await ask('Johnson &amp; Johnson &amp;lt;')
  expect(stage.dispatcher.asked[0]?.act).toEqual({ kind: 'line', text: '/account Johnson & Johnson &lt;' })
})

test('a command of another workspace gets a sentence and no data', async () => {
  await stage.slack.command({
    command: '/account',
    text: 'Acme',
    user: 'U9',
    channel: 'C2',
    teamId: 'T0OTHER',
  })
  expect(stage.slack.lastAnswer('U9')?.shown).toContain('people of this company only')
  expect(stage.dispatcher.asked).toEqual([])
})

test('whom nobody knows is spoken to as the settings say', async () => {
  await stage.close()
  stage = await startStage({ defaults: { language: 'ru', timeZone: 'Europe/Moscow', currency: 'RUB' } })
  await stage.slack.command({ command: '/account', text: '', user: 'U9', channel: 'C2', teamId: 'T0OTHER' })
  expect(stage.slack.lastAnswer('U9')?.shown).toMatch(/[а-я]/)
})

test('an update that was answered before stays silent', async () => {
  stage.dispatcher.script = () => ({ kind: 'repeat' })
  expect(await ask('Acme')).toMatchObject({ status: 200, body: '' })
  expect(stage.slack.answers).toEqual([])
})

test('a dispatcher that fails all the same is answered for', async () => {
  stage.dispatcher.script = () => {
    throw new Error('xoxb-stand-in is a secret')
  }
  await ask('Acme')
  expect(stage.slack.lastAnswer('U1')?.shown).toContain('Something went wrong on my side')
  expect(stage.notes.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('E-02 what was typed comes back with the word that it failed, as it was typed', async () => {
  stage.dispatcher.script = () => {
    throw new Error('the database is away')
  }
  await ask('Acme <b> & *sons*, said at length')
  expect(stage.slack.lastAnswer('U1')?.shown).toMatch(
    /went wrong[^]*\/account Acme <b> & \*sons\*, said at length$/,
  )
  expect(stage.slack.problems).toEqual([])
})

test.each([
  ['two seconds', 2_000, 'ack'],
  ['three seconds', 3_000, 'response_url'],
])(
  'I-03 an answer to what waited %s for us is shown, though Slack gives up after three',
  async (_, agoMs, via) => {
    await stage.close()
    const time = Math.floor(Date.now() / 1_000) * 1_000
    stage = await startStage({
      now: () => new Date(time + agoMs),
      standIn: { signingNow: () => time },
    })
    await ask('Acme')
    await expect.poll(() => stage.slack.lastAnswer('U1')).toMatchObject({ via, shown: 'echo /account Acme' })
    expect(stage.slack.answersTo('U1')).toHaveLength(1)
  },
)
