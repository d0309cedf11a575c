import { refusal } from './api-error.ts'
import { HtmlError, parseHtml } from './html-parser.ts'
import type { Entity } from './types.ts'

export const TEXT_MAX = 4096
const CAPTION_MAX = 1024
export const CALLBACK_ANSWER_MAX = 200
export const CALLBACK_LIFE_MS = 150_000
export const UPDATE_LIFE_MS = 86_400_000
export const DELETE_LIFE_MS = 48 * 3_600_000
export const UPLOAD_MAX = 50 * 1024 * 1024
export const PHOTO_MAX = 10 * 1024 * 1024
export const DOWNLOAD_MAX = 20 * 1024 * 1024

export interface RichText {
  text: string
  html: string
  entities: Entity[]
}

export interface TextSource {
  raw: string
  parseMode: string | undefined
  entities: Entity[]
  loose: boolean
}

export function messageText(source: TextSource): RichText {
  const rich = readText(source)
  if (rich.text === '') throw refusal('message text is empty')
  if (rich.text.length > TEXT_MAX) throw refusal('message is too long')
  return rich
}

export function captionText(source: TextSource): RichText {
  const rich = readText(source)
  if (rich.text.length > CAPTION_MAX) throw refusal('message caption is too long')
  return rich
}

/** Cut in the middle of an emoji: Telegram takes UTF-8 only, and half a pair has none. */
export function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw refusal('strings must be encoded in UTF-8')
  return text
}

function readText(source: TextSource): RichText {
  const raw = wellFormed(source.raw)
  const mode = source.parseMode?.toLowerCase() ?? ''
  if (mode === '' || mode === 'none') {
    return { ...trimmed(raw, checkedEntities(raw, source.entities)), html: escaped(raw) }
  }
  if (mode === 'html') return { ...htmlText(raw, source.loose), html: raw }
  if (mode.startsWith('markdown')) {
    throw refusal(`can't parse entities: ${source.parseMode} is not used here`)
  }
  throw refusal('unsupported parse_mode')
}

function htmlText(raw: string, loose: boolean): { text: string; entities: Entity[] } {
  try {
    const parsed = parseHtml(raw, loose)
    return trimmed(parsed.text, parsed.entities)
  } catch (error) {
    if (error instanceof HtmlError) throw refusal(`can't parse entities: ${error.message}`)
    throw error
  }
}

function checkedEntities(text: string, entities: Entity[]): Entity[] {
  for (const entity of entities) {
    const whole = Number.isInteger(entity.offset) && Number.isInteger(entity.length)
    if (!whole || entity.offset < 0 || entity.length < 1 || entity.offset + entity.length > text.length) {
      throw refusal(`entity ${entity.type} beyond the text`)
    }
  }
  return entities
}

/** Telegram cuts white space off both ends before it counts and shows. */
function trimmed(text: string, entities: Entity[]): { text: string; entities: Entity[] } {
  const lead = text.length - text.trimStart().length
  const body = text.trim()
  const kept: Entity[] = []
  for (const entity of entities) {
    const offset = Math.max(0, entity.offset - lead)
    const end = Math.min(body.length, entity.offset + entity.length - lead)
    if (end > offset) kept.push({ ...entity, offset, length: end - offset })
  }
  return { text: body, entities: kept }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
