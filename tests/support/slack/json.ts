export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A missing or wrongly typed object reads as an empty one, so look-ups further down stay simple. */
export function record(value: unknown): Json {
  return isJson(value) ? value : {}
}

export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

export function str(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Web API arguments arrive as strings when the body is form encoded and as booleans when it is JSON. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1
}

/** Slack counts code points, neither UTF-16 units nor the clusters a reader sees. */
export function chars(value: string): number {
  return Array.from(value).length
}

export function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
