import type { GiveKind } from '../discounts/terms.ts'
import type { Found, Span } from '../when/reading.ts'
import type { Clause } from './clauses.ts'
import { leftover } from './leftover.ts'
import { blanked, inOrder, overlaps, withLead, words } from './plain.ts'
import { deadlineOf } from './steps.ts'

/** What the client would do for the discount, as it was written; null when no time was said. */
export type SaidGive = Readonly<{ kind: GiveKind; what: string; when: Found | null }>
export type PlacedGive = SaidGive & Readonly<{ at: Span }>

const MOST_GIVES = 10

const PREPAYMENT =
  'предо?пл[ао]т\\p{L}{0,4}|пердоплат\\p{L}{0,4}|аванс\\p{L}{0,6}|prepay\\p{L}{0,5}|prepaid|pre-pay\\p{L}{0,5}|up ?front|advance payment|payment in advance|pay in advance|in advance|down ?payment|deposit|депозит\\p{L}{0,3}|(?:о?плат\\p{L}{1,4} )?вперед'
const KINDS: readonly (readonly [GiveKind, RegExp])[] = [
  ['PREPAYMENT', words(PREPAYMENT)],
  [
    'REFERRAL',
    /рекоменд|реферал|референс|познаком|порекоменд|приведут|сведут|(?<!\p{L})(?:refer(?!ring to)|introduc|intro(?!\p{L})|recommend|reference)/u,
  ],
  [
    'VOLUME',
    /\d ?(?:шт|штук|ед(?!\p{L})|единиц|комплект|компл|units?|pcs|pieces|sets|licen[sc]es|лиценз|seats|тонн|т(?!\p{L})|kg|кг)|об[ъь]?ем|volume|количеств|(?:возьм|бер[еу]т|взять|выкуп|куп[ия]т|закаж|заказ|закуп|take|taking|buy|order|purchas)\p{L}{0,6} (?:\p{L}{1,12} ){0,3}\d/u,
  ],
]
const DATED =
  /(?:sign|buy|order|purchas|clos|pay|tak(?:e|ing)|decid|commit|confirm|подпи|забрать|куп[ия]т|покуп|закаж|заказ|оплат|возьм|берут|закро|закуп|приобрет|выкуп|решат|подтверд)/u

function kindOf(piece: string, when: Found | null): GiveKind {
  const known = KINDS.find(([, pattern]) => piece.search(pattern) >= 0)?.[0]
  if (known) return known
  return when !== null && DATED.test(piece) ? 'DATE' : 'OTHER'
}

type Scene = Readonly<{ line: string; text: string; whens: readonly Found[] }>

export function givesIn(scene: Scene, clauses: readonly Clause[]): readonly PlacedGive[] {
  const told = clauses.filter(({ kind }) => kind !== 'because')
  const gives = told.flatMap((clause) => givesOf(scene, clause))
  const because = clauses.filter(({ kind }) => kind === 'because')
  const taken = [...gives.map(({ at }) => at), ...because]
  const alone = prepaymentsIn(scene).filter(({ at }) => !taken.some((span) => overlaps(span, at)))
  return [...gives, ...alone].toSorted((a, b) => a.at.from - b.at.from).slice(0, MOST_GIVES)
}

/** «если не дадим», `if we lose`, `if possible`: nothing that the client would do. */
const NO_GIVE =
  /^ ?(?:\p{L}{1,16} )?(?:не|нет|мы(?! получ)|можно|возможно|надо|нужно|получится|дадим|not|don't|doesn't|won't|we(?! get| receive| win)|possible|needed|i|you)(?!\p{L})/u

function givesOf(scene: Scene, clause: Clause): readonly PlacedGive[] {
  const { text } = scene
  if (clause.kind === 'condition' && NO_GIVE.test(text.slice(clause.starts, clause.starts + 40))) return []
  const gives: PlacedGive[] = []
  let from = clause.from
  let starts = clause.starts
  for (const piece of piecesIn(text, clause)) {
    const give = giveAt(scene, { from, to: piece.to }, starts)
    const [first] = gives
    const goesOn = first === undefined || give?.kind !== 'OTHER' || (first.kind === 'OTHER' && piece.comma)
    // Whatever else a client is ready for is told, not given.
    if (!give || !goesOn || (clause.kind === 'promise' && give.kind === 'OTHER')) break
    gives.push(give)
    from = piece.to
    starts = piece.next
  }
  return gives
}

type Piece = Readonly<{ to: number; next: number; comma: boolean }>
const JOINT = /, ?(?:и |and |а также |плюс |plus )?(?!\d)| (?:и|and|плюс|plus|а также) | \+ /g
/** «если возьмут 200 штук, то дадим 10%»: what we do for it. */
const OURS =
  /^ ?(?:то|тогда|then|дадим|даем|мы|we|i'd|скидк\p{L}*|discount)(?!\p{L})|^ ?-?\d+(?:[.,]\d+)? ?%/u

/** The parts of a clause, each with where the next one begins; an `and` parts only what is a promise on both sides. */
function piecesIn(text: string, clause: Clause): readonly Piece[] {
  const pieces: Piece[] = []
  let comma = true
  let at = clause.starts
  const part = text.slice(0, clause.to)
  JOINT.lastIndex = clause.starts
  for (let match = JOINT.exec(part); match && pieces.length < MOST_GIVES; match = JOINT.exec(part)) {
    const isComma = match[0].startsWith(',')
    const next = match.index + match[0].length
    if (text.slice(at, match.index).trim() === '') continue
    const rest = text.slice(next, Math.min(clause.to, next + 60))
    if (isComma && OURS.test(rest)) return [...pieces, { to: match.index, next, comma }]
    if (!isComma && !KINDS.some(([, pattern]) => rest.split(/,| (?:and|и) /)[0]?.search(pattern) !== -1))
      continue
    pieces.push({ to: match.index, next, comma })
    comma = isComma
    at = next
  }
  return [...pieces, { to: clause.to, next: clause.to, comma }]
}

const THEN = /(?:,| -)? (?:то|тогда|then)(?!\p{L})/u
const PERCENT = /(?<![\p{L}\d.,-])-?\d{1,3}(?:[.,]\d{1,3})? ?%/gu

function giveAt(scene: Scene, { from, to }: Span, starts: number): PlacedGive | null {
  const { line, text, whens } = scene
  const then = text.slice(starts, to).search(THEN)
  const whole = then < 0 ? to : starts + then
  const inside = (end: number) => whens.filter((when) => when.from >= starts && when.to <= end)
  const dateless = (end: number) =>
    blanked(
      text,
      inside(end).flatMap(({ pieces }) => pieces),
    ).slice(starts, end)
  const kind = kindOf(dateless(whole), deadlineOf(text, inside(whole)))
  const end = percentEnd(text, { from: starts, to: whole }, kind)
  const found = inside(end)
  const when = deadlineOf(text, found)
  const cuts = (when?.pieces ?? []).map((span) => ({
    from: Math.max(starts, withLead(text, span.from)) - starts,
    to: span.to - starts,
  }))
  const what = leftover(line.slice(starts, end), cuts)
  return /[\p{L}\d]/u.test(what) ? { kind, what, when, at: { from, to: end } } : null
}

/** A percentage ends what is given, unless it is a share of the payment or anything else that has one. */
function percentEnd(text: string, { from, to }: Span, kind: GiveKind): number {
  if (kind === 'OTHER') return to
  const percents = [...text.slice(from, to).matchAll(PERCENT).take(3)]
  const foreign = kind === 'PREPAYMENT' ? percents[1] : percents[0]
  return foreign === undefined || foreign.index === 0 ? to : from + foreign.index
}

const LED = '(?:(?:с|со|при|под|по|за|with|against|for|under|at|on|a) ){0,2}'
const SHARE = '\\d{1,3}(?:[.,]\\d{1,2})? ?(?:%|процент\\p{L}{0,3}|percent)'
const ALONE = words(`${LED}(?:${SHARE} (?:of )?)?(?:${PREPAYMENT})`)
const SHARE_AFTER = new RegExp(`^ ?(?:of |в |на |в размере )?${SHARE}`, 'u')
const NONE = /(?:без|no|without|вместо|instead of|не будет) $/u

/** A prepayment is always what the client does, whatever it stands beside. */
function prepaymentsIn(scene: Scene): readonly PlacedGive[] {
  const found: PlacedGive[] = []
  for (const { index, 0: said } of scene.text.matchAll(ALONE).take(MOST_GIVES)) {
    if (NONE.test(scene.text.slice(Math.max(0, index - 12), index))) continue
    const noun = index + said.length
    const share = /\d/.test(said) ? '' : (SHARE_AFTER.exec(scene.text.slice(noun, noun + 32))?.[0] ?? '')
    const to = noun + share.length
    const when = scene.whens.find((one) => one.from >= to && one.from <= to + 2)
    const give = giveAt(scene, { from: index, to: when?.to ?? to }, leadEnd(said) + index)
    if (give) found.push({ ...give, kind: 'PREPAYMENT' })
  }
  return found
}

const LED_START = new RegExp(`^${LED}`, 'u')
const leadEnd = (said: string) => LED_START.exec(said)?.[0].length ?? 0

export const giveSpans = (gives: readonly PlacedGive[]): readonly Span[] => inOrder(gives.map(({ at }) => at))
