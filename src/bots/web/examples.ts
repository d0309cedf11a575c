import { transliterate } from 'transliteration'
import type { Command } from '../../commands/kit/command.ts'
import type { Dispatcher } from '../../commands/kit/invocation.ts'
import { sentence } from '../../i18n/translate.ts'
import { identityOf } from './conversation.ts'
import type { Persona } from './personas.ts'
import type { Example } from './protocol.ts'

/** Asked in this order until some names are known: an empty search may find nothing by rule. */
const SEARCHES = ['', 'а', 'a', 'о', 'o']
const MOST_LOOKED_AT = 12
const SHORTEST_FOR_TYPO = 6
const LONGEST_WRITTEN = 32

/** Lines to press for somebody who sees an empty chat. The names are of accounts that this persona may see. */
export async function examplesFor(
  dispatcher: Dispatcher,
  persona: Persona,
  commands: readonly Command[],
): Promise<readonly Example[]> {
  const { latin, typo, accounts } = await pickedNames(dispatcher, persona)
  const because = (key: string) => sentence(persona.language, `console.example.${key}`)
  const can = (name: string) =>
    commands.some((one) => one.name === name && one.listed && one.roles.includes(persona.role))
  const product = await firstProduct(dispatcher, persona)
  const said = (command: 'meeting' | 'followup' | 'discount', account: string | undefined): Example[] =>
    account && can(command)
      ? [
          {
            line: sentence(persona.language, `console.try.${command}`, { account, product }),
            why: because(command),
          },
        ]
      : []
  const approvals = can('approvals') ? [{ line: '/approvals', why: because('approvals') }] : []
  const shown = can('today') ? 'today' : 'settings'
  return [
    { line: '/account', why: because('mine') },
    ...(latin ? [{ line: latin, why: because('latin') }] : []),
    ...said('meeting', accounts[0]),
    ...said('followup', accounts[1] ?? accounts[0]),
    ...(persona.role === 'KAM' ? said('discount', accounts[0]) : approvals),
    ...(typo ? [{ line: typo, why: because('typo') }] : []),
    { line: `/${shown}`, why: because(shown) },
    ...(latin && typo ? [] : [{ line: '/kamerton', why: because('help') }]),
  ]
}

/** With a product the line needs no question. Empty where there is no price list. */
async function firstProduct(dispatcher: Dispatcher, persona: Persona): Promise<string> {
  const { choices } = await dispatcher.suggest(identityOf(persona), 'product', '')
  const [label] = choices.flatMap((choice) => ('plain' in choice.label ? [choice.label.plain] : []))
  return label && label.length <= LONGEST_WRITTEN ? label : ''
}

/** `accounts`: as one would write them in a line. */
type Picked = Readonly<{ latin: string | null; typo: string | null; accounts: readonly string[] }>

/** Only names whose main word finds them alone: a first example should not lead to a choice among namesakes. */
async function pickedNames(dispatcher: Dispatcher, persona: Persona): Promise<Picked> {
  const search = async (typed: string) => {
    const { choices } = await dispatcher.suggest(identityOf(persona), 'account', typed)
    return choices.flatMap(({ label }) => ('plain' in label ? [label.plain] : []))
  }
  const looked = new Set<string>()
  const telling: string[] = []
  for (const typed of SEARCHES) {
    for (const name of await search(typed)) {
      if (looked.has(name) || looked.size >= MOST_LOOKED_AT) continue
      looked.add(name)
      if ((await search(mainWord(name))).length !== 1) continue
      telling.push(name)
      const picked = pick(telling)
      if (picked.latin && picked.typo) return picked
    }
  }
  return pick(telling)
}

function pick(names: readonly string[]): Picked {
  const latin = latinForCyrillic(names)
  return {
    latin,
    typo: nameWithTypo(names.filter((name) => latin === null || transliterated(name) !== latin)),
    accounts: names.map(asWritten),
  }
}

/** The longest word says most of a name: legal forms, cities and quotes fall away. */
function mainWord(name: string): string {
  const words = name.match(/\p{L}+/gu) ?? []
  return words.toSorted((a, b) => b.length - a.length)[0] ?? ''
}

/** In quotes stands what people call it; a name too long to be written in a line is cut down to its main word. */
function asWritten(name: string): string {
  const called = /[«“"„]([^«»“”"„]+)/.exec(name)?.[1]?.trim() ?? name
  return called.length <= LONGEST_WRITTEN ? called : mainWord(name)
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
