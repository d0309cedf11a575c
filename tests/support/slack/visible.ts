import { optionsOf } from './block-kit-composition.ts'
import { isJson, record, records, str, type Json } from './json.ts'
import { readMrkdwn } from './mrkdwn.ts'

export interface SeenButton {
  label: string
  actionId: string
  blockId: string
  value: string
  url: string
  style: string
}

/** An interactive element together with the block it stands in. */
export interface Control {
  element: Json
  blockId: string
}

const shownOptions = ['radio_buttons', 'checkboxes', 'overflow']

/** What a person reads on the screen, line by line; controls appear in square brackets. */
export function visibleText(blocks: unknown): string {
  return records(blocks)
    .flatMap(blockLines)
    .filter((line) => line !== '')
    .join('\n')
}

export function visibleView(view: unknown): string {
  const { title, blocks, submit, close } = record(view)
  const lines = [readText(title), visibleText(blocks), ...[submit, close].filter(isJson).map(bracket)]
  return lines.filter((line) => line !== '').join('\n')
}

function blockLines(block: Json): string[] {
  const { text, fields, elements, accessory, label, hint, element } = block
  return [
    readText(block['title']),
    readText(block['subtitle']),
    readText(text),
    readText(block['body']),
    ...records(fields).map(readText),
    readText(label),
    ...records(elements).map(elementLine),
    ...records(block['actions']).map(elementLine),
    ...records(block['child_blocks']).flatMap(blockLines),
    ...(Array.isArray(block['rows']) ? block['rows'].map(rowLine) : []),
    ...(isJson(accessory) ? [elementLine(accessory)] : []),
    ...(isJson(element) ? [elementLine(element)] : []),
    readText(hint),
    str(block['alt_text']),
  ]
}

function rowLine(row: unknown): string {
  return records(row).map(elementLine).join(' | ')
}

function elementLine(element: Json): string {
  if (element['type'] === 'mrkdwn' || element['type'] === 'plain_text') return readText(element)
  if (element['type'] === 'card') return blockLines(element).filter(Boolean).join('\n')
  if (Array.isArray(element['elements'])) return richLine(element)
  const parts = [isJson(element['text']) ? bracket(element['text']) : str(element['text'])]
  if (isJson(element['placeholder'])) parts.push(bracket(element['placeholder']))
  parts.push(str(element['initial_value']), readText(record(element['initial_option'])['text']))
  if (shownOptions.includes(str(element['type'])))
    parts.push(...optionsOf(element).map((o) => bracket(o['text'])))
  parts.push(str(element['alt_text']))
  return parts.filter((part) => part !== '').join(' ')
}

function richLine(element: Json): string {
  const glue = element['type'] === 'rich_text_list' || element['type'] === 'rich_text' ? '\n' : ''
  return records(element['elements']).map(richPart).join(glue)
}

function richPart(part: Json): string {
  if (Array.isArray(part['elements'])) return richLine(part)
  if (part['type'] === 'emoji') return `:${str(part['name'])}:`
  if (part['type'] === 'user') return `@${str(part['user_id'])}`
  if (part['type'] === 'broadcast') return `@${str(part['range'])}`
  return str(part['text']) || str(part['url']) || str(part['fallback'])
}

function readText(value: unknown): string {
  if (typeof value === 'string') return value
  const { type, text } = record(value)
  return type === 'mrkdwn' ? readMrkdwn(str(text)) : str(text)
}

function bracket(value: unknown): string {
  return `[${readText(value)}]`
}

export function controlsOf(blocks: unknown): Control[] {
  return records(blocks).flatMap((block) => {
    const own = [
      block['accessory'],
      block['element'],
      ...records(block['elements']),
      ...records(block['actions']),
    ]
    const found = own.filter(isJson).filter((element) => typeof element['action_id'] === 'string')
    const inner = [
      ...records(block['child_blocks']),
      ...records(block['elements']).filter((e) => e['type'] === 'card'),
    ]
    return [
      ...found.map((element) => ({ element, blockId: str(block['block_id']) })),
      ...controlsOf(inner).map((control) => ({
        ...control,
        blockId: control.blockId || str(block['block_id']),
      })),
    ]
  })
}

export function buttonsOf(blocks: unknown): SeenButton[] {
  return controlsOf(blocks)
    .filter(({ element }) => element['type'] === 'button')
    .map(({ element, blockId }) => ({
      label: str(record(element['text'])['text']),
      actionId: str(element['action_id']),
      blockId,
      value: str(element['value']),
      url: str(element['url']),
      style: str(element['style']),
    }))
}
