import type { Span } from '../when/reading.ts'
import { AFTER_REACH, BEFORE_REACH, readFigure } from './figures.ts'
import { overlaps, words } from './plain.ts'

/** Days of deferral and quantity: numbers of a discount that are neither a percentage nor money. */
type Counted = Span & Readonly<{ count: number }>

const MOST_MARKS = 20
const DAYS = '(?:(?:календарн|банковск|рабоч)\\p{L}{1,3} )?(?:дн(?:ей|я|ень)?\\.?|день|дней|days?|d)'
const WEEKS = '(?:недел\\p{L}{1,2}|weeks?)'
const COUNT = '(\\d{1,4})'
const DEFERRAL =
  '(?:с )?(?:отсроч\\p{L}{1,3}|отсрчк\\p{L}|отсрок\\p{L}|осрочк\\p{L}|deferral|deferment|deferred payment)'
const PAYMENT =
  '(?:payment|pay(?:ing)?|paid|оплат\\p{L}{1,3}|постоплат\\p{L}{1,3}|платеж\\p{L}{0,3}|платят|заплатят)'

/** Each has the number in a group; a second one says that it counts weeks. */
const DEFERRALS: readonly RegExp[] = [
  `${DEFERRAL}(?: (?:of )?(?:payment|платежа|оплаты))?(?: ?:)?(?: (?:of|на|в|до|for|by|terms))? ?${COUNT}(?:[ -]?(?:${DAYS}|(${WEEKS})))?(?! ?%)`,
  `${COUNT}[ -]?(?:${DAYS}|(${WEEKS})) (?:of )?(?:payment )?(?:отсроч\\p{L}{1,3}|deferral|deferment|deferred|credit|net|payment terms|terms|постоплат\\p{L}{1,2})`,
  `net[ -]?(\\d{1,3})(?: days)?(?![.,]?\\d| ?(?:%|€|\\$|£|₽|eur|usd|gbp|rub|руб|евро))`,
  `${PAYMENT}(?: (?:terms?|due))?(?: ?:)?(?: (?:in|within|after|of|через|в течение|на))? ?${COUNT}[ -]?(?:${DAYS}|(${WEEKS}))`,
  `(?:через|within) ${COUNT} ${DAYS}() после (?:поставки|отгрузки)`,
].map((source) => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'gu'))

/** Nobody waits longer; and a larger `net` is a price. */
const MOST_DAYS = 720
const MOST_NET_DAYS = 180

export function deferralsIn(text: string): readonly Counted[] {
  const found: Counted[] = []
  for (const pattern of DEFERRALS)
    for (const { index, 0: said, 1: number = '', 2: weeks } of text.matchAll(pattern).take(MOST_MARKS)) {
      const count = Number(number) * (weeks ? 7 : 1)
      const span = { from: index, to: index + said.length }
      const most = said.startsWith('net') ? MOST_NET_DAYS : MOST_DAYS
      if (count <= most && !found.some((other) => overlaps(other, span))) found.push({ ...span, count })
    }
  return found.toSorted((a, b) => a.from - b.from)
}

const NUMBER = '(\\d{1,3}(?:[ .,]\\d{3}){1,2}|\\d{1,7})'
const PIECES =
  'шт(?:ук(?:и|а|у)?|\\.)?|ед(?:иниц(?:ы|а|у)?|\\.)?|комплект(?:ов|а)?|компл\\.?|экз(?:емпляр(?:ов|а)|\\.)?|лиценз(?:ий|ии|ия)|units?|pcs\\.?|pieces?|pc|sets?|licen[sc]es?|seats?|items?|ea'
const QUANTITIES: readonly RegExp[] = [
  `(?<![\\p{L}\\d.,/-])(?:(?:на|for|on|of|за|по|в) )?(?:(?:партию|партия|заказ|количество|order|quantity) (?:в|из|of) )?${NUMBER} ?(?:${PIECES})(?![\\p{L}\\d])`,
  `(?<![\\p{L}\\d])[xх×*] ?${NUMBER}(?![\\p{L}\\d]|[.,:/]\\d| ?%)`,
  `(?<![\\p{L}\\d.,/-])${NUMBER} ?[xх×](?![\\p{L}\\d])(?! ?\\d)`,
  `(?<![\\p{L}\\d])(?:qty|quantity|кол-во|количество|колво|объем|volume)(?: ?[:=])? ?${NUMBER}(?![\\p{L}\\d]|[.,:/]\\d| ?%)(?: ?(?:${PIECES}))?`,
].map((source) => new RegExp(source, 'gu'))

export function quantitiesIn(text: string): readonly Counted[] {
  const found: Counted[] = []
  for (const pattern of QUANTITIES)
    for (const { index, 0: said, 1: number = '' } of text.matchAll(pattern).take(MOST_MARKS)) {
      const span = { from: index, to: index + said.length }
      const count = wholeNumber(number)
      const isLeast = LEAST.test(text.slice(Math.max(0, index - 12), index) + said)
      if (count > 0 && !isLeast && !found.some((other) => overlaps(other, span)))
        found.push({ ...span, count })
    }
  return found.toSorted((a, b) => a.from - b.from)
}

/** «от 100 шт» says from where on, not how many. */
const LEAST =
  /(?<!\p{L})(?:over|above|more than|at least|min(?:imum)?|from|свыше|от|более|больше|не менее|минимум)\.? \d[^\p{L}]{0,9}\p{L}{1,12}\.?$/u

/** Groups of three are thousands: nobody takes a fraction of a piece. */
function wholeNumber(text: string): number {
  const read = readFigure(text.replaceAll(/[ .,](?=\d{3})/g, ''))
  return 'value' in read ? Number(read.value) : 0
}

const COMPETITOR = words('competitor\\p{L}{0,3}|competition|competing|rivals?|кон+кур[еи]нт\\p{L}{0,3}')
const OFFERED =
  /^(?:'s)?(?: ?\(?"?[\p{L}\d&.-]{1,24}"?\)?){0,2}?,? ?(?:(?:also|just|now|already|уже|им|их|them|нам|сейчас|там) )?(?:offer(?:s|ed|ing)?|g[ai]ves?|quot(?:es?|ed)|has|had|have|sells?|bids?|asks?|at|for|from|price|is|was|wants|charges?|по|за|от|да[её]?(?:т|ют|л|ли)|предл\p{L}{2,9}|продает|продают|ставит|ставят|просит|просят|цена|цену|скидк\p{L}{1,3}|выставил\p{L}?|есть|берет|стоит|[:-])?(?: (?:them|им|ему|us|нам|the|same|a|an|for|at|price|of|цену|цена|скидку|за|по|в|на|от|about|around|около|всего|только|only|discount|такой|такие|такую|же)){0,4} ?[:-]? ?$/u
const BY_COMPETITOR =
  /^ ?\(?(?:(?:from|by|at|with|у|от|как у|as) )?(?:(?:a|the|their|one|другого|их) )?(?:competitor|competition|rival|конкур[еи]нт)/u
const REACH = 64

/** Where competitors are spoken of, with the figure that is theirs. */
export type Rival = Span & Readonly<{ figure: Span | null }>

export function rivalsIn(text: string, figures: readonly Span[]): readonly Rival[] {
  return [...text.matchAll(COMPETITOR).take(MOST_MARKS)].map(({ index, 0: said }) => {
    const to = index + said.length
    const after = figures.find(({ from }) => from >= to)
    if (after && after.from - to <= REACH && OFFERED.test(text.slice(to, after.from)))
      return { from: index, to: after.to, figure: after }
    const before = figures.findLast((figure) => figure.to <= index)
    const isTheirs =
      before &&
      before.to + AFTER_REACH > index &&
      BY_COMPETITOR.test(text.slice(before.to, before.to + BEFORE_REACH))
    return isTheirs ? { from: before.from, to, figure: before } : { from: index, to, figure: null }
  })
}
