/** What is counted, priced or numbered in sales talk: a number before one of these is no hour and no date. */
const THINGS =
  /^ ?(?:%|пик(?!\p{L})|₽|\$|€|процент|percent|pct|п\.п|pp(?!\p{L})|млн|млрд|тыс|руб|р\.|коп|долл|евро|eur|usd|rub|[kmкм](?!\p{L})|mln|bn|км|kg|кг|мм|см|тонн|литр|шт|pcs|units?(?!\p{L})|раз(?!\p{L}|г|о)|раза(?!\p{L})|магазин|офис|человек|клиент|сотрудник|точ(?:ек|к)|город|филиал|стран|этаж|floor|пункт|договор|контракт|позици|паллет|короб|ящик|заказ|образц|вариант|лет(?!\p{L})|дн(?:ей|я)(?! )|век|дом(?!\p{L}|\p{L}*ой)|склад|цех|ряд(?!\p{L})|баз|проект|счет|stores?|shops?|offices?|people|persons|customers?|clients?|items?|products?|regions?|countries|cities|store|percent|points?|times|copies|options|deals|orders?|building|century|anniversary|edition|largest|biggest)/u

/** A plural or a counted form: «в 5 магазинах», «к 3 клиентам». */
const COUNTED = /^ \p{Ll}{2,}(?:ов|ев|ах|ях|ам|ям|ами|ями)(?!\p{L})/u
const COUNTED_EN =
  /^ (?!this|us|was|is|has|his|its|as|across|always|pls|yes|thanks|guys)[a-z]{3,}s(?![\p{L}'])/u

export function isThing(after: string): boolean {
  return THINGS.test(after)
}

export function isCounted(after: string): boolean {
  return THINGS.test(after) || COUNTED.test(after) || COUNTED_EN.test(after)
}

/** Words of prices beside which `from 10 to 12` is not the time of a meeting. */
const PRICES =
  /скидк|цен[уыа]|цене|процент|стоимост|бюджет|маржа|маржу|price|discount|margin|budget|percent|rate|raised|grew/

export function isAboutMoney(before: string): boolean {
  return PRICES.test(before)
}
