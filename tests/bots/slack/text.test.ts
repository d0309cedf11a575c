import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { callError } from '../../../src/bots/slack/errors.ts'
import { journalLogger, scrubbed } from '../../../src/bots/slack/journal-logger.ts'
import { createResponder } from '../../../src/bots/slack/responder.ts'
import { asTyped, cut, holdsMarks, joinLines, lengthOf } from '../../../src/bots/slack/text.ts'
import { type Noted, notingJournal } from './harness.ts'

test('length is counted in code points, and no emoji is cut in half', () => {
  expect(lengthOf('a😀б')).toBe(3)
  expect(cut('😀😀😀', 3)).toBe('😀😀😀')
  expect(cut('😀😀😀😀', 3)).toBe('😀😀…')
})

test.each([
  ['<@U1> and <@U1|ada>', '@U1 and @ada'],
  ['<#C1|sales> <#C2>', '#sales #C2'],
  ['<https://a.example|a.example> <https://b.example>', 'a.example https://b.example'],
  ['<mailto:a@b.example|a@b.example> <tel:123|123>', 'a@b.example 123'],
  ['<!here> <!subteam^S1|@team>', '@here @team'],
  ['A &amp; B &lt;C&gt;', 'A & B <C>'],
  ['&amp;lt;', '&lt;'],
])('%s was typed as %s', (sent, typed) => {
  expect(asTyped(sent)).toBe(typed)
})

test.each([['*a*'], ['a_b'], ['~'], ['`'], [':tada:'], ['> quote'], ['a\n> quote']])(
  '%s holds a mark',
  (text) => {
    expect(holdsMarks(text)).toBe(true)
  },
)

test.each([['Acme & Sons'], ['10:30'], ['a: b'], ['5 > 3'], ['Ромашка (ООО)']])('%s holds none', (text) => {
  expect(holdsMarks(text)).toBe(false)
})

test('lines are kept whole, up to the limit in characters and in bytes', () => {
  expect(joinLines(['ab', 'cd'], { chars: 5 })).toEqual(['ab\ncd', 0])
  expect(joinLines(['ab', 'cd'], { chars: 4 })).toEqual(['ab', 1])
  expect(joinLines(['я', 'я'], { chars: 10, bytes: 5 })).toEqual(['я\nя', 0])
  expect(joinLines(['я', 'я'], { chars: 10, bytes: 4 })).toEqual(['я', 1])
})

test('tokens and one-time addresses do not get into the journal', () => {
  const secret = 'xoxb-12-AbC xapp-1-A0-9 wss://x/link/?ticket=abc-1 https://hooks.slack.com/commands/T0/1/x'
  expect(scrubbed(secret)).toBe('[removed] [removed] wss://x/link/?[removed] [removed]')
  const notes: Noted[] = []
  const logger = journalLogger(notingJournal(notes))
  logger.debug('body')
  logger.info('xoxb-1', 2)
  logger.warn('w')
  logger.error(new Error('xapp-1'))
  expect(notes.map(({ level, line }) => [level, line])).toEqual([
    ['info', '[removed] 2'],
    ['warn', 'w'],
    ['error', 'Error: [removed]'],
  ])
})

const message = { text: 'x', blocks: [] }

test.each([
  ['another host', 'https://evil.example/x', 'https://slack.com/api/'],
  [
    'a host that only begins like Slack’s',
    'https://hooks.slack.com.evil.example/x',
    'https://slack.com/api/',
  ],
  ['Slack without encryption', 'http://hooks.slack.com/x', 'https://slack.com/api/'],
  ['Slack’s own API host', 'https://slack.com/x', 'https://slack.com/api/'],
  ['another port of the gateway', 'http://127.0.0.1:1/x', 'http://127.0.0.1:2/api/'],
  ['what is no address', 'nonsense', 'https://slack.com/api/'],
  ['nothing', '', 'https://slack.com/api/'],
])('H-10 a response_url with %s is not written to', async (_what, url, apiUrl) => {
  expect(await createResponder(url, apiUrl, 1_000).respond(message, { replace: false })).toBe(false)
})

test.each([[`invalid_auth xoxb-1`], ['<html>xoxb-1</html>'], [undefined]])(
  'an answer that is none of Slack’s codes (%s) is none at all',
  (error) => {
    const thrown = new webApi.WebAPIPlatformError({ ok: false, error } as ConstructorParameters<
      typeof webApi.WebAPIPlatformError
    >[0])
    expect(callError('chat.postMessage', thrown)).toMatchObject({
      message: 'Slack chat.postMessage: no_answer',
      failure: 'unclear',
    })
  },
)

test('what is thrown by no call of Slack becomes an error without details', () => {
  expect(callError('users.info', new Error('xoxb-secret'))).toMatchObject({
    message: 'Slack users.info: Error',
    failure: 'unclear',
  })
})
