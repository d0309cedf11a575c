import type { Offer } from '../discounts/offer.ts'
import type { Span } from '../when/reading.ts'
import { narrowed } from './figures.ts'
import { overlaps } from './plain.ts'
import { type NameWord, nameWords, wordCost, wordsOfName } from './subject-words.ts'

export type SubjectsFound =
  | Readonly<{ kind: 'sure'; offer: Offer; at: Span }>
  /** Between these it would be a coin toss; of a single one it is not certain that it was meant. Deals stand first. */
  | Readonly<{ kind: 'several'; offers: readonly Offer[]; at: Span }>
  | Readonly<{ kind: 'none' }>

/** How well one name of an offer is told by words that stand together. */
type Fit = Readonly<{
  offer: Offer
  at: Span
  score: number
  share: number
  doubtful: boolean
  slips: boolean
  /** Every word sounds as it does in the name. */
  exact: boolean
}>

const ENOUGH = 0.7
/** Two that are this near fit alike. */
const NEAR = 0.3
const MOST_OFFERED = 8

/**
 * Which deal or product a line names, by the product's name or the distinctive words of the deal's title. Sure only when
 * one fits clearly better than every other. `taken` are places that mean something else: the account, what is given.
 */
export function subjectsIn(line: string, offers: readonly Offer[], taken: readonly Span[]): SubjectsFound {
  const text = narrowed(line)
  const said = nameWords(text, taken)
  const costs = costsBetween(said)
  const fits = offers
    .map((offer) => bestFit(text, said, offer, costs))
    .filter((fit) => fit !== null)
    .toSorted(byFit)
  const [best] = fits
  if (!best) return { kind: 'none' }
  const rivals = withoutOwnProduct(fits.filter((fit) => fit === best || isRival(best, fit)))
  const [only, ...others] = rivals
  if (only && others.length === 0 && !only.doubtful) return { kind: 'sure', offer: only.offer, at: only.at }
  const ordered = rivals.toSorted(
    (a, b) => Number(b.offer.subject.dealId !== null) - Number(a.offer.subject.dealId !== null),
  )
  return { kind: 'several', offers: ordered.slice(0, MOST_OFFERED).map(({ offer }) => offer), at: best.at }
}

/** A product that is named stands for the one open deal about it. */
function withoutOwnProduct(fits: readonly Fit[]): readonly Fit[] {
  const [deal, ...more] = fits.filter(({ offer }) => offer.subject.dealId !== null)
  const products = fits.filter(({ offer }) => offer.subject.dealId === null)
  const isAbout = deal && products.every(({ offer }) => isSameProduct(deal.offer, offer))
  return isAbout && more.length === 0 ? [deal] : fits
}

const isSameProduct = ({ subject: deal }: Offer, { subject: product }: Offer): boolean =>
  deal.productId === null ? deal.product === product.product : deal.productId === product.productId

const WHOLE = 0.99
const MOSTLY = 0.6

function isRival(best: Fit, other: Fit): boolean {
  if (!overlaps(best.at, other.at)) return other.share >= MOSTLY || best.share < MOSTLY
  // `Care` is a product of its own beside `Care 24/7`.
  if (best.share >= WHOLE && !best.slips && other.share < WHOLE) return false
  // Whoever writes a whole name without a slip does not mean one that is only like it.
  if (best.share >= WHOLE && best.exact && !other.exact) return false
  return best.score - other.score < NEAR
}

const byFit = (a: Fit, b: Fit) => b.score - a.score || b.share - a.share

type Costs = (name: NameWord) => ReadonlyMap<number, number>

/** Every word of the names is compared with the line once. */
function costsBetween(said: readonly NameWord[]): Costs {
  const known = new Map<string, ReadonlyMap<number, number>>()
  return (name) => {
    const key = name.keys.length === 1 ? (name.keys[0] ?? '') : name.keys.join(' ')
    const before = known.get(key)
    if (before) return before
    const costs = new Map<number, number>()
    for (const [at, word] of said.entries()) {
      const cost = wordCost(word, name)
      if (cost !== null) costs.set(at, cost)
    }
    known.set(key, costs)
    return costs
  }
}

function bestFit(text: string, said: readonly NameWord[], offer: Offer, costs: Costs): Fit | null {
  const { title, product } = offer.subject
  const names = [...new Set([title, ...(product === null ? [] : [product])])]
  const fits = names.flatMap((name) => fitsOf(text, said, offer, name, costs))
  return fits.toSorted(byFit)[0] ?? null
}

/** A word of the name and the word of the line that says it. */
type Hit = Readonly<{ at: number; name: number; cost: number }>

function fitsOf(
  text: string,
  said: readonly NameWord[],
  offer: Offer,
  name: string,
  costs: Costs,
): readonly Fit[] {
  const words = wordsOfName(name)
  const hits: Hit[] = []
  for (const [at, word] of words.entries())
    for (const [place, cost] of costs(word)) hits.push({ at: place, name: at, cost })
  // Of a long price list hardly any name is spoken of.
  if (hits.length === 0) return []
  hits.sort((a, b) => a.at - b.at || a.cost - b.cost)
  return clustersOf(said, hits).flatMap((cluster) => {
    const fit = fitOf(text, said, words, name, cluster)
    return fit ? [{ ...fit, offer }] : []
  })
}

/** Hits that stand side by side, with at most one small word between them. */
function clustersOf(said: readonly NameWord[], hits: readonly Hit[]): readonly (readonly Hit[])[] {
  const clusters: Hit[][] = []
  for (const hit of hits) {
    const last = clusters.at(-1)?.at(-1)
    const isNext =
      last && (hit.at - last.at <= 1 || (hit.at - last.at === 2 && said[last.at + 1]?.weak === true))
    if (isNext) clusters.at(-1)?.push(hit)
    else clusters.push([hit])
  }
  return clusters
}

const GENERIC =
  /^(?:поставк|договор|контракт|проект|сделк|тендер|сервис|услуг|заказ|закупк|оборудован|партия|год|service|suppl|contract|deal|project|tender|order|purchase|delivery|renewal|equipment)/

function weightOf(name: string, word: NameWord): number {
  const text = name.slice(word.from, word.to).toLowerCase()
  if (word.number) return 0.5
  if (word.weak && word.to - word.from < 3) return 0.05
  if (GENERIC.test(text)) return 0.4
  return text.length === 1 ? 0.2 : text.length === 2 ? 0.5 : 1
}

function fitOf(
  text: string,
  said: readonly NameWord[],
  words: readonly NameWord[],
  name: string,
  cluster: readonly Hit[],
): Omit<Fit, 'offer'> | null {
  const used = grown(said, words, oneEach(cluster))
  const weight = (hit: Hit) => weightOf(name, words[hit.name] ?? { ...NO_WORD })
  const score = used.reduce((sum, hit) => sum + weight(hit) * (1 - hit.cost / 4), 0)
  const all = words.reduce((sum, word) => sum + weightOf(name, word), 0)
  const places = used.map(({ at }) => said[at]).filter((word) => word !== undefined)
  const [first, last] = [places[0], places.at(-1)]
  if (!first || !last || !isTelling(text, said, words, used)) return null
  if (score < ENOUGH && score < all * WHOLE) return null
  const others = otherNumbers(text, said, words, used)
  const share = used.reduce((sum, hit) => sum + weight(hit), 0) / all
  return {
    at: { from: first.from, to: Math.max(endOf(text, name, last), ...others.map(({ to }) => to)) },
    score,
    share,
    doubtful: others.length > 0,
    slips: used.some(({ cost }) => cost > 0.35),
    exact: used.every(({ cost }) => cost === 0),
  }
}

const NO_WORD: NameWord = { from: 0, to: 0, keys: [], number: false, cyrillic: false, weak: true }

const SLACK = 0.5

/** The words beside those that fit may be worse: `pilt control`. */
function grown(said: readonly NameWord[], words: readonly NameWord[], used: readonly Hit[]): readonly Hit[] {
  const [first, last] = [used[0], used.at(-1)]
  if (!first || !last) return used
  const near = (hit: Hit, step: 1 | -1): readonly Hit[] => {
    const [word, name] = [said[hit.at + step], words[hit.name + step]]
    if (!word || !name || used.some((other) => other.name === hit.name + step)) return []
    const cost = wordCost(word, name, SLACK)
    return cost === null ? [] : [{ at: hit.at + step, name: hit.name + step, cost }]
  }
  return [...near(first, -1), ...used, ...near(last, 1)]
}

/** Each word of the line says one word of the name, and the other way round. */
function oneEach(cluster: readonly Hit[]): readonly Hit[] {
  const used: Hit[] = []
  for (const hit of cluster.toSorted((a, b) => a.cost - b.cost || a.at - b.at || a.name - b.name))
    if (!used.some(({ at, name }) => at === hit.at || name === hit.name)) used.push(hit)
  return used.toSorted((a, b) => a.at - b.at)
}

/** A real word, a letter with its number, or `24/7`: a number alone or a preposition names nothing. */
function isTelling(
  text: string,
  said: readonly NameWord[],
  words: readonly NameWord[],
  used: readonly Hit[],
): boolean {
  return used.some(({ at, name }, index) => {
    const word = said[at]
    if (!word) return false
    if (!word.number && !word.weak && word.to - word.from >= 3) return true
    const next = used[index + 1]
    const isNext = next?.at === at + 1 && next.name === name + 1 && words[next.name]?.number === true
    return isNext && (!word.number || text.charAt(word.to) === '/')
  })
}

const COUNTED =
  /^ ?(?:%|[.,]\d|шт|ед|pcs|units?|проц|perc|pct|€|\$|₽|£|евро|eur|usd|rub|руб|дн|days?|[xх×])/iu

/** P-300 where the name has P-200, and GTX 500 where it has GTX 400: another product, or a slip that must be asked. */
function otherNumbers(
  text: string,
  said: readonly NameWord[],
  words: readonly NameWord[],
  used: readonly Hit[],
): readonly NameWord[] {
  return used.flatMap(({ at, name }) => {
    const [word, next] = [said[at], said[at + 1]]
    if (!word || word.number || !next?.number || used.some((hit) => hit.at === at + 1)) return []
    if (words[name + 1]?.number !== true || used.some((hit) => hit.name === name + 1)) return []
    const between = text.slice(word.to, next.from)
    return /^[ /-]?$/.test(between) && !COUNTED.test(text.slice(next.to, next.to + 8)) ? [next] : []
  })
}

/** `Acid 98%`: the sign belongs to the name. */
function endOf(text: string, name: string, last: NameWord): number {
  if (!last.number) return last.to
  const sign = /^ ?%/.exec(text.slice(last.to, last.to + 2))?.[0]
  const figure = text.slice(last.from, last.to)
  const isOfName = name.includes(`${figure}%`) || name.includes(`${figure} %`)
  return sign !== undefined && isOfName ? last.to + sign.length : last.to
}
