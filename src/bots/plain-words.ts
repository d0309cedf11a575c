import type { Tone } from '../commands/kit/view.ts'

/** Control characters but tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu
/** Overrides, embeddings and isolates turn the rest of a line around, also the part that is ours. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g

/** Somebody's words as any chat may show them: whole characters, line feeds, nothing that moves other text about. */
export function tame(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(TURNING, '')
}

/** The three characters that begin a tag, a mention or an entity. Done once, at the very end. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A chat has no colours: one sign where a tone carries meaning. */
export const SIGNS: Readonly<Record<Tone, string>> = { good: '🟢', warn: '🟡', bad: '🔴' }
