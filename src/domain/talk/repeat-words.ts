import type { Repeat } from '../follow-ups/repeat.ts'
import type { Day } from '../shared/day.ts'
import { dayOf, monthOf, weekdayOf } from '../when/calendar.ts'
import {
  countNamed,
  COUNT_WORD,
  MONTH,
  monthNamed,
  ordinalNamed,
  RU_ORDINAL,
  WEEKDAY,
  weekdayNamed,
} from '../when/lexicon.ts'
import type { Span } from '../when/reading.ts'
import { words } from './plain.ts'

/** A rule without its day (`weekly`, «ежемесячно») takes it from the day that was said, or from today. */
export type SaidRepeat = Span &
  Readonly<{
    /** True when the words name a day themselves: every Monday, the last day of the month. */
    hasDay: boolean
    repeatFrom(day: Day): Repeat
  }>

type Groups = Readonly<Record<string, string | undefined>>
type Rule = Readonly<{ pattern: RegExp; read: (groups: Groups) => Omit<SaidRepeat, 'from' | 'to'> | null }>

const ALWAYS = (repeat: Repeat, hasDay: boolean) => ({ hasDay, repeatFrom: () => repeat })
const EVERY = '(?:every|each|кажд(?:ый|ую|ое|ые|ого))'
const WEEKDAY_LIST = `(?:${WEEKDAY})(?:(?:, | and | и |, and | & )(?:every |each |кажд(?:ый|ую|ое) )?(?:в )?(?:${WEEKDAY}))*`
const RU_PLURAL =
  'понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям|пн|вт|ср|чт|пт|сб|вс'
const PLURAL_LIST = `(?:${RU_PLURAL})(?:(?:, | и )(?:по )?(?:${RU_PLURAL}))*`
const EN_PLURAL = 'mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays'
const SECOND = '(?:second|other|втор(?:ой|ую|ое)|2(?:nd|-?й|-?ю|-?ю)?)'
const AMOUNT = `(?<n>\\d{1,2}|${COUNT_WORD})`
const TAIL = '(?:-?(?:го|е|ое|ого|st|nd|rd|th))?'
const EN_ORDINALS = 'first|second|third|fourth|fifth|tenth|fifteenth|twentieth|thirtieth'

const monthly = (day: number | 'last' | 'lastWorkday', interval = 1) =>
  ALWAYS({ every: 'month', interval, monthDay: day }, true)
const weekdaysIn = (text: string) =>
  [...new Set((text.match(/\p{L}+/gu) ?? []).map(weekdayNamed).filter((weekday) => weekday > 0))].toSorted(
    (a, b) => a - b,
  )

function weekly(text: string, interval: number) {
  const weekdays = weekdaysIn(text)
  return weekdays.length === 0 ? null : ALWAYS({ every: 'week', interval, weekdays }, true)
}

function every(interval: number, unit: string): Omit<SaidRepeat, 'from' | 'to'> | null {
  if (!Number.isInteger(interval) || interval < 1 || interval > 99) return null
  if (/^(?:day|d|дн|ден|сут)/.test(unit)) return ALWAYS({ every: 'day', interval }, false)
  if (/^(?:w|нед)/.test(unit))
    return { hasDay: false, repeatFrom: (day) => ({ every: 'week', interval, weekdays: [weekdayOf(day)] }) }
  const months = /^(?:q|кв)/.test(unit) ? interval * 3 : /^(?:half|пол)/.test(unit) ? interval * 6 : interval
  if (/^(?:m|мес|q|кв|half|пол)/.test(unit))
    return {
      hasDay: false,
      repeatFrom: (day) => ({ every: 'month', interval: months, monthDay: Number(day.slice(8)) }),
    }
  return {
    hasDay: false,
    repeatFrom: (day) => ({ every: 'year', month: monthOf(day), monthDay: Number(day.slice(8)) }),
  }
}

const UNITS =
  'days?|weeks?|wks?|months?|quarters?|years?|день|дн(?:я|ей)|сут(?:ки|ок)|недел(?:ю|и|ь|я)|месяц(?:а|ев)?|квартал(?:а|ов)?|год(?:а)?|полгода|полугоди[ея]|half[- ]year'
const rule = (source: string, read: Rule['read']): Rule => ({ pattern: words(source), read })
const isDate = (date: number) => Number.isInteger(date) && date >= 1 && date <= 31
const dateSaid = ({ date, word }: Groups) => (date === undefined ? ordinalNamed(word ?? '') : Number(date))

/** Longer ones before their parts. */
const RULES: readonly Rule[] = [
  rule(
    `(?:(?:на|в|on|at) )?(?:(?:the )?last (?:business|working|work) ?day of (?:the |each |every )?month|last (?:business|working|work) ?day (?:every|each) month|every last (?:business|working|work) ?day|(?:кажд(?:ый|ого) )?последн(?:ий|его) рабоч(?:ий|его) д(?:ень|ня) (?:каждого )?месяца)`,
    () => monthly('lastWorkday'),
  ),
  rule(
    `(?:(?:на|в|on|at|every|each) )?(?:(?:the )?last day of (?:the |each |every )?month|last day (?:every|each) month|end of (?:each|every) month|(?:the )?end of every month|month-?end every month|(?:кажд(?:ый|ого) )?последн(?:ий|его) д(?:ень|ня) (?:каждого )?месяца|последнее число (?:каждого )?месяца|(?:каждое )?последнее число|(?:в )?кон(?:ец|це) каждого месяца)`,
    () => monthly('last'),
  ),
  rule(
    `(?:(?:on )?(?:every|each) (?:(?:work(?:ing)?|business|week) ?days?)|(?:on )?(?:weekdays|workdays|working days|business days)|workdaily|кажд(?:ый|ые) (?:рабоч(?:ий|ие)|будн(?:ий|ие|ичный)) д(?:ень|ни)|по (?:будням|рабочим дням)|(?:кажд(?:ый|ые) )?будн(?:и|ий день))`,
    () => ALWAYS({ every: 'workday' }, false),
  ),
  rule(
    `${EVERY} ${AMOUNT} (?:weeks?|wks?|недел[юиь]) (?:on |в |во |по )(?<days>${WEEKDAY_LIST}|${PLURAL_LIST})`,
    ({ n = '', days = '' }) => weekly(days, countNamed(n)),
  ),
  rule(
    `раз в ${AMOUNT} недел[юиь] (?:в |во |по )(?<days>${WEEKDAY_LIST}|${PLURAL_LIST})`,
    ({ n = '', days = '' }) => weekly(days, countNamed(n)),
  ),
  rule(
    `(?:fortnightly|bi-?weekly|every (?:other|second) week|every fortnight) on (?<days>${WEEKDAY_LIST})`,
    ({ days = '' }) => weekly(days, 2),
  ),
  rule(
    `(?:(?:через|каждую вторую) неделю|раз в две недели) (?:в |во |по )(?<days>${WEEKDAY_LIST}|${PLURAL_LIST})`,
    ({ days = '' }) => weekly(days, 2),
  ),
  rule(`${EVERY} ${SECOND} (?<days>${WEEKDAY})`, ({ days = '' }) => weekly(days, 2)),
  rule(
    `(?:weekly|every week|еженедельно|каждую неделю|раз в неделю) (?:on |в |во |по )(?<days>${WEEKDAY_LIST}|${PLURAL_LIST})`,
    ({ days = '' }) => weekly(days, 1),
  ),
  rule(`(?:в |во )?${EVERY} (?<days>${WEEKDAY_LIST})`, ({ days = '' }) => weekly(days, 1)),
  rule(`по (?<days>${PLURAL_LIST})`, ({ days = '' }) => weekly(days, 1)),
  rule(`(?:on )?(?<days>(?:${EN_PLURAL})(?:(?:, | and |, and | & )(?:${EN_PLURAL}))*)`, ({ days = '' }) =>
    weekly(days, 1),
  ),
  rule(
    `(?:(?:every|each) year|yearly|annually|кажд(?:ый|ого) год(?:а)?|ежегодно|раз в год)(?: on| в)?(?: the)? (?:(?<date>\\d{1,2})${TAIL}(?: of)? (?<month>${MONTH})|(?<month2>${MONTH}) (?<date2>\\d{1,2})${TAIL})`,
    ({ date, month, month2, date2 }) => yearlyOn(Number(date ?? date2), month ?? month2 ?? ''),
  ),
  rule(
    `(?:every|each|каждое) (?:(?<date>\\d{1,2})${TAIL}(?: of)? (?<month>${MONTH})|(?<month2>${MONTH}) (?<date2>\\d{1,2})${TAIL})(?: every year| each year)?`,
    ({ date, month, month2, date2 }) => yearlyOn(Number(date ?? date2), month ?? month2 ?? ''),
  ),
  rule(`(?:on )?(?:the )?(?<date>\\d{1,2})${TAIL} (?:day )?(?:of )?(?:every|each) month`, onDate),
  rule(
    `(?:monthly|every month|each month) on (?:the )?(?:(?<date>\\d{1,2})${TAIL}|(?<word>${EN_ORDINALS}))`,
    onDate,
  ),
  rule(`(?:every|each) (?<date>\\d{1,2})(?:st|nd|rd|th)(?: day)?(?: of (?:the|each|every) month)?`, onDate),
  rule(
    `кажд(?:ое|ого) (?:(?<date>\\d{1,2})${TAIL}|(?<word>${RU_ORDINAL})) числ[оа](?: (?:каждого )?месяца)?`,
    onDate,
  ),
  rule(`(?:(?<date>\\d{1,2})${TAIL}|(?<word>${RU_ORDINAL})) числ[оа] (?:каждого|каждый) месяца?`, onDate),
  rule(`(?:ежемесячно|каждый месяц|раз в месяц) (?<date>\\d{1,2})${TAIL}(?: числа)?(?![:.]\\d)`, onDate),
  rule(
    `${EVERY} ${SECOND} (?<unit>day|week|month|quarter|year|день|неделю|месяц|квартал|год)`,
    ({ unit = '' }) => every(2, unit),
  ),
  rule(`${EVERY} ${AMOUNT} (?<unit>${UNITS})`, ({ n = '', unit = '' }) => every(countNamed(n), unit)),
  rule(`раз в ${AMOUNT} (?<unit>${UNITS})`, ({ n = '', unit = '' }) => every(countNamed(n), unit)),
  rule(`once (?:a|every|per) (?<unit>day|week|month|quarter|year)`, ({ unit = '' }) => every(1, unit)),
  rule(`(?:${EVERY}|раз в) (?<unit>${UNITS})`, ({ unit = '' }) => every(1, unit)),
  rule('daily|ежедневно|everyday', () => every(1, 'day')),
  rule('weekly|еженедельно', () => every(1, 'week')),
  rule('fortnightly|bi-?weekly|через неделю каждую', () => every(2, 'week')),
  rule('monthly|ежемесячно|помесячно', () => every(1, 'month')),
  rule('quarterly|ежеквартально|поквартально', () => every(1, 'quarter')),
  rule('yearly|annually|ежегодно', () => every(1, 'year')),
]

function onDate(groups: Groups): Omit<SaidRepeat, 'from' | 'to'> | null {
  const date = dateSaid(groups)
  return isDate(date) ? monthly(date) : null
}

function yearlyOn(date: number, month: string): Omit<SaidRepeat, 'from' | 'to'> | null {
  // A leap year has every day that any year has.
  const exists = dayOf(2028, monthNamed(month), date) !== null
  return exists ? ALWAYS({ every: 'year', month: monthNamed(month), monthDay: date }, true) : null
}

/** Only lines with one of these words can repeat: the rules are not tried on the others. */
const HINT =
  /every|each|кажд|еже|раз в|по |daily|weekly|month|year|annual|quarterly|fortnight|days|последн|по(?:месяч|кварт)/

export function repeatIn(text: string): SaidRepeat | null {
  if (!HINT.test(text)) return null
  let found: SaidRepeat | null = null
  for (const { pattern, read } of RULES)
    for (const match of text.matchAll(pattern)) {
      const span = { from: match.index, to: match.index + match[0].length }
      if (found && (found.from < span.from || found.to >= span.to)) continue
      const meaning = read(match.groups ?? {})
      if (meaning && (!found || span.from < found.from || span.to > found.to)) found = { ...meaning, ...span }
    }
  return found
}
