import type { Json } from '../../support/slack/json.ts'

export const people = [
  { id: 'U1', name: 'ada', email: 'ada@example.com', is_email_confirmed: true, locale: 'pl-PL' },
  { id: 'U2', name: 'bob', email: 'bob@example.com' },
  { id: 'U9', name: 'eve', team_id: 'T0OTHER', email: 'eve@other.example', is_stranger: true },
]

export const rooms = [
  { id: 'C1', name: 'sales' },
  { id: 'C2', name: 'shared', is_ext_shared: true },
  { id: 'C3', name: 'foreign', is_member: false },
  { id: 'C4', name: 'small', members: ['U1'] },
]

export const plain = (text: string): Json => ({ type: 'plain_text', text })
export const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text })
export const section = (text: string): Json => ({ type: 'section', text: mrkdwn(text) })
export const button = (label: string, actionId: string, value = '1'): Json => ({
  type: 'button',
  text: plain(label),
  action_id: actionId,
  value,
})
export const actions = (...elements: Json[]): Json => ({ type: 'actions', elements })

export const input = (blockId: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element,
  ...more,
})
export const textField = (actionId: string, more: Json = {}): Json => ({
  type: 'plain_text_input',
  action_id: actionId,
  ...more,
})

export const modal = (blocks: Json[], more: Json = {}): Json => ({
  type: 'modal',
  callback_id: 'deal',
  title: plain('Deal'),
  submit: plain('Save'),
  blocks,
  ...more,
})

/** Bolt writes to the console by itself; a test run should stay quiet. */
export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
}
