import { at, textAt } from '../json.ts'

/** What makes each kind of update another one than the next: Slack names events by id, and acts of people by their trigger. */

export const commandKey = (payload: unknown): string => textAt(payload, 'trigger_id')

export const pressKey = (payload: unknown): string =>
  `${textAt(payload, 'trigger_id')}.${textAt(payload, 'actions', 0, 'action_ts')}`

export const submissionKey = (payload: unknown): string =>
  textAt(payload, 'trigger_id') || `${textAt(payload, 'view', 'id')}.${textAt(payload, 'view', 'hash')}`

export const eventKey = (payload: unknown): string => textAt(payload, 'event_id')

/** The key of any of them; empty for what is of no kind that is kept. */
export function keyOf(body: unknown): string {
  if (typeof at(body, 'command') === 'string') return commandKey(body)
  switch (at(body, 'type')) {
    case 'block_actions':
      return pressKey(body)
    case 'view_submission':
      return submissionKey(body)
    case 'event_callback':
      return eventKey(body)
    default:
      return ''
  }
}
