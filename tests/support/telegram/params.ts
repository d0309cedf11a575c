import { badRequest, refusal } from './api-error.ts'
import { isJson } from './keyboard.ts'
import type { Entity, Json } from './types.ts'

export interface UploadedFile {
  fileName: string
  bytes: Buffer
}

export interface ParsedBody {
  values: Json
  files: Map<string, UploadedFile>
}

/** Reads a request body by its content type; nested values of forms stay JSON strings until asked for. */
export function parseBody(contentType: string, body: Buffer): ParsedBody {
  const none = new Map<string, UploadedFile>()
  const type = contentType.toLowerCase()
  if (body.length === 0) return { values: {}, files: none }
  if (type.startsWith('application/json')) return { values: jsonBody(body), files: none }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { values: Object.fromEntries(new URLSearchParams(body.toString())), files: none }
  }
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (type.startsWith('multipart/form-data') && boundary !== undefined) return multipart(boundary, body)
  throw badRequest(`unsupported content type ${contentType}`)
}

function jsonBody(body: Buffer): Json {
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw badRequest("can't parse request body as JSON")
  }
  if (!isJson(value)) throw badRequest('request body must be a JSON object')
  return value
}

function multipart(boundary: string, body: Buffer): ParsedBody {
  const parsed: ParsedBody = { values: {}, files: new Map() }
  const marker = Buffer.from(`--${boundary}`)
  let begin = body.indexOf(marker)
  while (begin !== -1) {
    const next = body.indexOf(marker, begin + marker.length)
    if (next === -1) return parsed
    // Each part lies between CRLF after its marker and CRLF before the next one.
    addPart(parsed, body.subarray(begin + marker.length + 2, next - 2))
    begin = next
  }
  return parsed
}

function addPart(parsed: ParsedBody, part: Buffer): void {
  const split = part.indexOf('\r\n\r\n')
  if (split === -1) throw badRequest('malformed multipart part')
  const headers = part.subarray(0, split).toString()
  const content = part.subarray(split + 4)
  const name = /[; ]name="([^"]*)"/i.exec(headers)?.[1]
  if (name === undefined) throw badRequest('multipart part without a name')
  const fileName = /filename="([^"]*)"/i.exec(headers)?.[1]
  if (fileName === undefined) parsed.values[name] = content.toString()
  else parsed.files.set(name, { fileName, bytes: Buffer.from(content) })
}

/** Typed access to the arguments of one call, forgiving about strings where the Bot API is. */
export class Params {
  readonly values: Json
  readonly files: Map<string, UploadedFile>

  constructor(body: ParsedBody) {
    this.values = body.values
    this.files = body.files
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw refusal(`parameter "${name}" must be a String`)
  }

  integer(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined || text === '') return undefined
    if (!/^-?[0-9]+$/.test(text)) throw refusal(`parameter "${name}" must be an Integer`)
    return Number(text)
  }

  flag(name: string): boolean {
    return ['true', '1', 'yes'].includes(this.text(name)?.toLowerCase() ?? '')
  }

  json(name: string): unknown {
    const value = this.values[name]
    if (typeof value !== 'string') return value ?? undefined
    if (value === '') return undefined
    try {
      return JSON.parse(value)
    } catch {
      throw refusal(`can't parse ${name} JSON object`)
    }
  }

  strings(name: string): string[] | undefined {
    const value = this.json(name)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    throw refusal(`parameter "${name}" must be an Array of String`)
  }

  entities(name: string): Entity[] {
    const value = this.json(name) ?? []
    if (Array.isArray(value) && value.every((item) => isJson(item) && typeof item['type'] === 'string')) {
      return value as Entity[]
    }
    throw refusal(`can't parse ${name} JSON object`)
  }
}
