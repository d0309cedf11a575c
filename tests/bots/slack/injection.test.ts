import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formModal } from '../../../src/bots/slack/form.ts'
import { renderMessage } from '../../../src/bots/slack/render.ts'
import { cardModal, homeView } from '../../../src/bots/slack/windows.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { plain, say, show, type View } from '../../../src/commands/kit/view.ts'
import { figure } from '../../support/figures.ts'
import { crowdMentions } from '../../support/slack/mrkdwn.ts'
import { blockKitProblems, visibleText } from '../../support/slack/slack-stand-in.ts'
import { english, openForm, type Stage, startStage } from './harness.ts'

const speak = speakerFor(english)

/** Everything that Slack makes something of in mrkdwn, also half written, escaped twice and in capitals. */
const TOKENS = [
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<!here|here>',
  '<!CHANNEL>',
  '<!subteam^S123>',
  '<!subteam^S123|@team>',
  '<@U1>',
  '<@U1|ada>',
  '<@W1>',
  '<#C1>',
  '<#C1|sales>',
  '<#C1|>',
  '<https://evil.example|https://good.example>',
  '<https://evil.example>',
  '<mailto:a@evil.example|write>',
  '<tel:1|1>',
  '<!date^1392734382^{date_short_pretty} {time}|x>',
  '<!date^1392734382^{date}^https://evil.example|x>',
  '&lt;!channel&gt;',
  '&amp;lt;!here&amp;gt;',
  '<<!channel>>',
  '<!chan<!here>nel>',
  '@channel',
  '@here',
  '#general',
  'https://evil.example/x',
]

/** The token in every place of every block that words of a person may stand in. */
const everywhere = (token: string): View => {
  const text = plain(token)
  const line = { text, tone: 'bad' as const }
  return [
    { kind: 'heading', text, badge: line },
    { kind: 'text', text },
    { kind: 'text', text: say('account.notFound', { name: text }), tone: 'warn' },
    {
      kind: 'fields',
      title: text,
      fields: [
        { label: text, value: text },
        { label: text, value: text, tone: 'good' },
      ],
    },
    { kind: 'list', title: text, items: [{ text }, line] },
    { kind: 'table', title: text, columns: [{ label: text }, { label: text }], rows: [[text, text]] },
    { kind: 'note', text },
    { kind: 'buttons', buttons: [{ label: text, command: 'account', args: { id: token, name: token } }] },
  ]
}

type Shown = Readonly<{ type?: unknown; text?: unknown; verbatim?: unknown }>

/** Every text that Slack reads marks in, wherever it stands. */
function mrkdwnIn(value: unknown): Shown[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && value.type === 'mrkdwn' ? [value as Shown] : []
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)]
}

describe('H-02 a token of Slack in the words of a person', () => {
  test.each(TOKENS)('%s is shown to the letter and calls nobody, in every place there is', (token) => {
    const view = everywhere(token)
    const { text, blocks } = renderMessage(view, speak)
    const known = { value: token, label: plain(token) }
    const form = openForm({
      values: { account: known, note: known, mood: known },
      errors: { account: plain(token), note: plain(token) },
    })
    const window = form.kind === 'form' ? formModal(form.form, speak) : {}
    for (const [kind, payload] of [
      ['message', { text, blocks }],
      ['modal', cardModal(view, speak)],
      ['home', homeView(view, speak)],
    ] as const) {
      expect(blockKitProblems(kind, { ...payload })).toEqual([])
      expect(crowdMentions(payload, kind)).toEqual([])
      for (const shown of mrkdwnIn(payload)) {
        expect(shown.text).not.toMatch(/<[@#!]|<\w+:/)
        expect(shown.verbatim).toBe(true)
      }
    }
    // What stands in a field or a menu is data, and all other words of a form are without marks.
    expect(blockKitProblems('modal', { ...window })).toEqual([])
    expect(mrkdwnIn(window)).toEqual([])
    expect(text).not.toContain('<')
    // Heading, badge, two texts, seven of fields, three of a list, five of a table, a note, and a button.
    expect(visibleText(blocks).split(token).length).toBeGreaterThan(18)
  })

  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
  })
  afterEach(() => stage.close())

  test('calls nobody either when it is really sent: in answers, in windows and in direct messages', async () => {
    for (const token of TOKENS) {
      stage.dispatcher.script = () => show(everywhere(token))
      await stage.slack.command({ command: '/account', text: token, user: 'U1', channel: 'C1' })
      const before = stage.slack.answersTo('U1').length
      await stage.slack.directMessage('U1', token)
      await expect.poll(() => stage.slack.answersTo('U1').length).toBeGreaterThan(before)
    }
    expect(stage.slack.mentions).toEqual([])
    expect(stage.slack.refused).toEqual([])
    expect(stage.slack.problems).toEqual([])
    figure(
      'H-02',
      `${TOKENS.length} tokens in 20 places of messages, windows, Home and forms: 0 mentions, 0 links`,
    )
  })
})
