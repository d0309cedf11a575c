import { checkElement, checkImage, elementsOf } from './block-kit-elements.ts'
import type { Report, Surface } from './block-kit-report.ts'
import {
  checkCarousel,
  checkDataTable,
  checkRichText,
  checkTable,
  checkVideo,
  checkCard,
} from './block-kit-rare.ts'
import { chars, isJson, records, str, type Json } from './json.ts'

type Check = (report: Report, path: string, block: Json, scope: Set<string>) => void

interface BlockRule {
  keys: string[]
  on: readonly Surface[]
  check: Check
}

const everywhere = ['message', 'modal', 'home'] as const
const messages = ['message'] as const

function section(report: Report, path: string, block: Json, scope: Set<string>): void {
  const { text, fields, accessory } = block
  if (text === undefined && fields === undefined) report.add(path, 'needs text or fields')
  report.text(`${path}/text`, text, 3000, 'any', false)
  if (fields !== undefined) {
    report.list(`${path}/fields`, fields, 1, 10).forEach((field, index) => {
      report.text(`${path}/fields/${index}`, field, 2000, 'any')
    })
  }
  if (accessory !== undefined) {
    checkElement(report, `${path}/accessory`, accessory, elementsOf.accessory, scope)
  }
}

function elements(max: number, allowed: readonly string[]): Check {
  return (report, path, block, scope) => {
    report.list(`${path}/elements`, block['elements'], 1, max).forEach((element, index) => {
      checkElement(report, `${path}/elements/${index}`, element, allowed, scope)
    })
  }
}

function context(report: Report, path: string, block: Json, scope: Set<string>): void {
  report.list(`${path}/elements`, block['elements'], 1, 10).forEach((element, index) => {
    const at = `${path}/elements/${index}`
    if (isJson(element) && element['type'] === 'image') checkElement(report, at, element, ['image'], scope)
    else report.text(at, element, 3000, 'any')
  })
}

function input(report: Report, path: string, block: Json, scope: Set<string>): void {
  report.text(`${path}/label`, block['label'], 2000, 'plain')
  report.text(`${path}/hint`, block['hint'], 2000, 'plain', false)
  checkElement(report, `${path}/element`, block['element'], elementsOf.input, scope)
}

function image(report: Report, path: string, block: Json): void {
  checkImage(report, path, block)
  report.text(`${path}/title`, block['title'], 2000, 'plain', false)
}

function markdown(report: Report, path: string, block: Json): void {
  report.string(`${path}/text`, block['text'], 12_000)
  report.markdownChars += chars(String(block['text']))
  if (report.markdownChars > 12_000)
    report.add(path, 'markdown blocks hold more than 12000 characters together')
}

function container(report: Report, path: string, block: Json): void {
  if (block['rich_text_title'] === undefined) report.text(`${path}/title`, block['title'], 150, 'plain')
  report.text(`${path}/subtitle`, block['subtitle'], 150, 'any', false)
  report.list(`${path}/child_blocks`, block['child_blocks'], 1, 10).forEach((child, index) => {
    checkBlock(report, `${path}/child_blocks/${index}`, child)
  })
}

const rules: Record<string, BlockRule> = {
  section: { keys: ['text', 'fields', 'accessory', 'expand'], on: everywhere, check: section },
  header: {
    keys: ['text'],
    on: everywhere,
    check: (report, path, block) => report.text(`${path}/text`, block['text'], 150, 'plain'),
  },
  divider: { keys: [], on: everywhere, check: () => undefined },
  actions: { keys: ['elements'], on: everywhere, check: elements(25, elementsOf.actions) },
  context: { keys: ['elements'], on: everywhere, check: context },
  context_actions: { keys: ['elements'], on: messages, check: elements(5, elementsOf.contextActions) },
  input: {
    keys: ['label', 'hint', 'element', 'optional', 'dispatch_action'],
    on: everywhere,
    check: input,
  },
  image: { keys: ['image_url', 'slack_file', 'alt_text', 'title'], on: everywhere, check: image },
  rich_text: { keys: ['elements'], on: everywhere, check: checkRichText },
  markdown: { keys: ['text'], on: messages, check: markdown },
  table: { keys: ['rows', 'column_settings'], on: messages, check: checkTable },
  data_table: {
    keys: ['rows', 'caption', 'page_size', 'row_header_column_index'],
    on: messages,
    check: checkDataTable,
  },
  alert: {
    keys: ['text', 'level'],
    on: ['message', 'modal'],
    check: (report, path, block) => report.text(`${path}/text`, block['text'], 200, 'any'),
  },
  card: {
    keys: ['hero_image', 'icon', 'title', 'subtitle', 'body', 'actions'],
    on: messages,
    check: checkCard,
  },
  carousel: { keys: ['elements'], on: messages, check: checkCarousel },
  container: {
    keys: [
      'title',
      'rich_text_title',
      'subtitle',
      'child_blocks',
      'width',
      'icon',
      'is_collapsible',
      'default_collapsed',
      'has_header_divider',
    ],
    on: messages,
    check: container,
  },
  video: {
    keys: [
      'video_url',
      'thumbnail_url',
      'alt_text',
      'title',
      'title_url',
      'author_name',
      'provider_name',
      'provider_icon_url',
      'description',
    ],
    on: everywhere,
    check: checkVideo,
  },
}

export function checkBlock(report: Report, path: string, block: unknown): void {
  if (!isJson(block)) return report.add(path, 'must be a block')
  const type = String(block['type'])
  const rule = rules[type]
  if (!rule?.on.includes(report.surface)) return report.add(path, `unsupported type: ${type}`)
  report.keys(path, block, ['type', 'block_id', ...rule.keys])
  checkBlockId(report, path, block['block_id'])
  // In a message the whole message is one scope (a click is told apart by action_id alone);
  // in a view the same action_id may stand in several blocks, as every value is keyed by block_id first.
  rule.check(report, path, block, report.surface === 'message' ? report.actionIds : new Set())
}

function checkBlockId(report: Report, path: string, id: unknown): void {
  if (id === undefined) return
  report.string(`${path}/block_id`, id, 255)
  if (report.blockIds.has(str(id))) report.add(path, `block_id "${str(id)}" already exists`)
  report.blockIds.add(str(id))
}

export function hasInput(blocks: unknown): boolean {
  return records(blocks).some((block) => block['type'] === 'input')
}
