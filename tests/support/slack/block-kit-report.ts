import { chars, isJson, str, type Json } from './json.ts'
import { mrkdwnProblems } from './mrkdwn.ts'

export type Surface = 'message' | 'modal' | 'home'

export interface Problem {
  code: string
  message: string
}

/** Collects what is wrong with one payload, with a JSON pointer to the place as Slack gives it. */
export class Report {
  readonly surface: Surface
  readonly found: Problem[] = []
  readonly actionIds = new Set<string>()
  readonly blockIds = new Set<string>()
  readonly counts = new Map<string, number>()
  markdownChars = 0
  focused = 0

  constructor(surface: Surface) {
    this.surface = surface
  }

  add(path: string, message: string, code = 'invalid_blocks'): void {
    this.found.push({ code, message: `${message} [json-pointer:${path}]` })
  }

  /** Slack refuses properties it does not know, so a typing slip is caught here and not in production. */
  keys(path: string, value: Json, allowed: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key) && value[key] !== undefined)
        this.add(path, `invalid additional property: ${key}`)
    }
  }

  string(path: string, value: unknown, max: number, required = true): void {
    if (value === undefined && !required) return
    if (typeof value !== 'string') return this.add(path, 'must be a string')
    if (required && value.trim() === '') this.add(path, 'must be more than 0 characters')
    this.length(path, value, max)
  }

  length(path: string, value: string, max: number): void {
    if (chars(value) > max) this.add(path, `must be less than ${max + 1} characters (has ${chars(value)})`)
    if (!value.isWellFormed()) this.add(path, 'holds half of a surrogate pair')
  }

  oneOf(path: string, value: unknown, allowed: readonly string[]): void {
    if (value !== undefined && !allowed.includes(str(value))) {
      this.add(path, `must be one of ${allowed.join(', ')}`)
    }
  }

  url(path: string, value: unknown, required = false): void {
    if (value === undefined && !required) return
    this.string(path, value, 3000)
    if (typeof value === 'string' && !URL.canParse(value)) this.add(path, 'must be a valid URL')
  }

  integer(path: string, value: unknown, min: number, max: number): void {
    if (value === undefined) return
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      this.add(path, `must be a whole number from ${min} to ${max}`)
    }
  }

  /** Returns the items when the list itself is sound, so callers can go on with each of them. */
  list(path: string, value: unknown, min: number, max: number): unknown[] {
    if (!Array.isArray(value)) {
      this.add(path, 'must be an array')
      return []
    }
    if (value.length < min) this.add(path, `no fewer than ${min} items allowed (has ${value.length})`)
    if (value.length > max) this.add(path, `no more than ${max} items allowed (has ${value.length})`)
    return value
  }

  text(path: string, value: unknown, max: number, kind: 'plain' | 'any' | 'mrkdwn', required = true): void {
    if (value === undefined && !required) return
    if (!isJson(value)) return this.add(path, 'must be a text object')
    const type = value['type']
    const types = kind === 'any' ? ['plain_text', 'mrkdwn'] : [kind === 'plain' ? 'plain_text' : 'mrkdwn']
    if (!types.includes(String(type))) return this.add(`${path}/type`, `must be ${types.join(' or ')}`)
    this.keys(path, value, ['type', 'text', type === 'mrkdwn' ? 'verbatim' : 'emoji'])
    this.string(`${path}/text`, value['text'], max)
    if (type === 'mrkdwn') this.mrkdwn(`${path}/text`, value['text'])
  }

  mrkdwn(path: string, value: unknown): void {
    if (typeof value !== 'string') return
    for (const problem of mrkdwnProblems(value)) this.add(path, problem)
  }

  actionId(path: string, value: unknown, scope: Set<string>): void {
    if (value === undefined) return
    this.string(`${path}/action_id`, value, 255)
    if (scope.has(str(value))) this.add(`${path}/action_id`, `"${str(value)}" is used more than once`)
    scope.add(str(value))
  }

  count(type: string): number {
    const next = (this.counts.get(type) ?? 0) + 1
    this.counts.set(type, next)
    return next
  }
}
