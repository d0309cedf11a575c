import type { Span } from '../when/reading.ts'

/**
 * The line in small letters, `е` for `ё`, with one kind of dash, quote and space; every character stays at its place, so
 * that what is found in it is found in the line as it was written.
 */
export function plain(line: string): string {
  const lower = line.toLowerCase()
  const small =
    lower.length === line.length
      ? lower
      : Array.from({ length: line.length }, (_, at) => {
          const letter = line.charAt(at).toLowerCase()
          return letter.length === 1 ? letter : line.charAt(at)
        }).join('')
  return small.replaceAll(/[ё’‘—–−‑«»“”„\u00A0\u202F\t\r]/g, (sign) => SIGNS[sign] ?? ' ')
}

const SIGNS: Readonly<Record<string, string>> = {
  ё: 'е',
  '’': "'",
  '‘': "'",
  '—': '-',
  '–': '-',
  '−': '-',
  '‑': '-',
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '„': '"',
}

/** A pattern of whole words. */
export function words(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'gu')
}

/** The same at the place where the search begins, and nowhere later. */
export function wordsHere(source: string): RegExp {
  return new RegExp(`(?:${source})(?![\\p{L}\\d])`, 'uy')
}

export const overlaps = (a: Span, b: Span) => a.from < b.to && b.from < a.to

/** The text with spaces in place of these spans, as long as before. */
export function blanked(text: string, spans: readonly Span[], by = ' '): string {
  return inOrder(spans).reduce(
    (parts, { from, to }, at, all) => {
      const next = all[at + 1]?.from ?? text.length
      return parts + by.repeat(to - from) + text.slice(to, next)
    },
    text.slice(0, inOrder(spans)[0]?.from ?? text.length),
  )
}

/** From left to right, with those that touch or overlap made one. */
export function inOrder(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

const LEAD =
  /(?:в|во|на|к|ко|у|с|со|от|из|для|до|по|по поводу|at|with|to|from|for|in|on|by|of|the|и|and|вместе с|together with)$/u
const LONGEST_LEAD = 16

/** Where the prepositions before this place begin: they fall with the word that they led. */
export function withLead(text: string, from: number): number {
  let start = from
  for (let count = 0; count < 3; count += 1) {
    const before = text.slice(Math.max(0, start - LONGEST_LEAD), start).trimEnd()
    const lead = LEAD.exec(before)?.[0]
    if (lead === undefined || /[\p{L}\d]$/u.test(before.slice(0, before.length - lead.length))) break
    const end = start - (text.slice(Math.max(0, start - LONGEST_LEAD), start).length - before.length)
    start = end - lead.length
  }
  return start
}
