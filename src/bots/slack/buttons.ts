import type { ActionsBlock, Button as SlackButton } from '@slack/types'
import type { Act } from '../../commands/kit/invocation.ts'
import type { Button } from '../../commands/kit/view.ts'
import { at, isJson, parsed, textAt } from '../json.ts'
import type { Speaker } from '../speaker.ts'
import { cut, lengthOf, oneLine } from './text.ts'

const PER_BLOCK = 25
const LABEL = 75
const VALUE = 2_000

/** Which message or view the buttons stand in: each gets an action_id of its own there. */
export type Numbering = { next: number }

/** Several blocks when there are many; a button whose value Slack would refuse is left out and counted. */
export function actionBlocks(
  buttons: readonly Button[],
  speak: Speaker,
  numbering: Numbering,
): Readonly<{ blocks: ActionsBlock[]; left: number }> {
  const made = buttons
    .map((button) => slackButton(button, speak, numbering))
    .filter((button) => button !== null)
  const blocks: ActionsBlock[] = []
  for (let start = 0; start < made.length; start += PER_BLOCK) {
    blocks.push({ type: 'actions', elements: made.slice(start, start + PER_BLOCK) })
  }
  return { blocks, left: buttons.length - made.length }
}

function slackButton(
  { label, command, args, style }: Button,
  speak: Speaker,
  numbering: Numbering,
): SlackButton | null {
  const value = inert({ command, args })
  if (lengthOf(value) > VALUE) return null
  return rawButton(speak(label), value, numbering, style)
}

function rawButton(label: string, value: string, numbering: Numbering, style?: Button['style']): SlackButton {
  const text = { type: 'plain_text', text: cut(oneLine(label), LABEL) || '–', emoji: false } as const
  return { type: 'button', action_id: `b${numbering.next++}`, text, value, ...(style ? { style } : {}) }
}

/** A form that could not be opened in time: the same question again, with a fresh right to open a window. */
export function againBlock(label: string, act: Act, numbering: Numbering): ActionsBlock {
  const value = inert(act.kind === 'line' ? { line: act.text } : againPress(act))
  const fits = lengthOf(value) <= VALUE ? value : inert({ line: firstWord(act) })
  return { type: 'actions', elements: [rawButton(label, fits, numbering, 'primary')] }
}

/** JSON without the characters that begin a mention, so that a name inside it is nothing but data anywhere. */
const inert = (value: object): string =>
  JSON.stringify(value).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)

const againPress = (act: Exclude<Act, { kind: 'line' }>) => ({
  command: act.command,
  args: act.kind === 'press' ? act.args : act.values,
})

const firstWord = (act: Act) =>
  act.kind === 'line' ? (/^\S{1,40}/.exec(act.text)?.[0] ?? '') : `/${act.command}`

/** What a pressed control asks for. Null: nothing we ever made, or made by another version. */
export function pressedAct(action: unknown): Act | null {
  const account = textAt(action, 'selected_option', 'value')
  if (account !== '') return { kind: 'press', command: 'account', args: { id: account } }
  const value = parsed(textAt(action, 'value'))
  const line = textAt(value, 'line')
  if (line !== '') return { kind: 'line', text: line }
  const command = textAt(value, 'command')
  const args = at(value, 'args')
  return command !== '' && isStrings(args) ? { kind: 'press', command, args } : null
}

const isStrings = (value: unknown): value is Record<string, string> =>
  isJson(value) && Object.values(value).every((one) => typeof one === 'string')
