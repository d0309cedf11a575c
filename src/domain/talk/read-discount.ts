import type { SaidPrice } from '../discounts/terms.ts'
import { findWhens } from '../when/read-when.ts'
import type { Found, Span } from '../when/reading.ts'
import { type Amount, amountsIn } from './amounts.ts'
import { peopleIn } from './attendees.ts'
import { type Clause, clausesIn } from './clauses.ts'
import { REQUESTS, withPriceWords, WORDS_OF_REQUEST } from './discount-leads.ts'
import { deferralsIn, quantitiesIn, type Rival, rivalsIn } from './discount-marks.ts'
import { figuresIn, narrowed } from './figures.ts'
import { givesIn, giveSpans, type PlacedGive, type SaidGive } from './gives.ts'
import { lastDayIn } from './last-day.ts'
import { leftover } from './leftover.ts'
import { namesIn, verbPlaces } from './names.ts'
import { type Percent, percentsIn } from './percents.ts'
import { blanked, inOrder, overlaps, plain, withLead } from './plain.ts'
import { type PriceTalk, priceIn, type Wrong } from './price-talk.ts'
import type { Named, TalkContext } from './talk.ts'

export { subjectsIn } from './subjects.ts'

type CompetitorPrice = Readonly<{ amount: string; currency: string | null }>

/** What a line says of a discount. Nothing is guessed: what was not said is null or empty. */
export type DiscountTalk = Readonly<{
  /** Where the account's name may stand, the likeliest first. */
  names: readonly Named[]
  /** Decimal texts: `12.5`. */
  price: SaidPrice
  /** When an amount carried one. */
  currency: string | null
  /** What looks like a percentage or an amount and cannot be the one that is meant. */
  wrong: Wrong | null
  /** A trailing `?`: only ask who would decide. */
  preview: boolean
  quantity: number | null
  deferralDays: number | null
  /** `until 31 December`: the last day on which the discount may be used. */
  lastDay: Found | null
  competitorPrice: CompetitorPrice | null
  gives: readonly SaidGive[]
  /** Where the client's part is told: whatever is named there is not what the discount is on. */
  givesAt: readonly Span[]
  /** What is left once all of that, the account at this place and the subject at that place are taken out. */
  reasonWithout(account: Named | null, subject: Span | null): string
}>

/** `taken`: places that are known to be names, so that no figure in them is a percentage or an amount. */
export function readDiscount(line: string, context: TalkContext, taken: readonly Span[] = []): DiscountTalk {
  const text = blanked(plain(narrowed(line)), taken)
  const scene = sceneOf(line, text, context)
  const price = priceOf(scene)
  const quantity = scene.quantities.filter((one) => !scene.inGives(one))
  const lastDay = lastDayIn(text, scene.whens, [...giveSpans(scene.gives), ...scene.because])
  const preview = /\?[\s!.]{0,8}$/.test(text)
  const outside = quantity.filter((one) => !scene.inReason(one))
  const cuts = [
    ...price.spans.map((span) => withPriceWords(text, span)),
    ...outside,
    ...scene.deferrals,
    ...(lastDay?.spans ?? []),
    ...giveSpans(scene.gives),
    ...(preview ? [{ from: text.lastIndexOf('?'), to: text.length }] : []),
  ]
  return {
    names: namesOf(scene, [...cuts, ...taken]),
    price: price.price,
    currency: price.currency,
    wrong: price.wrong,
    preview,
    quantity: onlyOne(quantity.map(({ count }) => count)),
    deferralDays: onlyOne(scene.deferrals.map(({ count }) => count)),
    lastDay: lastDay?.found ?? null,
    competitorPrice: competitorPriceIn(scene),
    gives: scene.gives,
    givesAt: giveSpans(scene.gives),
    reasonWithout: (account, subject) => reasonOf(scene, cuts, account, subject),
  }
}

/** Of two that differ neither is sure. */
const onlyOne = (all: readonly number[]): number | null => {
  const distinct = new Set(all)
  return distinct.size === 1 ? (all[0] ?? null) : null
}

type Scene = Readonly<{
  line: string
  text: string
  percents: readonly Percent[]
  amounts: readonly Amount[]
  rivals: readonly Rival[]
  deferrals: ReturnType<typeof deferralsIn>
  quantities: ReturnType<typeof quantitiesIn>
  whens: readonly Found[]
  because: readonly Clause[]
  gives: readonly PlacedGive[]
  inGives(span: Span): boolean
  inReason(span: Span): boolean
}>

function sceneOf(line: string, text: string, context: TalkContext): Scene {
  const deferrals = deferralsIn(text)
  const counted = quantitiesIn(text)
  const quantities = counted.filter((one) => !deferrals.some((other) => overlaps(one, other)))
  const free = blanked(text, [...deferrals, ...quantities])
  const figures = figuresIn(free)
  const percents = percentsIn(free, figures)
  const others = figures.filter((figure) => !percents.some((percent) => overlaps(figure, percent)))
  const money = amountsIn(blanked(line, []), free, others)
  const sure = money.filter(({ currency, thousands }) => currency !== null || thousands)
  // A sign in their place, so that what stood before and behind them does not become one time.
  const dated = blanked(narrowed(line), [...deferrals, ...quantities, ...percents, ...sure], '_')
  const whens = findWhens(dated, { ...context, direction: 'future' })
  const amounts = money.filter(
    (amount) => sure.includes(amount) || !whens.some((when) => overlapsPieces(when, amount)),
  )
  const rivals = rivalsIn(
    text,
    [...percents, ...amounts].toSorted((a, b) => a.from - b.from),
  )
  const clauses = clausesIn(
    text,
    [...rivals, ...deferrals].map(({ from }) => from).toSorted((a, b) => a - b),
  )
  const because = clauses.filter(({ kind }) => kind === 'because')
  const gives = givesIn({ line, text: blanked(text, deferrals), whens }, clauses)
  const inside = (spans: readonly Span[]) => (span: Span) => spans.some((other) => overlaps(other, span))
  return {
    line,
    text,
    percents,
    amounts,
    rivals,
    deferrals,
    quantities,
    whens,
    because,
    gives,
    inGives: inside(giveSpans(gives)),
    inReason: inside(because),
  }
}

const overlapsPieces = ({ pieces }: Found, span: Span) => pieces.some((piece) => overlaps(piece, span))

function priceOf({ line, percents, amounts, rivals, inGives, inReason }: Scene): PriceTalk {
  const isRivals = (span: Span) => rivals.some(({ figure }) => figure !== null && overlaps(figure, span))
  const own = percents.filter((percent) => !inGives(percent) && !isRivals(percent))
  return priceIn(
    line,
    { free: own.filter((percent) => !inReason(percent)), inReason: own.filter(inReason) },
    amounts.filter((amount) => !inGives(amount) && !isRivals(amount) && !inReason(amount)),
  )
}

function competitorPriceIn({ rivals, amounts }: Scene): CompetitorPrice | null {
  const theirs = amounts.filter(
    ({ value, from }) => value !== null && rivals.some(({ figure }) => figure?.from === from),
  )
  const [first] = theirs
  const isOne = new Set(theirs.map(({ value }) => value)).size === 1
  return first?.value && isOne ? { amount: first.value, currency: first.currency } : null
}

const MOST_NAMES = 16
const MOST_ROUNDS = 3
/** Nobody names the client far behind in a text of this length. */
const LONGEST_LINE = 1000

/**
 * Who is referred to, or who competes, is not the client, unless nobody else is named. The line often begins with what
 * the discount is on, so that what stands behind the likeliest name is looked at once more, as if it stood first.
 */
function namesOf({ line, text, rivals, amounts }: Scene, cuts: readonly Span[]): readonly Named[] {
  const read = (taken: readonly Span[]) => {
    const places = inOrder([...taken, ...verbPlaces(text, WORDS_OF_REQUEST)])
    return namesIn({ line, text, people: peopleIn(line, text, places), notesFrom: line.length }, places)
  }
  const taken = [...cuts, ...rivals, ...amounts]
  const names = [...read(taken)]
  if (names.length === 0) return read(amounts)
  let round = names
  for (let count = 1; count < MOST_ROUNDS && round.length > 0 && line.length <= LONGEST_LINE; count += 1) {
    taken.push(...besideFirst(round))
    round = read(taken).filter((one) => !names.some(({ from, to }) => from === one.from && to === one.to))
    names.push(...round)
  }
  return names.slice(0, MOST_NAMES)
}

/** The likeliest name with whatever was taken for a longer or shorter form of it. */
function besideFirst(names: readonly Named[]): readonly Named[] {
  const [first] = names
  if (!first) return []
  const longest = names.filter((name) => overlaps(name, first)).reduce((a, b) => (b.to > a.to ? b : a), first)
  return names.filter((name) => overlaps(name, longest) || overlaps(name, first))
}

const OPENING =
  /^(?:because(?: of)?|becuase|since|due to|the reason is|reason ?:|reason|причина ?:|причина|потому,? что|потому как|т\.? ?к\.?|так как|поскольку)(?![\p{L}\d])[\s:,-]{0,4}/iu

function reasonOf(scene: Scene, cuts: readonly Span[], account: Named | null, subject: Span | null): string {
  const { line, text } = scene
  const on = subject && withDealWords(text, subject)
  const named = [account, on].filter((span) => span !== null)
  const led = named.map(({ from, to }) => ({ from: withLead(text, from), to }))
  const left = leftover(line, [...cuts, ...led, ...requestAt(scene, cuts)])
  const reason = left.replace(LOOSE_START, '').replace(OPENING, '').replace(LOOSE_END, '')
  return LOOSE.test(reason) || !/[\p{L}\d]/u.test(reason) ? '' : reason
}

const LOOSE = /^(?:и|and|на|для|for|on|with|с|по|then|то|тогда|но|but|in|a|of)$/iu

const DEAL_AHEAD = /(?<!\p{L})(?:за|over|(?:по |за |на )?сделк[аиеу]) $/u
const DEAL_BEHIND = /^ (?:deal|сделк[аиеу])(?!\p{L})/u
const DEAL_REACH = 12

/** «по сделке …», `the … deal`. */
function withDealWords(text: string, { from, to }: Span): Span {
  const ahead = DEAL_AHEAD.exec(text.slice(Math.max(0, from - DEAL_REACH), from))?.[0] ?? ''
  const behind = DEAL_BEHIND.exec(text.slice(to, to + DEAL_REACH))?.[0] ?? ''
  return { from: from - ahead.length, to: to + behind.length }
}

/** What leads nowhere once its neighbours are gone. */
const LOOSE_START = /^(?:и|and|then|то|тогда|,)(?![\p{L}\d])[\s,]{0,4}/iu
const LOOSE_END = /[\s,]{1,4}(?:и|and|на|для|for|on|with|с|по|then|то|тогда|но|but)$/iu
const HEAD = 48

/** «Прошу согласовать скидку для …»: how the line begins says nothing of why. */
function requestAt({ text, rivals, because }: Scene, cuts: readonly Span[]): readonly Span[] {
  const head = Math.max(HEAD, cuts[0]?.from ?? 0)
  const elsewhere = [...rivals, ...because]
  return verbPlaces(text.slice(0, head), REQUESTS).filter(
    (span) => !elsewhere.some((other) => overlaps(other, span)) && isBeforePrice(span, cuts),
  )
}

const isBeforePrice = ({ from }: Span, [price]: readonly Span[]) => price === undefined || from < price.to
