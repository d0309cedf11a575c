import { createHash } from 'node:crypto'

/** A one-time code, or what a button stands for, is kept and looked up by this alone. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
