import { readLine } from './line.ts'
import { phrasesIn } from './phrase.ts'
import type { Found, WhenContext, WhenReading } from './reading.ts'
import { sceneOf, settle } from './settle.ts'

/** Every time a line speaks of, in the order of the line. */
export function findWhens(text: string, context: WhenContext): readonly Found[] {
  const scene = sceneOf(context)
  return phrasesIn(readLine(text), scene).map((phrase) => settle(phrase, scene, context))
}

/**
 * When it is, in a line of sales talk: the first time that can be, or why the only one that was said cannot.
 * What may mean two things is handed back as a question and never guessed.
 */
export function readWhen(text: string, context: WhenContext): WhenReading {
  const found = findWhens(text, context)
  return found.find(({ kind }) => kind !== 'impossible') ?? found[0] ?? { kind: 'none' }
}
