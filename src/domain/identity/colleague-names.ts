import { nameKey, queryKeys } from '../accounts/name-key.ts'
import { inFirstCase } from '../talk/person-names.ts'
import type { Colleague } from './absence.ts'

/** The beginning of a name, not yet a name. */
const SHORTEST_BEGINNING = 2
/** Nobody is called by more: it is a sentence. */
const MOST_WORDS = 8

/**
 * Whom a name may mean: by e-mail, by the whole name, by a part of it, or by its beginning; in either alphabet, and in
 * the case that a Russian sentence puts it. The first of these ways that finds anybody decides.
 */
export function colleaguesNamed<Person extends Pick<Colleague, 'name' | 'email'>>(
  typed: string,
  people: readonly Person[],
): readonly Person[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return []
  const byEmail = people.filter(({ email }) => email === text)
  if (byEmail.length > 0 || text.includes('@')) return byEmail
  const words = wordsOf(typed)
  if (words.length === 0 || words.length > MOST_WORDS) return []
  const written = writtenWays(words)
  const fitting = people.filter(({ name }) => written.some((way) => fits(way, keysOf(name), isEqual)))
  const whole = fitting.filter(({ name }) => keysOf(name).length === words.length)
  if (whole.length > 0) return whole
  if (fitting.length > 0) return fitting
  if (text.length < SHORTEST_BEGINNING) return []
  return people.filter(({ name }) => written.some((way) => fits(way, keysOf(name), isBeginning)))
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\d'’]+/gu) ?? []
const keysOf = (name: string): string[] => wordsOf(name).map(nameKey)

/** Each word as the keys it may have: as it stands, and as a first case of its own or of the whole name. */
function writtenWays(words: readonly string[]): readonly (readonly (readonly string[])[])[] {
  const whole = inFirstCase(words.join(' ')).split(' ')
  return [
    words.map((word) => [...new Set([...queryKeys(word), ...queryKeys(inFirstCase(word))])]),
    whole.map((word) => queryKeys(word)),
  ]
}

type Fit = (known: string, key: string) => boolean
const isEqual: Fit = (known, key) => known === key
const isBeginning: Fit = (known, key) => key.length >= SHORTEST_BEGINNING && known.startsWith(key)

/** Each word that was written is another word of the name. */
function fits(written: readonly (readonly string[])[], known: readonly string[], fit: Fit): boolean {
  const left = [...known]
  return written.every((keys) => {
    const at = left.findIndex((one) => keys.some((key) => fit(one, key)))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}
