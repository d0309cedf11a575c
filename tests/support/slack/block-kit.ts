import { checkBlock, hasInput } from './block-kit-blocks.ts'
import { Report, type Problem, type Surface } from './block-kit-report.ts'
import { chars, isJson, str, type Json } from './json.ts'

export type { Problem, Surface } from './block-kit-report.ts'

/** Slack cuts the fallback text only at 40,000, but asks for no more than this; the stand-in insists. */
const textLimit = 4000

/** Undocumented, seen by users at about 13,200 characters over all blocks (bolt-js issue 2509). */
const messageBlocksLimit = 13_000

const viewBytesLimit = 250_000

export function blockKitProblems(surface: Surface, payload: Json): string[] {
  return inspect(surface, payload).map((problem) => problem.message)
}

export function inspect(surface: Surface, payload: Json): Problem[] {
  const report = new Report(surface)
  if (surface === 'message') checkMessage(report, payload)
  else checkView(report, payload, surface)
  return report.found
}

function checkMessage(report: Report, payload: Json): void {
  const { blocks, attachments, markdown_text: markdown } = payload
  if (markdown === undefined) checkTopText(report, payload)
  else checkMarkdownText(report, payload)
  if (Array.isArray(attachments) && attachments.length > 100) {
    report.add('/attachments', 'no more than 100 attachments allowed', 'too_many_attachments')
  }
  if (blocks === undefined) return
  checkBlocks(report, blocks, 0, 50)
  if (textIn(blocks) > messageBlocksLimit) {
    report.add('/blocks', `more than ${messageBlocksLimit} characters in all blocks`, 'msg_blocks_too_long')
  }
}

function checkTopText(report: Report, payload: Json): void {
  const text = payload['text']
  if (typeof text !== 'string' || text.trim() === '') {
    const bare = payload['blocks'] === undefined && payload['attachments'] === undefined
    return report.add(
      '/text',
      'text is missing: screen readers and notifications read it',
      bare ? 'no_text' : undefined,
    )
  }
  if (chars(text) > textLimit) {
    report.add('/text', `must be less than ${textLimit + 1} characters (has ${chars(text)})`, 'msg_too_long')
  }
  if (!text.isWellFormed()) report.add('/text', 'holds half of a surrogate pair')
  if (payload['mrkdwn'] !== false) report.mrkdwn('/text', text)
}

function checkMarkdownText(report: Report, payload: Json): void {
  if (payload['text'] !== undefined || payload['blocks'] !== undefined) {
    report.add('/markdown_text', 'cannot stand beside text or blocks', 'markdown_text_conflict')
  }
  if (chars(str(payload['markdown_text'])) > 12_000) {
    report.add('/markdown_text', 'must be less than 12001 characters', 'msg_too_long')
  }
}

function checkBlocks(report: Report, blocks: unknown, min: number, max: number): void {
  report.list('/blocks', blocks, min, max).forEach((block, index) => {
    checkBlock(report, `/blocks/${index}`, block)
  })
  if (report.focused > 1) report.add('/blocks', 'only one element may have focus_on_load')
}

const viewKeys = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id']
const modalKeys = [
  ...viewKeys,
  'title',
  'submit',
  'close',
  'clear_on_close',
  'notify_on_close',
  'submit_disabled',
]

function checkView(report: Report, view: Json, surface: 'modal' | 'home'): void {
  if (view['type'] !== surface) report.add('/type', `must be ${surface}`)
  report.keys('', view, surface === 'modal' ? modalKeys : viewKeys)
  report.string('/private_metadata', view['private_metadata'], 3000, false)
  report.string('/callback_id', view['callback_id'], 255, false)
  report.string('/external_id', view['external_id'], 255, false)
  if (surface === 'modal') checkModal(report, view)
  checkBlocks(report, view['blocks'], surface === 'modal' ? 1 : 0, 100)
  const bytes = Buffer.byteLength(JSON.stringify(view))
  if (bytes > viewBytesLimit) {
    report.add('', `a view holds at most ${viewBytesLimit} bytes (has ${bytes})`, 'view_too_large')
  }
}

function checkModal(report: Report, view: Json): void {
  report.text('/title', view['title'], 24, 'plain')
  report.text('/submit', view['submit'], 24, 'plain', false)
  report.text('/close', view['close'], 24, 'plain', false)
  if (view['submit'] === undefined && hasInput(view['blocks'])) {
    report.add('/submit', 'a modal with an input block needs a submit button')
  }
}

/** Characters of every "text" string below this point. */
function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textIn(item), 0)
  if (!isJson(value)) return 0
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? chars(item) : textIn(item)),
    0,
  )
}
