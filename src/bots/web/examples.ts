import { transliterate } from 'transliteration'
import type { Dispatcher } from '../../commands/kit/invocation.ts'
import { sentence } from '../../i18n/translate.ts'
import { identityOf } from './conversation.ts'
import type { Persona } from './personas.ts'
import type { Example } from './protocol.ts'

/** Asked in this order until some names are known: an empty search may find nothing by rule. */
const SEARCHES = ['', 'а', 'a', 'о', 'o']
const SHORTEST_FOR_TYPO = 6

/** Lines to press for somebody who sees an empty chat. The names are of accounts that this persona may see. */
export async function examplesFor(dispatcher: Dispatcher, persona: Persona): Promise<readonly Example[]> {
  const names = await accountNames(dispatcher, persona)
  const because = (key: string) => sentence(persona.language, `console.example.${key}`)
  const latin = latinForCyrillic(names)
  const typo = nameWithTypo(names.filter((name) => latin === null || transliterated(name) !== latin))
  return [
    { line: '/account', why: because('mine') },
    ...(latin ? [{ line: latin, why: because('latin') }] : []),
    ...(typo ? [{ line: typo, why: because('typo') }] : []),
    { line: '/settings', why: because('settings') },
    ...(latin && typo ? [] : [{ line: '/kamerton', why: because('help') }]),
  ]
}

async function accountNames(dispatcher: Dispatcher, persona: Persona): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const typed of SEARCHES) {
    // One after the other: a second search is only made when the first found too little.
    const { choices } = await dispatcher.suggest(identityOf(persona), 'account', typed)
    for (const { label } of choices) if ('plain' in label) found.add(label.plain)
    if (latinForCyrillic([...found]) && nameWithTypo([...found])) break
  }
  return [...found]
}

/** The longest word says most of a name: legal forms, cities and quotes fall away. */
function mainWord(name: string): string {
  const words = name.match(/\p{L}+/gu) ?? []
  return words.toSorted((a, b) => b.length - a.length)[0] ?? ''
}

const transliterated = (name: string) =>
  transliterate(mainWord(name))
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')

function latinForCyrillic(names: readonly string[]): string | null {
  const name = names.find((one) => /^[а-яё]{5,}$/i.test(mainWord(one)))
  return name ? transliterated(name) : null
}

/** One letter left out of the middle, as fast fingers do. */
function nameWithTypo(names: readonly string[]): string | null {
  const long = names.filter((one) => mainWord(one).length >= SHORTEST_FOR_TYPO)
  const latin = long.filter((one) => /^[a-z]+$/i.test(mainWord(one)))
  // A name that begins with its longest word is known by it; "Industries" is anybody's.
  const word = mainWord(latin.find((one) => one.startsWith(mainWord(one))) ?? latin[0] ?? long[0] ?? '')
  if (!word) return null
  const middle = Math.floor(word.length / 2)
  return word.slice(0, middle) + word.slice(middle + 1)
}
