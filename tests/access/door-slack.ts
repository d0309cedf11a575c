import { vi } from 'vitest'
import { slackId } from '../support/doors.ts'
import { record, str } from '../support/slack/json.ts'
import { type SlackStandIn, visibleText } from '../support/slack/slack-stand-in.ts'
import { visibleView } from '../support/slack/visible.ts'
import type { Asked, Door } from './doors.ts'

/** Signed requests as Slack sends them, with whatever a manipulated client would put into a button or a window. */
export function slackDoor(slack: SlackStandIn): Door {
  const { teamId, teamDomain, appId, verificationToken } = slack.identity
  let count = 0
  const teamOf = (user: string) => slack.directory.teamOf(user)
  const base = (type: string, user: string) => ({
    type,
    token: verificationToken,
    api_app_id: appId,
    team: { id: teamId, domain: teamDomain },
    user: { id: user, username: user, name: user, team_id: teamOf(user) },
    trigger_id: slack.issueTrigger(user),
  })
  const post = (payload: object) =>
    slack.post(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
      contentType: 'application/x-www-form-urlencoded',
    })
  /** What appears on this person’s screen after the act. */
  const seen = async (user: string, act: () => Promise<unknown>) => {
    const before = slack.answers.length
    await act()
    const mine = () => slack.answers.slice(before).filter((answer) => answer.user === user || !answer.user)
    await vi.waitUntil(() => mine().length > 0, { timeout: 10_000, interval: 1 })
    return mine()
      .map(({ shown }) => shown)
      .join('\n')
  }
  const press = (user: string, command: string, args: object) =>
    seen(user, () =>
      post({
        ...base('block_actions', user),
        container: { type: 'message', message_ts: '1764000000.000100', channel_id: 'C1', is_ephemeral: true },
        channel: { id: 'C1', name: 'sales' },
        actions: [
          {
            type: 'button',
            action_id: `a${(count += 1)}`,
            block_id: 'b',
            value: JSON.stringify({ command, args }),
            action_ts: `1764000000.${count}`,
          },
        ],
      }),
    )
  const submit = async (user: string, command: string, hidden: object) => {
    const view = {
      id: 'V1',
      hash: 'h',
      type: 'modal',
      callback_id: 'form',
      state: { values: {} },
      blocks: [],
    }
    const { status, body } = await post({
      ...base('view_submission', user),
      view: { ...view, private_metadata: JSON.stringify({ command, hidden }) },
      response_urls: [],
    })
    return status === 200 ? submitted(body) : `HTTP ${status}`
  }
  return {
    name: 'Slack',
    async tries(person, asked: Asked) {
      const user = slackId(person)
      if ('press' in asked) return press(user, asked.command, asked.press)
      if ('form' in asked) return submit(user, asked.command, asked.form)
      const [, command, text = ''] = /^(\/\S+)\s*(.*)$/s.exec(asked.line) ?? []
      return seen(user, () =>
        command
          ? slack.command({ command, text, user, channel: 'C1', teamId: teamOf(user) })
          : slack.directMessage(user, asked.line),
      )
    },
  }
}

function submitted(body: string): string {
  const answer = record(body === '' ? {} : JSON.parse(body))
  if (answer['response_action'] === 'errors')
    return Object.values(record(answer['errors'])).map(String).join('\n')
  const view = record(answer['view'])
  return visibleView(view) || visibleText(view['blocks']) || str(answer['response_action'])
}
