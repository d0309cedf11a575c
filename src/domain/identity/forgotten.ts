import { FORMER_COLLEAGUE, type Person } from './person.ts'

type Named = Pick<Person, 'email' | 'name'>

/** What right before or right after makes the word a part of another address, or of another name. */
type Border = Readonly<{ before: RegExp; after: RegExp }>

/** A sign joins only with more beyond it: alone it begins a list, or ends a sentence. */
const ADDRESS: Border = { before: /[\p{L}\p{M}\p{N}][.+_-]?$/u, after: /^[.-]?[\p{L}\p{M}\p{N}]/u }
const NAME: Border = { before: /[\p{L}\p{M}\p{N}]-?$/u, after: /^-?[\p{L}\p{M}\p{N}]/u }

/** A sign and a letter of two code units. */
const NEAR = 3

/** The e-mail, and a name of several words; a single word is too often another one. */
export const wordsFor = ({ email, name }: Named): string[] => [email, ...(/\S\s+\S/.test(name) ? [name] : [])]

/** The text without the words that name this person, in whatever letter case; other people's stay whole. */
export const forgotten = (text: string, person: Named): string =>
  wordsFor(person).reduce((rest, word) => without(rest, word, word === person.email ? ADDRESS : NAME), text)

function without(text: string, word: string, { before, after }: Border): string {
  const folded = lower(text)
  const sought = lower(word)
  const kept: string[] = []
  let from = 0
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + 1)) {
    const end = at + sought.length
    if (at < from || before.test(text.slice(Math.max(0, at - NEAR), at))) continue
    if (after.test(text.slice(end, end + NEAR))) continue
    kept.push(text.slice(from, at))
    from = end
  }
  return [...kept, text.slice(from)].join(FORMER_COLLEAGUE)
}

/** Of the same length: the one letter that grows is made another before. */
const lower = (text: string): string => text.replaceAll('İ', 'I').toLowerCase()
