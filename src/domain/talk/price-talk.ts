import type { SaidPrice } from '../discounts/terms.ts'
import type { Span } from '../when/reading.ts'
import type { Amount } from './amounts.ts'
import type { Mistake } from './figures.ts'
import type { Percent } from './percents.ts'

export type Wrong = Readonly<{ text: string; why: Mistake }>
/** What was said of the price, and the places that said it. */
export type PriceTalk = Readonly<{
  price: SaidPrice
  currency: string | null
  wrong: Wrong | null
  spans: readonly Span[]
}>

const DISCOUNT =
  '(?:ск[иы]дк\\p{L}{0,3}|скдик\\p{L}|скик\\p{L}|скидон\\p{L}{0,2}|дисконт\\p{L}{0,2}|disc?ount\\p{L}{0,3}|dis[ck]ont|rebate|уступк\\p{L})'
const MINUS = '(?:minus|минус|less|off)'
const LOWER =
  '(?:ски(?:нуть|нем|нь|нуть бы|дываем)|сбро(?:сить|сим|сь)|сни(?:зить|зим|жение|жаем)|уступ(?:ить|им|и)|опустить|удешевить|reduce|cut|knock|drop|lower|cheaper by|дешевле)'
const OF =
  '(?: (?:price|цену|цены|the price|it|им|them|еще|another))?(?: (?:of|by|на|в|at|a|an|размером|is|to))?(?: ?[:=])?(?: (?:about|around|около|примерно|аж))?'

const OFF_BEFORE = new RegExp(`(?<!\\p{L})(?:${DISCOUNT}|${MINUS}|${LOWER})${OF} ?$`, 'u')
const OFF_AFTER = new RegExp(
  `^ ?(?:${DISCOUNT}|off(?!er)|cheaper|дешевле|rebate|вниз|скинуть|скинем|сбросить|сбросим)(?!\\p{L})`,
  'u',
)
const NET_AFTER = /^ ?(?:instead of|вместо|а не|rather than|net|нетто)(?!\p{L})/u
/** Words that only a price stands behind. */
const PRICE_BEFORE =
  /(?<!\p{L})(?:цен[аеуойы]{1,2}|price|priced|net price|net|target|target price|целев\p{L}{2} цен\p{L}|итого|итог|final|финально|финальн\p{L}{2}|выйти на|получится|down to|total)(?: (?:of|at|is|to|в|на|до|за|будет|for|-))?(?: ?[:=])? ?$|(?:->|=>|→|=) ?$/u
/** Prepositions behind which a price may stand: only of three digits, or with a currency. */
const AT_BEFORE =
  /(?<!\p{L})(?:for|at|за|по|to|до|в)(?: (?:only|just|about|всего|only about|цене|цену|price|сумму))? ?$/u
const LIST_BEFORE =
  /(?<!\p{L})(?:instead of|вместо|rather than|а не|not|не|from|с|со|list(?: price)?|прайс\p{L}{0,2}|по прайсу|каталог\p{L}{0,2}|was|было|была|against|против)(?: (?:the|usual|обычных|прайсовых|list|full|полных))?(?: price)?(?: ?[:=])? ?$/u
const TO_AFTER = /^ ?(?:->|=>|→|to |down to |до |-> )/u
const THING =
  /^ ?(?:%|-?(?:дн|day|недел|week|месяц|month|год|лет|year|час|hour|мин|min|шт|pcs|unit|проц|percent|км|кг|kg|тонн|сайт|site|филиал|офис|office|склад|точ|магазин|store|shop|причин|reason|людей|человек|people|клиент|client|customer|раз(?!\p{L})|time|договор|contract|позици|item|лот|lot|этап|stage|phase))/u

type Role = 'off' | 'net' | 'list' | null

function roleOf(amount: Amount): Role {
  const { before, after, sign } = amount
  if (amount.currency === null && !amount.thousands && THING.test(after)) return null
  if (LIST_BEFORE.test(before))
    return TO_AFTER.test(after) || !/(?:с|со|from) $/u.test(before) ? 'list' : null
  if (TO_AFTER.test(after) && /^ ?(?:->|=>|→)/.test(after)) return 'list'
  if (LOWERED.test(before)) return 'off'
  if (OTHER_MONEY.test(before)) return null
  if (PRICE_BEFORE.test(before))
    return amount.digits > MOST_BARE_DIGITS && amount.currency === null ? null : 'net'
  if (NET_AFTER.test(after)) return 'net'
  if (OFF_AFTER.test(after)) return 'off'
  if (OFF_BEFORE.test(before) && !/(?:до|to) $/u.test(before)) return isMoney(amount) ? 'off' : null
  if (AT_BEFORE.test(before)) return isMoney(amount) && !isYear(amount) ? 'net' : null
  if (DISCOUNT_BEFORE.test(before)) return isMoney(amount) && !isYear(amount) ? 'off' : null
  if (sign === '-' && (amount.currency !== null || amount.thousands)) return 'off'
  return null
}

/** What they bought for, what they have to spend, whom to call. */
const OTHER_MONEY =
  /(?<!\p{L})(?:bought|paid|spent|purchased|ordered|sold|worth|turnover|revenue|budget|call|phone|купил|заплатил|потратил|закупил|заказал|взял|брал|продал|сумм[ауые]|оборот|выручк|бюджет|тел|звон)\p{L}{0,4}(?!\p{L})[^,;%\n]{0,28}$/u
/** «скидка Северстали 500 €»: nothing between them says that it is anything else. */
const DISCOUNT_BEFORE = new RegExp(`(?<!\\p{L})(?:${DISCOUNT}|${LOWER})(?!\\p{L})[^,;.%\\n]{0,40}$`, 'u')
/** Longer than that is a telephone or a contract. */
const MOST_BARE_DIGITS = 9
/** «снизить цену на 1000» names no price. */
const LOWERED = new RegExp(`(?<!\\p{L})${LOWER}(?: \\p{L}{1,12})? (?:на|by) ?$`, 'u')

/** «скидка 12» may be percent or money; «скидка 1000» is money. */
const isMoney = ({ currency, thousands, digits }: Amount) =>
  currency !== null || thousands || (digits >= 3 && digits <= MOST_BARE_DIGITS)

const isYear = ({ currency, thousands, value, before, after }: Amount) =>
  currency === null &&
  !thousands &&
  /^20[2-4]\d$/.test(value ?? '') &&
  (/(?:до|to|for|по|в) $/u.test(before) || /^ ?(?:г|год)/.test(after))

const OTHER_BEFORE =
  /(?:margin|марж\p{L}{1,3}|vat|ндс|share|дол[яюие]|growth|рост\p{L}{0,2}|вырос\p{L}{0,3}|раст[еу]т|подорожал\p{L}{0,2}|inflation|инфляци\p{L}|commission|комисси\p{L}|наценк\p{L}|markup|mark-up|бонус\p{L}{0,2}|ретро\p{L}{0,6}|бюджет\p{L}{0,2}|budget|предоплат\p{L}{0,2}|аванс\p{L}{0,2}|prepay\p{L}{0,5}|upfront|kpi|план\p{L}{0,2}|тариф\p{L}{0,2}|курс\p{L}{0,2})(?: \p{L}{1,14}){0,3}[ :=(]{0,3}$/u
const OTHER_AFTER =
  /^ ?(?:margin|марж|vat|ндс|(?:market )?share|рынка|of the market|growth|рост|prepay|предоплат|аванс|upfront|up front|in advance|вперед|down ?payment|deposit|sure|certain|уверен|точно|of (?:their|our|the) (?!price|list|order)|от (?:оборота|выручки|их|бюджета)|больше|more|меньше|выполнен|plan|плана|loyal|лояльн|повышен|increase|наш|ready|готов)/u
const OLD_BEFORE =
  /(?<!\p{L})(?:instead of|вместо|rather than|а не|not|не|was|были?|была|раньше|currently|previously|last (?:time|year)|в прошлый раз|прошл\p{L}{2,3}|обычн\p{L}{2,3}|usual)(?: (?:the|usual|was|скидк\p{L}|discount|обычн\p{L}{2,3}|прежн\p{L}{2,3}|got|дали|давали|had|стандартн\p{L}{2,3})){0,3}[ :]{0,3}$/u
const OLD_AFTER =
  /^ ?(?:was|were|было|была|дали|давали|раньше|в прошлый|last (?:time|year)|not enough|мало|недостаточно)(?!\p{L})/u
const DISCOUNT_NEAR = new RegExp(
  `(?<!\\p{L})(?:${DISCOUNT}|${MINUS}|дать|дадим|give|нужн\\p{L}{1,2}|need)${OF} ?$`,
  'u',
)
const DISCOUNT_AFTER = new RegExp(`^ ?(?:${DISCOUNT}|off(?!\\p{L}))`, 'u')
const RAISED_FROM = /(?<!\p{L})(?:с|from) ?$/u

const INSTEAD = /(?<!\p{L})(?:instead of|вместо|rather than|а не)(?: \p{L}{1,14}){0,2} ?$/u

const isInstead = ({ before }: Percent) => INSTEAD.test(before)
const isOld = ({ before, after }: Percent) =>
  OLD_BEFORE.test(before) ||
  OLD_AFTER.test(after) ||
  (RAISED_FROM.test(before) && /^ ?(?:to|до) /.test(after))
const isOfOther = (percent: Percent) =>
  isInstead(percent) ||
  isOld(percent) ||
  OTHER_AFTER.test(percent.after) ||
  (OTHER_BEFORE.test(percent.before) && !isWorded(percent))
const isWorded = ({ before, after }: Percent) => DISCOUNT_NEAR.test(before) || DISCOUNT_AFTER.test(after)

type PercentTalk = Readonly<{ value: string | null; wrong: Wrong | null; spans: readonly Span[] }>
const NOTHING = { value: null, wrong: null, spans: [] } as const

/** Of several percentages the one that is called a discount; else they are asked. */
function percentOf(line: string, all: readonly Percent[]): PercentTalk {
  const talk = ownPercent(line, all)
  return talk === NOTHING ? talk : { ...talk, spans: [...talk.spans, ...all.filter(isInstead)] }
}

function ownPercent(line: string, all: readonly Percent[]): PercentTalk {
  const own = all.filter((percent) => !isOfOther(percent))
  const worded = own.filter(isWorded)
  const some = worded.length > 0 ? worded : own
  // Whoever is «100% sure» speaks of no discount when another one is named.
  const valid = some.filter(({ why, value }) => why === null && value !== null)
  const sound =
    valid.length > 0
      ? some.filter(({ from, to, why }) => why !== 'tooLarge' || !/^100\b/.test(line.slice(from, to)))
      : some
  const [first] = sound
  if (!first) return NOTHING
  const wrong = sound.find(({ why }) => why !== null)
  if (wrong)
    return { value: null, wrong: { text: said(line, wrong), why: wrong.why ?? 'notANumber' }, spans: sound }
  const values = new Set(sound.map(({ value }) => value))
  if (values.size === 1) return { value: first.value, wrong: null, spans: sound }
  const text = sound.map((percent) => said(line, percent)).join(', ')
  return { value: null, wrong: { text, why: 'ambiguous' }, spans: sound }
}

const said = (line: string, { from, to }: Span) => line.slice(from, to).trim()

/** `inReason` stand where the reason is told: asked only when nothing else names a percentage. */
export function priceIn(
  line: string,
  percents: Readonly<{ free: readonly Percent[]; inReason: readonly Percent[] }>,
  amounts: readonly Amount[],
): PriceTalk {
  const free = percentOf(line, percents.free)
  const percent = free === NOTHING ? percentOf(line, percents.inReason) : free
  const told = amounts.map((amount) => ({ amount, role: roleOf(amount) }))
  const [off, net, list] = (['off', 'net', 'list'] as const).map((role) =>
    told.filter((one) => one.role === role).map(({ amount }) => amount),
  )
  const offTalk = amountOf(line, off ?? [], 'off')
  const netTalk = amountOf(line, net ?? [], 'net')
  const priced = offTalk.value !== null || netTalk.value !== null
  const nothing = percent === NOTHING && offTalk === NOTHING && netTalk === NOTHING
  const bare = nothing ? bareDiscount(line, amounts) : NOTHING
  const money = [...(net ?? []), ...(off ?? []), ...(list ?? [])]
  return {
    price: { percent: percent.value, off: offTalk.value, net: netTalk.value },
    currency: priced ? (money.find(({ currency }) => currency !== null)?.currency ?? null) : null,
    wrong: percent.wrong ?? offTalk.wrong ?? netTalk.wrong ?? bare.wrong,
    spans: [...percent.spans, ...offTalk.spans, ...netTalk.spans, ...bare.spans, ...(list ?? [])],
  }
}

function amountOf(line: string, all: readonly Amount[], role: 'off' | 'net'): PercentTalk {
  const [first] = all
  if (!first) return NOTHING
  for (const amount of all) {
    const { sign } = amount
    const why =
      amount.why ??
      (sign === '-' && role === 'net' ? 'negative' : sign === '+' && role === 'off' ? 'negative' : null)
    if (why !== null) return { value: null, wrong: { text: said(line, amount), why }, spans: all }
  }
  if (new Set(all.map(({ value }) => value)).size === 1)
    return { value: first.value, wrong: null, spans: all }
  return {
    value: null,
    wrong: { text: all.map((amount) => said(line, amount)).join(', '), why: 'ambiguous' },
    spans: all,
  }
}

const BARE_BEFORE = new RegExp(`(?<!\\p{L})${DISCOUNT}${OF} ?$`, 'u')
const BARE_AFTER = /^ ?(?:$|[.;:?!)\n]|,|(?:на|для|on|for|до|until|потому|because|взамен|если|if)(?!\p{L}))/u

/** «скидка 12»: of what? */
function bareDiscount(line: string, amounts: readonly Amount[]): PercentTalk {
  const bare = amounts.find(({ before, after }) => BARE_BEFORE.test(before) && BARE_AFTER.test(after))
  if (!bare) return NOTHING
  return { value: null, wrong: { text: said(line, bare), why: bare.why ?? 'ambiguous' }, spans: [bare] }
}
