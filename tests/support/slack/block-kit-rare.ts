import { checkElement } from './block-kit-elements.ts'
import type { Report } from './block-kit-report.ts'
import { chars, isJson, records, str, type Json } from './json.ts'

const richContainers = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']
const richElements = [
  'text',
  'link',
  'emoji',
  'user',
  'usergroup',
  'channel',
  'team',
  'broadcast',
  'date',
  'color',
  ...richContainers,
]

export function checkRichText(report: Report, path: string, block: Json): void {
  report.list(`${path}/elements`, block['elements'], 1, 1000).forEach((element, index) => {
    checkRichElement(report, `${path}/elements/${index}`, element, richContainers)
  })
}

function checkRichElement(report: Report, path: string, element: unknown, allowed: string[]): void {
  if (!isJson(element)) return report.add(path, 'must be a rich text element')
  const type = str(element['type'])
  if (!allowed.includes(type)) return report.add(path, `unsupported type: ${type}`)
  if (type === 'text') report.string(`${path}/text`, element['text'], 100_000)
  if (type === 'link') report.url(`${path}/url`, element['url'], true)
  if (!richContainers.includes(type)) return
  report.list(`${path}/elements`, element['elements'], 0, 1000).forEach((child, index) => {
    checkRichElement(report, `${path}/elements/${index}`, child, richElements)
  })
}

function checkCell(report: Report, path: string, cell: unknown): void {
  if (!isJson(cell)) return report.add(path, 'must be a table cell')
  if (cell['type'] === 'rich_text') return checkRichText(report, path, cell)
  if (cell['type'] === 'raw_text') return report.string(`${path}/text`, cell['text'], 3000)
  if (cell['type'] !== 'raw_number') report.add(path, `unsupported type: ${String(cell['type'])}`)
}

function checkRows(report: Report, path: string, rows: unknown[], maxCells: number): void {
  rows.forEach((row, index) => {
    report.list(`${path}/rows/${index}`, row, 1, maxCells).forEach((cell, column) => {
      checkCell(report, `${path}/rows/${index}/${column}`, cell)
    })
  })
}

export function checkTable(report: Report, path: string, block: Json): void {
  if (report.count('table') > 1) report.add(path, 'only one table block is allowed in a message')
  checkRows(report, path, report.list(`${path}/rows`, block['rows'], 1, 100), 20)
  if (block['column_settings'] !== undefined) {
    report.list(`${path}/column_settings`, block['column_settings'], 0, 20)
  }
}

export function checkDataTable(report: Report, path: string, block: Json): void {
  const rows = report.list(`${path}/rows`, block['rows'], 2, 201)
  checkRows(report, path, rows, 20)
  report.integer(`${path}/page_size`, block['page_size'], 1, 100)
  const total = rows.flatMap(records).reduce((sum, cell) => sum + chars(str(cell['text'])), 0)
  if (total > 20_000) report.add(path, `a data table holds at most 20000 characters (has ${total})`)
}

export function checkCard(report: Report, path: string, block: Json, scope: Set<string>): void {
  if (!['hero_image', 'title', 'actions', 'body'].some((key) => block[key] !== undefined)) {
    report.add(path, 'needs a hero_image, title, body or actions')
  }
  report.text(`${path}/title`, block['title'], 150, 'mrkdwn', false)
  report.text(`${path}/subtitle`, block['subtitle'], 150, 'mrkdwn', false)
  report.text(`${path}/body`, block['body'], 200, 'mrkdwn', false)
  if (block['actions'] === undefined) return
  report.list(`${path}/actions`, block['actions'], 1, 3).forEach((button, index) => {
    checkElement(report, `${path}/actions/${index}`, button, ['button'], scope)
  })
}

export function checkCarousel(report: Report, path: string, block: Json, scope: Set<string>): void {
  report.list(`${path}/elements`, block['elements'], 1, 10).forEach((card, index) => {
    const at = `${path}/elements/${index}`
    if (!isJson(card) || card['type'] !== 'card') return report.add(at, 'must be a card')
    checkCard(report, at, card, scope)
  })
}

export function checkVideo(report: Report, path: string, block: Json): void {
  report.url(`${path}/video_url`, block['video_url'], true)
  report.url(`${path}/thumbnail_url`, block['thumbnail_url'], true)
  report.string(`${path}/alt_text`, block['alt_text'], 2000)
  report.text(`${path}/title`, block['title'], 199, 'plain')
  report.string(`${path}/author_name`, block['author_name'], 49, false)
  report.string(`${path}/provider_name`, block['provider_name'], 50, false)
  report.text(`${path}/description`, block['description'], 200, 'plain', false)
}
