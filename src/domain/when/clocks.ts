import { countNamed, HOUR_WORD, ordinalNamed, RU_ORDINAL } from './lexicon.ts'
import type { Clock, Groups, Meaning, Part, Place, Rule, TimeMeaning, Times } from './meaning.ts'
import { impossible, rule } from './meaning.ts'
import { isAboutMoney, isCounted } from './things.ts'

/** Hours: 15:00, 3pm, at 5, «в половине шестого», from 10 to 11:30. */
const HALF = "a\\.?m\\.?|p\\.?m\\.?|утра|дня|вечера|ночи|(?:o'clock )?in the (?:morning|afternoon|evening)"
const HOURS = "ч\\.?|час(?:а|ов|ам|у)?|o'clock|hrs?|hours"

/** One hour, with its groups numbered: the same pattern stands twice in a range. */
function hourPattern(n: number): string {
  return (
    `(?:(?<h${n}>\\d{1,2})|(?<w${n}>${HOUR_WORD}))(?:(?<s${n}>[:.])(?<m${n}>\\d{2})(?::\\d{2})?)?(?: (?<t${n}>thirty|fifteen|forty[ -]five|тридцать|пятнадцать|сорок пять))?` +
    `(?: ?(?<u${n}>${HOURS})(?: ?(?<e${n}>\\d{1,2}) ?(?:м|мин|минут[ыа]?))?)?(?: ?(?<x${n}>${HALF}))?`
  )
}

type Said = Readonly<{ clock: Clock; strong: boolean; dotted: boolean; word: boolean; unit: boolean }>

function saidHour(groups: Groups, n: number): Said | null {
  const [h, w, s, m, u, e, x, t] = ['h', 'w', 's', 'm', 'u', 'e', 'x', 't'].map(
    (name) => groups[`${name}${n}`],
  )
  const hour = h === undefined ? countNamed(w ?? '') : Number(h)
  const minute = t === undefined ? Number(m ?? e ?? 0) : minutesTold(t)
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0) || !Number.isInteger(hour)) return null
  const half = x === undefined ? null : halfNamed(x, hour)
  if (half !== null && hour > 12) return { ...plainClock(hour, minute), strong: true }
  const sure = half !== null || (h?.length === 2 && hour < 10)
  const said = sure ? 'sure' : (m ?? e) === undefined ? 'bare' : 'minutes'
  return {
    clock: { hour, minute, half, said },
    strong: s === ':' || x !== undefined || u === "o'clock",
    dotted: s === '.',
    word: w !== undefined,
    unit: u !== undefined,
  }
}

const minutesTold = (word: string) => (/^(?:th|тр)/.test(word) ? 30 : /^(?:fi|пя)/.test(word) ? 15 : 45)

function plainClock(hour: number, minute: number): Said {
  const clock: Clock = { hour, minute, half: null, said: 'sure' }
  return { clock, strong: false, dotted: false, word: false, unit: false }
}

/** «2 дня» is after noon and «11 дня» before it; «2 ночи» is before dawn, «11 ночи» late. */
function halfNamed(word: string, hour: number): 'am' | 'pm' {
  if (/^a|утра|morning/.test(word)) return 'am'
  if (word === 'дня') return hour < 12 && hour > 9 ? 'am' : 'pm'
  if (word === 'ночи') return hour < 6 || hour === 12 ? 'am' : 'pm'
  return 'pm'
}

const time = (options: readonly Times[], weak = false): TimeMeaning => ({
  is: 'time',
  options,
  endOfDay: false,
  weak,
})
const one = (clock: Clock, weak = false) => time([{ start: clock, end: null }], weak)

const LEAD_STRONG = /(?:^| )(?:в|at|@) $/
const LEAD_HOUR = /(?:^| )(?:в|к|с|до|на|около|после|at|by|from|until|till|around|about|примерно) $/

/** «3 раза в час», «60 км в час». */
const PER_HOUR = /(?:раза?|км|штук|times) $/

function readHour(groups: Groups, place: Place): Meaning | null {
  const said = saidHour(groups, 1)
  const led = LEAD_STRONG.test(place.lead)
  if (said === null) return led && groups['s1'] === ':' ? impossible('noSuchDay') : null
  if (/^ ?%|^[.,/]\d|^-\p{L}/u.test(place.after)) return null
  if (said.strong) return one(said.clock)
  if (said.unit && place.lead === 'на ') return null
  if (said.unit) return LEAD_HOUR.test(place.lead) ? one(said.clock, !led) : one(said.clock, true)
  if (place.lead === '' || (place.lead === 'the ' && !said.dotted))
    return said.dotted ? one(said.clock, true) : null
  if (isCounted(place.after) || PER_HOUR.test(place.before)) return null
  return one(said.clock, !led)
}

const FROM = /(?:^| )(?:с|со|from|between|между) $/

function readRange(groups: Groups, place: Place): Meaning | null {
  const start = saidHour(groups, 1)
  const end = saidHour(groups, 2)
  if (!start || !end || isCounted(place.after) || /^[-/.]\d/.test(place.after)) return null
  if (/^(?:и|and) ?$/.test((groups['to'] ?? '').trim()) && !/(?:между|between) $/.test(place.lead))
    return null
  const clear = (start.strong && end.strong) || ((start.strong || end.strong) && !start.dotted)
  const led = FROM.test(place.lead) && !isAboutMoney(place.before)
  const range = { start: start.clock, end: end.clock }
  const dashed = groups['to'] === '-' && !start.strong && !start.dotted && /^\d\d$/.test(groups['h2'] ?? '')
  const minutes = Number(groups['h2'])
  if (!dashed || end.strong || FROM.test(place.lead))
    return clear || led ? time([range]) : time([range], true)
  return readDashed(range, minutes, groups['h2'] ?? '', place)
}

/** «в 15 или 16»: to be asked. */
function readEither(groups: Groups, place: Place): Meaning | null {
  const said = [saidHour(groups, 1), saidHour(groups, 2)].filter((hour) => hour !== null)
  const strong = said.some((hour) => hour.strong) || LEAD_STRONG.test(place.lead)
  if (said.length < 2 || isCounted(place.after)) return null
  return time(
    said.map(({ clock }) => ({ start: clock, end: null })),
    !strong,
  )
}

/** «16-00» is an hour with its minutes, «10-12» a range, and «в 10-15» may be either. */
function readDashed(range: Times, minutes: number, text: string, place: Place): Meaning {
  const withMinutes = { start: { ...range.start, minute: minutes, said: 'minutes' } as Clock, end: null }
  const led = LEAD_STRONG.test(place.lead)
  if (text.startsWith('0')) return time([withMinutes], !led)
  return led && minutes % 5 === 0 ? time([withMinutes, range]) : time([range], !led)
}

/** «в 16-30»: no hour has the number 30. */
function readDashedMinutes(groups: Groups, place: Place): Meaning | null {
  const hour = Number(groups['hour'])
  const minute = Number(groups['minute'])
  if (hour > 23 || minute < 25 || minute > 59 || /^[-/.]\d/.test(place.after)) return null
  return one({ hour, minute, half: null, said: 'minutes' }, !LEAD_STRONG.test(place.lead))
}

const bare = (hour: number, minute: number, half: 'am' | 'pm' | null = null): Clock => {
  const around = minute < 0 ? (hour === 1 ? 12 : hour - 1) : hour
  return { hour: around, minute: (minute + 60) % 60, half, said: half === null ? 'bare' : 'sure' }
}

const MINUTE_WORD = `(?<minutes>\\d{1,2}|четверти|четверть|a quarter|quarter|half|${HOUR_WORD}|пятнадцати|двадцати|twenty|twenty-five)`
const minutesNamed = (text: string) =>
  /четверт|quarter/.test(text) ? 15 : text === 'half' ? 30 : text === 'twenty-five' ? 25 : countNamed(text)
const HOUR = `(?:(?<hour>\\d{1,2})|(?<word>${HOUR_WORD}|час))`
const hourOf = ({ hour, word }: Groups) => (hour === undefined ? countNamed(word ?? '') : Number(hour))
const HALF_NAMED = `(?: (?<half>${HALF}))?`
const halfOf = (groups: Groups, hour: number) =>
  groups['half'] === undefined ? null : halfNamed(groups['half'], hour)

function readTold(groups: Groups, sign: 1 | -1, weak = false): Meaning | null {
  const hour = hourOf(groups)
  if (hour < 1 || hour > 12) return null
  return one(bare(hour, sign * minutesNamed(groups['minutes'] ?? ''), halfOf(groups, hour)), weak)
}

/** «половина шестого» is half past five: the Russian names the hour that has begun. */
function readBegun(groups: Groups, minute: number): Meaning | null {
  const { begun = '', number } = groups
  const hour = number === undefined ? ordinalNamed(begun) : Number(number)
  if (hour < 1 || hour > 12) return null
  const before = hour === 1 ? 12 : hour - 1
  return one(bare(before, minute, halfOf(groups, before)))
}

const BEGUN = `(?:(?<begun>${RU_ORDINAL})|(?<number>\\d{1,2})(?:-?го)?)`
const toldRules: readonly Rule[] = [
  rule(`без ${MINUTE_WORD}(?: минут)? ${HOUR}${HALF_NAMED}`, (groups) => readTold(groups, -1)),
  rule(`${MINUTE_WORD}(?: minutes?)? (?:to|before|til) ${HOUR}${HALF_NAMED}`, (groups) =>
    /half/.test(groups['minutes'] ?? '') ? null : readQuarter(groups, -1),
  ),
  rule(`${MINUTE_WORD}(?: minutes?)? (?:past|after) ${HOUR}${HALF_NAMED}`, (groups) =>
    readQuarter(groups, 1),
  ),
  rule(`(?:половин[аеуы]|пол)[ -]?${BEGUN}${HALF_NAMED}`, (groups) => readBegun(groups, 30)),
  rule(`пол(?<begun>${RU_ORDINAL})${HALF_NAMED}`, (groups) => readBegun(groups, 30)),
  rule(`четверть ${BEGUN}${HALF_NAMED}`, (groups) => readBegun(groups, 15)),
  rule(`(?<minutes>\\d{1,2}|пять|десять|двадцать)(?: минут) (?<begun>${RU_ORDINAL})`, (groups) =>
    readBegun(groups, minutesNamed(groups['minutes'] ?? '')),
  ),
]

/** `10 to 4` is ten minutes to four only in words: in figures it is a range. */
function readQuarter(groups: Groups, sign: 1 | -1): Meaning | null {
  const minutes = groups['minutes'] ?? ''
  return /^\d/.test(minutes) && sign < 0 ? null : readTold(groups, sign)
}

const sure = (hour: number, minute = 0): Clock => ({ hour, minute, half: null, said: 'sure' })
const NOON = 'полдень|полудню|полудня|noon|midday'
const MIDNIGHT = 'полночь|полуночи|midnight|12 ?(?:ночи|a\\.?m\\.?)'

const TO = '(?<to> ?- ?| (?:до|to|till|until|и|and) )'
const hourRules: readonly Rule[] = [
  rule(MIDNIGHT, () => time([24, 0].map((hour) => ({ start: sure(hour), end: null })))),
  rule(hourPattern(1), readHour),
  rule(`${hourPattern(1)}${TO}${hourPattern(2)}`, (groups, place) => readRange(groups, place)),
  rule('(?<hour>\\d{1,2})-(?<minute>\\d{2})', readDashedMinutes),
  rule(`${hourPattern(1)} (?:или|or) ${hourPattern(2)}`, readEither),
  rule(`half ${HOUR}`, (groups) => readTold({ ...groups, minutes: 'half' }, 1, true)),
  { pattern: /(?<h1>\d{2})(?<s1>:)(?<m1>\d{2})(?::\d{2})?(?=z(?!\p{L}))/uy, read: readHour },
  rule(NOON, () => one(sure(12))),
  rule(
    '(?:end of(?: the)? (?:business |working )?day|end of business|eod|cob|eob|close of business|кон(?:ец|це|ца|цу) (?:рабочего )?дня)',
    () => ({
      ...time([]),
      endOfDay: true,
    }),
  ),
]

const PARTS: readonly (readonly [string, Part, boolean])[] = [
  ['утром|утречком|this morning|first thing(?: in the morning)?', 'morning', false],
  ['утра|утру|утро|morning|in the morning', 'morning', true],
  ['обед|обеду|обеда|обеденное время|lunch|lunchtime|lunch time', 'lunch', false],
  ['днем|this afternoon', 'afternoon', false],
  ['afternoon|in the afternoon', 'afternoon', true],
  ['вечером|вечерком|tonight|this evening', 'evening', false],
  ['вечера|вечеру|вечер|evening|in the evening', 'evening', true],
  ['ночью|last night', 'night', false],
  ['ночь|night|at night', 'night', true],
]

/** The part of a day that was said: of today when the word itself says so. */
function readPart(word: string, part: Part, weak: boolean, place: Place): Meaning | null {
  if (/(?:good|добр\p{L}{1,5}) $/u.test(place.before)) return null
  if (word === 'last night') return { is: 'part', part: 'evening', day: -1, weak: false }
  if (part === 'lunch') return readLunch(place)
  const day = /^(?:this|tonight)/.test(word) ? 0 : null
  const led = /(?:с|к|до|под|на|in the|by) $/.test(place.lead) && /^(?:утра|утру|вечеру|вечера)$/.test(word)
  return { is: 'part', part, day, weak: weak && !led && !/^in the$/.test(place.lead.trim()) }
}

/** Lunch is an hour only after a preposition: «в обед», not «обед с директором». */
function readLunch({ lead }: Place): Meaning | null {
  if (/(?:^| )(?:после|after) $/.test(lead)) return { is: 'part', part: 'afternoon', day: null, weak: false }
  return /(?:^| )(?:в|к|до|at|by|before|around|until) $/.test(lead)
    ? { is: 'part', part: 'lunch', day: null, weak: false }
    : null
}

const partRules = PARTS.map(([source, part, weak]) =>
  rule(`(?<word>${source})`, ({ word = '' }, place) => readPart(word, part, weak, place)),
)

export const CLOCKS: readonly Rule[] = [...toldRules, ...hourRules, ...partRules]
