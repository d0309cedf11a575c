import type { Span } from '../when/reading.ts'
import { isActionAt } from './actions.ts'
import type { SaidPerson } from './attendees.ts'
import { personLikeness } from './person-names.ts'
import { overlaps, words } from './plain.ts'
import type { Named } from './talk.ts'

/** A word that may belong to a name, and how it stands in the line. */
type Word = Span & Readonly<{ capital: boolean }>
/** Words that stand together, with what stood before them. */
type Run = Readonly<{ words: readonly Word[]; led: Led; first: boolean }>
type Led = 'at' | 'to' | 'with' | 'label' | null
type Ranked = Named & Readonly<{ worth: number }>

const MOST_NAMES = 12
const LONGEST_WORDS = 5
/** Beyond this many runs of words nobody named the account. */
const MOST_RUNS = 80

const TOKEN = /[\p{L}\d][\p{L}\p{M}\d'’&+./_-]*|\n|\S/gu
const QUOTED = /«([^«»\n]{1,80})»|"([^"\n]{1,80})"|“([^“”\n]{1,80})”|„([^„“”\n]{1,80})[“”]/g

const AT = new Set(
  'в во у из at @ from visited met called phoned saw посетил посетила посетили клиент клиента клиенту client customer account компания компании компанию фирма of'.split(
    ' ',
  ),
)
const TO = new Set(
  'к ко на для to for от по звонил звонила позвонил позвонила набрал визит call visit'.split(' '),
)
const WITH = new Set('с со with w'.split(' '))
const STOPS = new Set(
  [
    'в во у из к ко на для от по с со о об обо про при за под над до через без между и а но или что чтобы как где когда там тут',
    'здесь еще уже не нет да я мы ты вы он она они оно их его ее им ему ей нас нам меня мне себя это этот эта эти тот та те все',
    'всё был была было были будет буду есть надо нужно очень также тоже потом затем если то же бы ли вот сам сама свой наш наша',
    'клиент клиента клиенту клиентом компания компании компанию встреча встречу встречи встрече переговоры планерка вместе',
    'at to from with for in on of by about into over and or but the a an i we you he she they it them him her us me my our their',
    'his its is are was were be been has have had will would should can could not no yes so that this these those there here then',
    'than as if when where who which what client customer account company meeting met had very also just only again new',
    'сегодня вчера завтра today yesterday tomorrow re pls please тел т.к т.е кп тз nda rfp rfq sla sow ком.предложение',
  ].flatMap((line) => line.split(' ')),
)

/** Where the name of an account may stand, the likeliest first. `taken` are places that mean something else. */
export function namesIn(scene: Scene, taken: readonly Span[]): readonly Named[] {
  const { line, text } = scene
  const found = [...quotedIn(line), ...runsIn(text, line, taken).flatMap((run) => namesOf(run, scene))]
  const others = found.filter((named) => !isOfPerson(named, scene.people))
  // Somebody who is surely a person is taken for an account only where nothing else may be one.
  const ranked = others.some(({ worth }) => worth >= LIKELY) ? others : found
  const best = new Map<string, Ranked>()
  for (const named of ranked) {
    const key = `${named.from} ${named.to}`
    const known = best.get(key)
    if (!known || known.worth < named.worth) best.set(key, named)
  }
  return [...best.values()]
    .toSorted((a, b) => b.worth - a.worth || a.from - b.from)
    .slice(0, MOST_NAMES)
    .map(({ from, to, text: said }) => ({ from, to, text: said }))
}

const LIKELY = 30

const isOfPerson = (named: Named, people: readonly SaidPerson[]) =>
  people.some((person) => person.person === 'sure' && overlaps(person, named))

function quotedIn(line: string): Ranked[] {
  return [...line.matchAll(QUOTED)].slice(0, MOST_NAMES).flatMap((match) => {
    const text = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim()
    if (!/[\p{L}\d]/u.test(text)) return []
    return [
      {
        from: match.index,
        to: match.index + match[0].length,
        text,
        worth: text.split(' ').length > LONGEST_WORDS ? 2 : 100,
      },
    ]
  })
}

function runsIn(text: string, line: string, taken: readonly Span[]): Run[] {
  const runs: Run[] = []
  let current: Word[] = []
  let led: Led = null
  let next: Led = null
  let nextTaken = 0
  const close = () => {
    if (current.length > 0) runs.push({ words: current, led, first: runs.length === 0 })
    current = []
  }
  for (const match of text.matchAll(TOKEN)) {
    if (runs.length >= MOST_RUNS) break
    const word = match[0].replace(/[./_'’+-]{1,8}$/, (end) => (/^\++$/.test(end) ? end : ''))
    const span = { from: match.index, to: match.index + word.length }
    while (nextTaken < taken.length && (taken[nextTaken]?.to ?? 0) <= span.from) nextTaken += 1
    const inTaken = taken[nextTaken] !== undefined && overlaps(span, taken[nextTaken] ?? span)
    const isWord = /^[\p{L}\d]/u.test(word)
    if (inTaken || !isWord || STOPS.has(word) || ROLE.test(word)) {
      if (!/^["(]$/.test(word) && word !== '&') close()
      next = inTaken ? ledBy(word) : (ledBy(word) ?? (/^["(]$/.test(word) ? next : null))
      if (word === '&' && current.length > 0) current.push({ ...span, capital: true })
    } else {
      if (current.length === 0) led = next
      current.push({ ...span, capital: /^\p{Lu}|^\d+\p{L}/u.test(line.slice(span.from, span.to)) })
      if (word.length < match[0].length && /[./]$/.test(match[0]) && !isAbbreviation(word)) close()
      next = null
    }
  }
  close()
  return runs
}

const isAbbreviation = (word: string) => word.length <= 2 || /\./.test(word)
const ledBy = (word: string): Led =>
  AT.has(word) || ROLE.test(word) ? 'at' : TO.has(word) ? 'to' : WITH.has(word) ? 'with' : null
/** «с директором Ленты»: what follows is whose director it is. */
const ROLE =
  /^(?:директор|гендиректор|финдиректор|менеджер|закупщи|руководител|начальник|бухгалтер|юрист|коллег|команд|цфо$|ceo$|cfo$|cto$|cio$|coo$)/

const LED_WORTH = { at: 40, with: 34, to: 30, label: 40 } as const

type Scene = Readonly<{ line: string; text: string; people: readonly SaidPerson[]; notesFrom: number }>

function namesOf(run: Run, { line, text, people, notesFrom }: Scene): Ranked[] {
  const all = withoutAction(run, text)
  const found: Ranked[] = []
  const add = (some: readonly Word[], worth: number) => {
    const [first, last] = [some[0], some.at(-1)]
    if (!first || !last) return
    const said = line.slice(first.from, last.to)
    if (!/\p{L}|\d{3}/u.test(said)) return
    const quoted = /["«“„]/.test(said) && /["»”“]/.test(line.charAt(last.to))
    const to = quoted ? last.to + 1 : last.to
    found.push({
      from: first.from,
      to,
      text: line.slice(first.from, to),
      worth: worth - personCost(said, first, people),
    })
  }
  // A name may end like a verb: «Роснефть», «Сеть».
  const [opening] = run.words
  if (opening?.capital && opening !== all[0]) add([opening], 8)
  const base = (run.led === null ? 0 : LED_WORTH[run.led]) + (run.first ? 24 : 0)
  for (let length = 1; length <= Math.min(LONGEST_WORDS, all.length); length += 1) {
    const some = all.slice(0, length)
    if (run.led !== null || (run.first && (some[0]?.from ?? 0) < notesFrom))
      add(some, base + prefixWorth(some, all))
  }
  for (const capitals of capitalRuns(all)) {
    add(capitals.slice(0, LONGEST_WORDS), base / 2 + 22 + capitals.length)
    if (capitals.length > 1) for (const word of capitals.slice(0, 3)) add([word], base / 2 + 12)
  }
  const last = all.at(-1)
  if (last && all.length > 1 && last.from < notesFrom) add([last], 4)
  return found
}

/** `Send Acme the quote`: the verb is no part of the name. */
function withoutAction({ words: all }: Run, text: string): readonly Word[] {
  const [first, second] = all
  if (!first || !isActionAt(text, first.from)) return all
  // `Ship Supply` may be a firm; «Отправить КП» never is.
  const isName = first.capital && second?.capital === true && /^[a-z]/.test(text.charAt(first.from))
  return isName ? all : all.slice(1)
}

/** All capitals together are likelier than their beginning; small words after them are likelier something else. */
function prefixWorth(some: readonly Word[], all: readonly Word[]): number {
  const capitals = all.findIndex(({ capital }) => !capital)
  const run = capitals < 0 ? all.length : capitals
  if (run === 0)
    return all.some(({ capital }) => capital) ? 2 - some.length : 16 - Math.abs(some.length - 1) * 3
  return some.length <= run ? 30 + some.length : 24 - (some.length - run) * 4
}

function capitalRuns(all: readonly Word[]): readonly (readonly Word[])[] {
  const runs: Word[][] = [[]]
  for (const word of all) {
    if (word.capital) runs.at(-1)?.push(word)
    else runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

function personCost(said: string, { from }: Word, people: readonly SaidPerson[]): number {
  const known = people.find((person) => person.from === from)
  const likeness = known ? known.person : personLikeness(said.split(' '))
  return likeness === 'sure' ? 60 : likeness === 'likely' ? 12 : 0
}

/** Words that no name of an account begins with, as places. */
export function verbPlaces(text: string, pattern: RegExp): readonly Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: said }) => ({ from: index, to: index + said.length }))
}

export const LABELS = words(
  'mood|notes?|настроение|настрой|заметк[аи]|участники|attendees|urgent|срочно|todo|next',
)
