import type { Span } from '../when/reading.ts'
import { words } from './plain.ts'

/** What a stretch of a line about a discount is about, from the word that opens it to where the thought ends. */
export type Clause = Span & Readonly<{ kind: 'return' | 'condition' | 'promise' | 'because'; starts: number }>

const IN_RETURN =
  'in return(?: for(?: that| it)?)?|in exchange(?: for(?: that| it)?)?|for that|взамен|в замен|в обмен(?: на)?|за это|в ответ|встречно|встречные условия|встречное условие|с их стороны|с клиента|от них|they give|gives?(?= ?:)'
const CONDITION =
  'if|provided(?: that)?|providing|on (?:the )?condition(?: that)?|under (?:the )?condition(?: that)?|as long as|subject to|once they|when they|in case|если|при условии(?: что|, что)?|с условием(?: что|, что)?|в случае(?: если)?|при (?=покупке|заказе|закупке|объеме|подписании|оплате|выкупе)|за (?=рекоменд|референс|отзыв|объем)|for (?=a referral|a reference|a testimonial|a case study)'
/** What the client will do stands without any such word as well: «подпишут до пятницы». */
const CLIENT = '(?:they|client|the client|customer|the customer|они|клиент|заказчик)'
const PROMISE =
  `(?=${CLIENT}(?: will|'ll| would| promised? to| agreed? to| are ready to| are willing to)? (?:sign|buy|order|take|purchase|prepay|refer|recommend|introduce|commit)(?![\\p{L}]))` +
  `|(?=(?:${CLIENT} )?(?:подпиш[уе]т|куп[ия]т|закуп[ия]т|закаж[уе]т|возьм[уе]т|берут|берет|оплат[ия]т|приобрет[уе]т|обеща[ею]т|готов[аы]?|согласн[аы]|согласен|рекоменду[ею]т|порекоменду[ею]т)(?![\\p{L}]))`
const BECAUSE =
  'because(?: of)?|becuase|cuz|since(?! ?\\d)|due to|the reason(?: is| being)?|reason|причина|потому что|потому, что|потому как|т\\.? ?к\\.?|так как|поскольку|из-за|ввиду|в связи с|ибо|otherwise|or else|иначе|а то|чтобы|so that|in order to'

const MARKS: readonly (readonly [Clause['kind'], RegExp])[] = [
  ['return', words(IN_RETURN)],
  ['condition', opened(CONDITION)],
  ['promise', opened(PROMISE)],
  ['because', opened(BECAUSE)],
]

/** A pattern that begins with a word and ends between words, perhaps where it began. */
function opened(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])(?:${source})(?:(?<![\\p{L}\\d])|(?![\\p{L}\\d]))`, 'gu')
}

const MOST_CLAUSES = 12

/** `stops`: places at which another matter begins, such as a deferral or what a competitor offers. */
export function clausesIn(text: string, stops: readonly number[]): readonly Clause[] {
  const marks = MARKS.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern).take(MOST_CLAUSES)].map(({ index, 0: said }) => ({
      kind,
      from: index,
      starts: index + said.length,
    })),
  ).toSorted((a, b) => a.from - b.from || b.starts - a.starts)
  const clauses: Clause[] = []
  for (const [at, mark] of marks.entries()) {
    const last = clauses.at(-1)
    if (last && isSwallowed(mark, last)) continue
    const next = marks
      .slice(at + 1)
      .find((other) => other.from >= mark.starts && !isWithin(text, other, mark))
    const end = Math.min(next?.from ?? text.length, sentenceEnd(text, mark.starts), stopIn(stops, mark))
    clauses.push({ ...mark, to: Math.max(end, mark.starts) })
  }
  return clauses
}

type Mark = Omit<Clause, 'to'>

/** «потому что возьмут 200 штук»: a reason, not what is given in return. A promise ends another one behind a comma. */
const isWithin = (text: string, other: Mark, { kind, from }: Mark) =>
  other.kind === 'promise' &&
  (kind !== 'promise' || !text.slice(Math.max(from, other.from - SHORT), other.from).includes(','))
const SHORT = 3

/** A clause that is open goes on through a promise; any other mark within its first word is a part of it. */
const isSwallowed = ({ kind, from }: Mark, last: Clause) =>
  from < last.starts || (kind === 'promise' && from < last.to)

const stopIn = (stops: readonly number[], { kind, starts }: Mark) =>
  kind === 'because'
    ? Number.POSITIVE_INFINITY
    : (stops.find((stop) => stop > starts) ?? Number.POSITIVE_INFINITY)

const SENTENCE_END = /[;\n]|[.!](?=\s|$)|\?(?=\s*$)/g
const ABBREVIATED = /(?:^|[^\p{L}])(?:шт|руб|тыс|млн|ед|дн|кол|мин|т|к|г|р|pcs|approx|no|inc|ltd|co)$/u

function sentenceEnd(text: string, from: number): number {
  SENTENCE_END.lastIndex = from
  for (let match = SENTENCE_END.exec(text); match; match = SENTENCE_END.exec(text))
    if (match[0] !== '.' || !ABBREVIATED.test(text.slice(Math.max(0, match.index - 8), match.index)))
      return match.index
  return text.length
}
