import type { Span } from '../when/reading.ts'
import { words } from './plain.ts'

/** Words that only ask for the discount. */
const REQUEST =
  'please|pls|прошу|хочу|хотим|хотел бы|нужна|нужно|нужен|надо|need|needs|request|approve|approval|согласуй(?:те)?|согласовать|согласование|запросить|запрос|можно(?: ли)?|могу(?: ли)?(?: я)?|can (?:i|we)(?: give| offer| do)?|could (?:i|we)(?: give| offer)?|дай(?:те)?|дать|дадим|давай(?:те)?|give|оформи(?:ть|те)?|сделать|сделаем|ask for'
const DISCOUNT =
  'ск[иы]дк\\p{L}{0,3}|скдик\\p{L}|скик\\p{L}|скидон\\p{L}{0,2}|дисконт\\p{L}{0,2}|disc?ount(?:ed|s)?|dis[ck]ont|rebate|процентн\\p{L}{2}'
/** What falls from the beginning of a line. */
export const REQUESTS = words(`${REQUEST}|${DISCOUNT}`)
/** What is no part of a name. */
export const WORDS_OF_REQUEST = words(
  `${REQUEST}|${DISCOUNT}|off|price|цен[ауе]|минус|minus|net|instead of|вместо`,
)

const BEFORE = new RegExp(
  `(?<![\\p{L}\\d])(?:${REQUEST}|${DISCOUNT}|minus|минус|less|скинуть|сбросить|снизить|уступить|reduce|lower|knock|cut|drop|take|цен[ауе]|по цене|price|цену|target|итого|net|final|total|for|at|за|по|to|down to|до|на|of|by|в|with|instead of|вместо|rather than|а не|from|с|со|от|up to|a|an|another|еще|размером|it|the price|доп\\.?|дополнительн\\p{L}{1,3}|extra|additional|special|спец\\p{L}{0,8}\\.?|->|=>|→|=) ?:? ?$`,
  'u',
)
const AFTER = new RegExp(
  `^ ?(?:off(?!er)|(?:доп\\.? |дополнительн\\p{L}{2} |extra |additional )?(?:${DISCOUNT})|cheaper|дешевле|net|нетто|->|=>|→)(?![\\p{L}\\d])|^ ?(?:->|=>|→)`,
  'u',
)
const REACH = 24
const MOST_WORDS = 4

/** A price with the words that only say that it is one: «скидка на 12%», `10 percent off`. */
export function withPriceWords(text: string, { from, to }: Span): Span {
  let start = from
  for (let count = 0; count < MOST_WORDS; count += 1) {
    const lead = BEFORE.exec(text.slice(Math.max(0, start - REACH), start))?.[0]
    if (lead === undefined) break
    start -= lead.length
  }
  let end = to
  for (let count = 0; count < 2; count += 1) {
    const tail = AFTER.exec(text.slice(end, end + REACH))?.[0]
    if (tail === undefined) break
    end += tail.length
  }
  return { from: start, to: end }
}
