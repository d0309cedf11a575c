import type { Span } from '../when/reading.ts'
import { inFirstCase, isFirstName, personLikeness } from './person-names.ts'
import { words } from './plain.ts'
import { NOTES_HERE, PAST_HERE } from './tense.ts'

/** Somebody who was there, or a firm: what stands after `with` may be either until the account is known. */
export type SaidPerson = Span &
  Readonly<{
    name: string
    /** The place with the words that led to it. */
    group: Span
    /** Where the list begins in which they are named. */
    list: number
    person: 'sure' | 'likely' | null
  }>

const LABEL = words(
  '(?:were there|were|was there|present|attendees|attended|participants|guests|from their side|были|участники|участвовали|присутствовали|на встрече были|со стороны клиента|от клиента|с их стороны|кто был)(?= ?:)',
)
const WITH = words('together with|along with|with|w/|вместе с|совместно с|с|со|встретил(?:а|и)?|виделся с')
/** Verbs after which a person may stand at once: only somebody who is surely one. */
const MET = words(
  'met|called|phoned|saw|emailed|visited|to|for|были|был|была|будет|будут|придет|придут|приедет|приедут|присутствовали|участвовали|звонил[аи]?|позвонил[аи]?|набрал[аи]?|к|у|от|call|meet|and',
)

const WORD = /\p{L}[\p{L}\p{M}'’-]*\.?(?:\p{L}\.)?/uy
const SEPARATOR = /(?: ?, ?(?:and |и )?| and | и | & | \+ )/uy
const MOST_PEOPLE = 12
/** Places at which somebody may be named; a message has a few. */
const MOST_LEADS = 60

export function peopleIn(line: string, text: string, taken: readonly Span[]): readonly SaidPerson[] {
  const found: SaidPerson[] = []
  const add = (people: readonly SaidPerson[]) => {
    for (const person of people)
      if (found.length < MOST_PEOPLE && !found.some(({ from, to }) => from < person.to && person.from < to))
        found.push(person)
  }
  const first = (pattern: RegExp) => text.matchAll(pattern).take(MOST_LEADS)
  for (const { index, 0: said } of first(LABEL)) {
    const colon = text.indexOf(':', index + said.length)
    add(listAt(line, text, { from: index, at: skip(text, colon + 1), labelled: true }, taken))
  }
  for (const { index, 0: said } of first(WITH)) {
    const at = skip(text, index + said.length)
    if (at > index + said.length) add(listAt(line, text, { from: index, at, labelled: false }, taken))
  }
  for (const { index, 0: said } of first(MET)) {
    const to = index + said.length
    const at = skip(text, to)
    const people = listAt(
      line,
      text,
      { from: /^(?:был|буд|при|учас)/.test(said) ? index : at, at, labelled: false },
      taken,
    )
    if (people[0]?.person === 'sure') add(people.filter(({ person }) => person === 'sure'))
  }
  return found.toSorted((a, b) => a.from - b.from)
}

const skip = (text: string, at: number): number => {
  let place = at
  while (text.charAt(place) === ' ') place += 1
  return place
}

type Start = Readonly<{ from: number; at: number; labelled: boolean }>

function listAt(line: string, text: string, start: Start, taken: readonly Span[]): SaidPerson[] {
  const people: SaidPerson[] = []
  let at = start.at
  while (people.length < MOST_PEOPLE) {
    const item = itemAt(line, text, roleEnd(text, at), start.labelled, taken)
    if (!item) break
    const person = personLikeness(item.name.split(' ')) ?? (start.labelled ? 'sure' : null)
    const group = { from: people.length === 0 ? start.from : at, to: item.to }
    people.push({ ...item, name: inFirstCase(item.name), group, list: start.at, person })
    SEPARATOR.lastIndex = item.to
    const separator = SEPARATOR.exec(text)
    if (!separator) break
    at = item.to + separator[0].length
  }
  return people
}

const ROLE =
  /(?:(?:the|their|his|her|our|its|ceo|cfo|cto|coo|cio|cmo|vp|head|director|manager|buyer|mr|mrs|ms|dr|г-н|г-ном|господином|госпожой|их|новым|новой|директором|директор|менеджером|закупщиком|закупщицей|руководителем|начальником|бухгалтером|юристом|ген\.? ?директором|гендиректором|финдиректором|коммерческим|финансовым|генеральным|техническим|главным|замом)\.? )/uy

function roleEnd(text: string, at: number): number {
  let place = at
  for (let count = 0; count < 4; count += 1) {
    ROLE.lastIndex = place
    if (!ROLE.test(text)) return place
    place = ROLE.lastIndex
  }
  return place
}

const MOST_WORDS = 3
const ROLE_WORD =
  /^(?:ceo|cfo|cto|coo|cio|cmo|vp|client|customer|team|клиент\p{L}*|команд\p{L}*|заказчик\p{L}*)$/u

/** Up to three words of one name; small letters only for names that are known, or in a list that was announced. */
function itemAt(line: string, text: string, from: number, labelled: boolean, taken: readonly Span[]) {
  let at = from
  let to = from
  for (let count = 0; count < MOST_WORDS; count += 1) {
    WORD.lastIndex = at
    const word = WORD.exec(line)?.[0]
    if (word === undefined || isTaken(text, at, taken) || ROLE_WORD.test(text.slice(at, at + word.length)))
      break
    const capital = /^\p{Lu}/u.test(word)
    const known = count === 0 ? isFirstName(word) || labelled : labelled || /^\p{Ll}/u.test(line.charAt(from))
    if (!capital && !(known && (count === 0 || personLikeness([word]) === 'likely'))) break
    to = at + (/^\p{L}{2,}\.$/u.test(word) ? word.length - 1 : word.length)
    if (line.charAt(to) !== ' ') break
    at = skip(text, to)
  }
  return to > from ? { from, to, name: line.slice(from, to).replaceAll(/\s+/g, ' ') } : null
}

function isTaken(text: string, at: number, taken: readonly Span[]): boolean {
  if (taken.some(({ from, to }) => at >= from && at < to)) return true
  return [NOTES_HERE, PAST_HERE].some((pattern) => {
    pattern.lastIndex = at
    return pattern.test(text)
  })
}
