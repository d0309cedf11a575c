import type { Unit } from './calendar.ts'

/** Words as patterns, in the spelling of `line.ts`: small letters, `е` for `ё`, slips of the finger mended. */
export const WEEKDAY =
  'понедельник(?:а|у|ом|е)?|вторник(?:а|у|ом|е)?|сред[аыуе]|четверг(?:а|у|ом|е)?|пятниц(?:[аыуе]|ей)|суббот(?:[аыуе]|ой)|воскресень[еяю]|пн|вт|ср|чт|пт|сб|вс' +
  '|mondays?|mon|tuesdays?|tues?|wednesdays?|weds?|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat|sundays?|sun'

const RU_MONTH =
  'январ[ьяею]|янв|феврал[ьяею]|фев|март[ауе]?|мар|апрел[ьяею]|апр|ма[йяею]|июн[ьяею]|июл[ьяею]|август[ауе]?|авг|сентябр[ьяею]|сент?|октябр[ьяею]|окт|ноябр[ьяею]|ноя|декабр[ьяею]|дек'
export const EN_MONTH =
  'january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept?|october|oct|november|nov|december|dec'
export const MONTH = `${RU_MONTH}|${EN_MONTH}`

const WEEKDAY_STARTS = ['пн пон mo', 'вт tu', 'ср we', 'че чт th', 'пя пт fr', 'су сб sa', 'во вс su'].map(
  (starts) => starts.split(' '),
)
const MONTH_STARTS = [
  'янв jan',
  'фев feb',
  'мар mar',
  'апр apr',
  'май мая мае маю may',
  'июн jun',
  'июл jul',
  'авг aug',
  'сен sep',
  'окт oct',
  'ноя nov',
  'дек dec',
].map((starts) => starts.split(' '))

const numberByStart = (starts: readonly (readonly string[])[], word: string) =>
  starts.findIndex((some) => some.some((start) => word.startsWith(start))) + 1

/** 1 is Monday. */
export const weekdayNamed = (word: string) => numberByStart(WEEKDAY_STARTS, word)
export const monthNamed = (word: string) => numberByStart(MONTH_STARTS, word)

const COUNT_NAMES: readonly (readonly [number, string])[] = [
  [0.5, 'half|half a|half an|пол'],
  [1, 'a|an|one|один|одну|одного|час|часу'],
  [1.5, 'полтора|полторы|полутора'],
  [2, 'two|a couple of|a couple|couple of|два|две|двух|двум|пару|пара'],
  [3, 'three|три|трех|трем'],
  [4, 'four|четыре|четырех|четырем'],
  [5, 'five|пять|пяти'],
  [6, 'six|шесть|шести'],
  [7, 'seven|семь|семи'],
  [8, 'eight|восемь|восьми'],
  [9, 'nine|девять|девяти'],
  [10, 'ten|десять|десяти'],
  [11, 'eleven|одиннадцать|одиннадцати'],
  [12, 'twelve|двенадцать|двенадцати'],
  [15, 'fifteen|пятнадцать|пятнадцати'],
  [20, 'twenty|двадцать|двадцати'],
  [30, 'thirty|тридцать'],
  [40, 'forty|сорок'],
]
const COUNTS: ReadonlyMap<string, number> = new Map(
  COUNT_NAMES.flatMap(([count, names]) => names.split('|').map((name) => [name, count] as const)),
)
const wordsByLength = (words: readonly string[]) => words.toSorted((a, b) => b.length - a.length).join('|')
export const COUNT_WORD = wordsByLength([...COUNTS.keys()].filter((word) => !word.startsWith('час')))
export const HOUR_WORD = wordsByLength(
  [...COUNTS.keys()].filter(
    (word) => Number.isInteger(COUNTS.get(word)) && !/^(?:a\b|an$|couple|пар)/.test(word),
  ),
)

/** `2`, `2,5`, `two`, `полтора`, `два с половиной`, `two and a half`. */
export function countNamed(text: string): number {
  const halved = / с половиной$| and a half$/.test(text)
  const word = text.replace(/ с половиной$| and a half$/, '')
  return (COUNTS.get(word) ?? Number(word.replace(',', '.'))) + (halved ? 0.5 : 0)
}

const ORDINALS = [
  'перв(?:ого|ому|ое|ом) first',
  'втор(?:ого|ому|ое|ом) second',
  'трет(?:ьего|ьему|ье|ьем) third',
  'четверт(?:ого|ому|ое|ом) fourth',
  'пят(?:ого|ому|ое|ом) fifth',
  'шест(?:ого|ому|ое|ом) sixth',
  'седьм(?:ого|ому|ое|ом) seventh',
  'восьм(?:ого|ому|ое|ом) eighth',
  'девят(?:ого|ому|ое|ом) ninth',
  'десят(?:ого|ому|ое|ом) tenth',
  'одиннадцат(?:ого|ому|ое|ом) eleventh',
  'двенадцат(?:ого|ому|ое|ом) twelfth',
  'тринадцат(?:ого|ому|ое|ом) thirteenth',
  'четырнадцат(?:ого|ому|ое|ом) fourteenth',
  'пятнадцат(?:ого|ому|ое|ом) fifteenth',
  'шестнадцат(?:ого|ому|ое|ом) sixteenth',
  'семнадцат(?:ого|ому|ое|ом) seventeenth',
  'восемнадцат(?:ого|ому|ое|ом) eighteenth',
  'девятнадцат(?:ого|ому|ое|ом) nineteenth',
  'двадцат(?:ого|ому|ое|ом) twentieth',
].map((pair) => pair.split(' '))
const ORDINAL_PATTERNS = ORDINALS.map(([ru, en]) => new RegExp(`^(?:${ru}|${en})$`))

export const RU_ORDINAL = `(?:двадцать |тридцать )?(?:${ORDINALS.map(([ru]) => ru).join('|')}|тридцат(?:ого|ому|ое|ом))`
export const EN_ORDINAL = `(?:twenty[ -]|thirty[ -])?(?:${ORDINALS.map(([, en]) => en).join('|')}|thirtieth)`

export function ordinalNamed(text: string): number {
  if (/^(?:тридцат(?:ого|ому|ое|ом)|thirtieth)$/.test(text)) return 30
  const words = text.split(/[ -]/)
  const tens = words.length < 2 ? 0 : /^(?:двадцать|twenty)$/.test(words[0] ?? '') ? 20 : 30
  return tens + ORDINAL_PATTERNS.findIndex((pattern) => pattern.test(words.at(-1) ?? '')) + 1
}

type SpanUnit = Unit | 'minute' | 'hour'
const UNITS: readonly (readonly [SpanUnit, string])[] = [
  ['minute', 'минут(?:у|ы|ку)?|мин|minutes?|mins?'],
  ['hour', 'час(?:а|ов|ик|у)?|ч|hours?|hrs?|hr'],
  ['workday', 'рабочи[хей] (?:дн[яей]{1,2}|день)|(?:business|working|work) days?|workdays?'],
  ['day', 'день|дня|дней|дни|денек|дн|сут(?:ки|ок)|days?'],
  ['week', 'недел(?:[юияь]|ьку|ек)|weeks?|wks?'],
  ['month', 'месяц(?:а|ев)?|мес|months?'],
  ['quarter', 'квартал(?:а|ов)?|quarters?'],
  ['year', 'год(?:а|ик)?|лет|years?'],
]
const UNIT_PATTERNS = UNITS.map(([unit, words]) => [unit, new RegExp(`^(?:${words})$`)] as const)

export const UNIT = UNITS.map(([, words]) => words).join('|')

export function unitNamed(text: string): SpanUnit {
  return UNIT_PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'day'
}
