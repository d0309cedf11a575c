import type { PromisedBy } from '../follow-ups/follow-up.ts'
import { FIRST_PERSON, isActionAt, THIRD_PERSON, THIRD_PLURAL } from './actions.ts'
import { words } from './plain.ts'
import { type Tense, tensesIn } from './tense.ts'

/** The words that open a promise; the promise itself begins at `to`. */
export type Marker = Readonly<{ from: number; to: number; promisedBy: PromisedBy; label: boolean }>

type Rule = Readonly<{ promisedBy: PromisedBy; label: boolean; pattern: RegExp }>

const SEPARATED = ' ?(?::|- )'
const OUR_LABELS =
  'next|todo|to-do|to do|actions?|follow-?ups?|дальше|далее|потом|затем|шаги?|задач[аи]|сделать|мы|от нас|я|we|us|me|our side|from us|наша сторона'
const OUR_STEPS =
  '(?:the )?next (?:steps?|actions?)(?: is| are| will be)?(?: to)?|action items?|след(?:ующ(?:ий|ие|ее|ая))?\\.? ?(?:шаг(?:и|ом)?|действи[ея]|задача)|с нас|с меня|за нами|за мной|on us|on me|on our side'
const THEIR_LABELS =
  'they|them|client|customer|their side|from them|они|клиент|заказчик|от них|от клиента|от заказчика|with them'
const THEIR_STEPS = 'с них|с клиента|с заказчика|за ними|за клиентом|за заказчиком|on them|on their side'

const THEY = '(?:they|he|she|the client|client|the customer|customer)'
const RU_THEY = '(?:клиент|клиенты|они|он|она|заказчик|заказчики)'
const PROMISED = '(?:по)?обещал[аи]?'
const TO_WHOM = '(?: (?:им|ему|ей|нам|мне|клиенту|заказчику))?'

const ours = (pattern: string, label: boolean): Rule => ({
  promisedBy: 'US',
  label,
  pattern: opened(pattern),
})
const theirs = (pattern: string, label: boolean): Rule => ({
  promisedBy: 'CLIENT',
  label,
  pattern: opened(pattern),
})
/** A pattern that begins with a word and may end with a sign. */
const opened = (source: string) => new RegExp(`(?<![\\p{L}\\d])(?:${source})`, 'gu')
const END = '(?![\\p{L}\\d])'

const RULES: readonly Rule[] = [
  ours(`(?:${OUR_STEPS})(?:${SEPARATED}|${END})`, true),
  theirs(`(?:${THEIR_STEPS})(?:${SEPARATED}|${END})`, true),
  ours(`(?:${OUR_LABELS})${SEPARATED}`, true),
  theirs(`(?:${THEIR_LABELS})${SEPARATED}`, true),
  ours(`(?:i|we)(?: have|'ve)? promised(?: them| him| her)?(?: to)?${END}`, false),
  ours(
    `(?:(?:i|we) (?:will|must|need to|have to|should|shall|are to|am to)|(?:i|we)'ll|need to|must|have to|will)${END}`,
    false,
  ),
  ours(`(?:я|мы)${TO_WHOM} ${PROMISED}${TO_WHOM}${END}`, false),
  ours(`(?:я |мы )?(?:должен|должна|должны)${END}|(?:мне |нам )?(?:нужно|надо|необходимо)${END}`, false),
  ours(`(?:я |мы )?(?=(?:${FIRST_PERSON})${END})`, false),
  theirs(`${THEY}(?: have| has|'ve|'s)? promised(?: us| me)?(?: to)?${END}`, false),
  theirs(`${THEY}(?:'ll| will| must| are to| is to| should)${END}`, false),
  theirs(`${RU_THEY}${TO_WHOM} ${PROMISED}${TO_WHOM}${END}`, false),
  theirs(`(?:по)?обещали${TO_WHOM}${END}`, false),
  theirs(`(?:${RU_THEY} )?(?=(?:${THIRD_PLURAL})${END})|${RU_THEY} (?=(?:${THIRD_PERSON})${END})`, false),
]
/** After which only a promise follows: «далее отправить КП», `next send the quote`. */
const UNMARKED = words('next|todo|to do|далее|дальше|потом|затем')
/** «Обещал прислать КП»: of oneself when the line tells of oneself, else of the client. */
const HE_PROMISED = words(`${PROMISED}${TO_WHOM}|promised(?: us| me)?(?: to)?`)
const OF_ONESELF = words(
  'был|была|заехал|заехала|встретился|встретилась|созвонился|созвонилась|позвонил|позвонила|обсудил|обсудила|съездил|съездила|посетил|посетила|звонил|звонила|провел|провела|показал|показала',
)
const NAMED_WILL = words(`promised(?: us| me)?(?: to)?|will|${THIRD_PERSON}|${PROMISED}`)

export function markersIn(line: string, text: string): readonly Marker[] {
  const found: Marker[] = []
  const before = tensesIn(text)
  const add = (from: number, to: number, rule: Pick<Rule, 'promisedBy' | 'label'>) => {
    const end = Math.max(to, from + 1)
    if (!found.some((other) => other.from < end && from < Math.max(other.to, other.from + 1)))
      found.push({ from, to, promisedBy: rule.promisedBy, label: rule.label })
  }
  for (const rule of RULES)
    for (const { index, 0: said } of text.matchAll(rule.pattern)) {
      const told = !rule.label && said.search(SUBJECT) === 0 && !isOpen(text, index)
      const opens = told || isClauseStart(text, index) || (rule.label && said.endsWith(':'))
      if (opens && (rule.label || !isOfMeeting(text, index + said.length, before(index))))
        add(index, index + said.length, rule)
    }
  for (const { index, 0: said } of text.matchAll(UNMARKED)) {
    const to = index + said.length
    if (isClauseStart(text, index) && isActionAt(text, to + 1))
      add(index, to, { promisedBy: 'US', label: true })
  }
  for (const { index, 0: said } of text.matchAll(NAMED_WILL)) {
    const from = namedBefore(line, index)
    if (from !== null && !isOfMeeting(text, index + said.length, before(from))) add(from, from, THEIRS)
  }
  for (const { index } of text.matchAll(NEXT_MEETING).take(MOST_NEXT))
    if (before(index).tense === 'past') add(index, index, OURS)
  const tells = text.search(OF_ONESELF) >= 0
  for (const { index, 0: said } of text.matchAll(HE_PROMISED)) {
    const own = tells && !/[ие]$/.test(said)
    if (isClauseStart(text, index)) add(index, index + said.length, own ? OURS : THEIRS)
  }
  const ordered = found.toSorted((a, b) => a.from - b.from)
  return ordered.filter((marker, at) => !isCarried(text, marker, ordered[at - 1]))
}

const SUBJECT = words(
  'i|we|they|he|she|the client|client|the customer|customer|я|мы|они|он|она|клиент|заказчик|клиенты',
)

/** `they: will send`: the verb has no one of its own, so it is told of whom the label names. */
function isCarried(text: string, { from, to }: Marker, before: Marker | undefined): boolean {
  if (!before?.label || text.slice(before.to, from).trim() !== '') return false
  const said = text.slice(from, to)
  return said !== '' && said.search(SUBJECT) !== 0
}

/** Of a line that tells of one meeting, the next one is what was agreed. */
const NEXT_MEETING = words(
  '(?:the )?(?:next|following) (?:meeting|call|visit|demo|zoom)|следующ(?:ая|ую|ий) (?:встреч[ау]|созвон|звонок|визит|демо)',
)
const MOST_NEXT = 8

const OURS = { promisedBy: 'US', label: false } as const
const THEIRS = { promisedBy: 'CLIENT', label: false } as const

const CLAUSE =
  /(?:^|[.,;:!?\n|()•*>-]|(?:^|[^\p{L}])(?:and|и|а|but|но|also|then|также|затем|потом|также|plus|that|что))$/u

/** `what they will send`, «если они пришлют»: no promise. */
const isOpen = (text: string, at: number) =>
  /(?:^|[^\p{L}])(?:what|whether|if|when|until|who|which|how|because|once|before|after|если|когда|чтобы|котор\p{L}{2,3}|пока|как|что|где|раз) $/u.test(
    text.slice(Math.max(0, at - 12), at),
  )

function isClauseStart(text: string, at: number): boolean {
  let end = at
  while (end > 0 && text.charAt(end - 1) === ' ' && at - end < 8) end -= 1
  return CLAUSE.test(text.slice(Math.max(0, end - 8), end))
}

const MEETING_VERB = words(
  'visit|meet|see|be|go|drop|stop|come|have|call|phone|speak|join|attend|зайти|заехать|встретиться|посетить|съездить|поехать|созвониться|позвонить|приедет|придет|будет',
)

/** `Will visit Acme tomorrow` plans the meeting itself, unless the line has already told of one. */
function isOfMeeting(text: string, to: number, { tense }: Tense): boolean {
  const next = text.slice(to, to + 24).trimStart()
  MEETING_VERB.lastIndex = 0
  const verb = MEETING_VERB.exec(next)
  return verb?.index === 0 && tense !== 'past'
}

const LONGEST_NAMED = 48
const NAMED = /(?:^|[^\p{L}])(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?) $/u
const NOBODY = /^(?:I|We|He|She|They|It|You|Also|And|That|Who|Я|Мы|Он|Она|Они|Кто|Что|Также|И|А)$/u

/** Where the name before this verb begins, when it is somebody's. */
function namedBefore(line: string, at: number): number | null {
  const before = line.slice(Math.max(0, at - LONGEST_NAMED), at)
  const name = NAMED.exec(before)?.[1]
  return name === undefined || NOBODY.test(name) ? null : at - name.length - 1
}
