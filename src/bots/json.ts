/** Payloads come from outside: each field is looked at before it is believed. */
export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is at this path, or undefined when anything on the way is not there. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value
  for (const step of path) {
    if (Array.isArray(found) && typeof step === 'number') found = found[step]
    else if (isJson(found)) found = Object.hasOwn(found, step) ? found[step] : undefined
    else return undefined
  }
  return found
}

/** The text at this path; empty when there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

export const isTrueAt = (value: unknown, ...path: readonly string[]): boolean => at(value, ...path) === true

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
