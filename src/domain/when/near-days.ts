import { addDays, type Day } from '../shared/day.ts'
import { oneDay, periodOf, weekdayOf } from './calendar.ts'
import { COUNT_WORD, countNamed, WEEKDAY, weekdayNamed } from './lexicon.ts'
import { type DayMeaning, days, type Place, type Rule, rule, type Scene } from './meaning.ts'

/** Days told from today: tomorrow, on Friday, next Tuesday, a week from Friday. */
const NEXT = 'следующ(?:ий|ая|ее|ую|ей|его|ему|ем|ие|их)|след\\.?|будущ(?:ий|ую|ее|ей|ем|ие|их)|next'
const LAST = 'прошл(?:ый|ая|ое|ую|ой|ого|ом|ые|ых)|last|past|this past'
const THIS = 'эт(?:от|а|о|у|ой|ом|ого|и|их)|текущ(?:ий|ей|ую|ем)|this'
const COMING = 'ближайш(?:ий|ая|ее|ую|ей|ему|его)|this coming|coming|upcoming'
export const SHIFT = `${NEXT}|${LAST}|${THIS}`

/** Next is 1, this is 0, last is -1. */
export function shiftNamed(word: string): number {
  if (/^(?:след|буд|next)/.test(word)) return 1
  return /прошл|last|past/.test(word) ? -1 : 0
}

const OFFSETS: readonly (readonly [string, number])[] = [
  ['послезавтра|(?:day )?after tomorrow', 2],
  ['завтра|завтрашн(?:ий|его|ему|ее|юю|ей) (?:день|дня|дню)|tomorrow', 1],
  ['сегодня|today|later today', 0],
  ['вчера|yesterday', -1],
  ['позавчера|day before yesterday', -2],
]

const offsetRules = OFFSETS.map(([source, offset]) =>
  rule(source, (_groups, place, { today }) =>
    offset === 1 && place.lead.endsWith('day after ') ? null : days('near', [oneDay(addDays(today, offset))]),
  ),
)

function weekdayInWeek(today: Day, weekday: number, shift: number): Day {
  return addDays(periodOf(today, 'week', shift).day, weekday - 1)
}

/** On the day itself its name may mean today or a week from it; when both ways are open the week decides nothing. */
function plainWeekday(weekday: number, { today, direction }: Scene): readonly Day[] {
  const ahead = (weekday - weekdayOf(today) + 7) % 7
  const next = addDays(today, ahead === 0 ? 7 : ahead)
  const last = addDays(today, ahead - 7)
  if (ahead === 0)
    return direction === 'any' ? [today, next, last] : [direction === 'past' ? last : next, today]
  if (direction === 'any') return [next, last]
  return [direction === 'past' ? last : next]
}

/** `next Friday` said on Monday is this week's for some and next week's for others; a Russian means next week's. */
function nextWeekday(weekday: number, word: string, { today }: Scene): readonly Day[] {
  const following = weekdayInWeek(today, weekday, 1)
  if (following === addDays(today, 1)) return [following, addDays(following, 7)]
  const ofThisWeek = weekdayInWeek(today, weekday, 0)
  return word === 'next' && ofThisWeek > addDays(today, 1) ? [following, ofThisWeek] : [following]
}

function lastWeekday(weekday: number, { today }: Scene): readonly Day[] {
  const ofThisWeek = weekdayInWeek(today, weekday, 0)
  const ofLastWeek = weekdayInWeek(today, weekday, -1)
  return ofThisWeek < today ? [ofLastWeek, ofThisWeek] : [ofLastWeek]
}

function thisWeekday(weekday: number, scene: Scene): readonly Day[] {
  const day = weekdayInWeek(scene.today, weekday, 0)
  return [scene.direction === 'future' && day < scene.today ? addDays(day, 7) : day]
}

const weekdays = (found: readonly Day[], weak = false) => days('weekday', found.map(oneDay), weak)

/** Names of days that are words or abbreviations of something else as well. */
function readPlain(word: string, place: Place, scene: Scene): DayMeaning | null {
  if (
    /(?:black|good|cyber|черн\p{L}{1,5}|велик\p{L}{1,5}) $/u.test(place.before) ||
    /^\.\p{L}/u.test(place.after)
  )
    return null
  const lead = place.lead.replace(/^(?:с|со|the|about|around|from) $/, '')
  const led = lead !== ''
  if (place.after.startsWith(' after next')) return null
  if (word === 'среде' && !/^ко? $/.test(lead)) return null
  if (word.startsWith('сред') && /^ (?:разработ|тестир|обитан|исполн)/.test(place.after)) return null
  const double = /^(?:sat|sun|wed|mon|ср|сб|вс|среда|среду|среды)$/.test(word)
  const shouted = /^(?:СБ|ВС|ВТ)$/.test(place.raw)
  const genitive = word === 'среды' && /^(?:с|со) $/.test(place.lead)
  return weekdays(
    plainWeekday(weekdayNamed(word), scene),
    (double && !led && !place.alone && !genitive) || shouted,
  )
}

const weekdayRules: readonly Rule[] = [
  rule(`(?<wd>${WEEKDAY})`, ({ wd = '' }, place, scene) => readPlain(wd, place, scene)),
  rule(`(?<word>${NEXT}) (?<wd>${WEEKDAY})`, ({ word = '', wd = '' }, _place, scene) =>
    weekdays(nextWeekday(weekdayNamed(wd), word, scene)),
  ),
  rule(`(?:${LAST}) (?<wd>${WEEKDAY})`, ({ wd = '' }, _place, scene) =>
    weekdays(lastWeekday(weekdayNamed(wd), scene)),
  ),
  rule(`(?:${THIS}) (?<wd>${WEEKDAY})`, ({ wd = '' }, _place, scene) =>
    weekdays(thisWeekday(weekdayNamed(wd), scene)),
  ),
  rule(`(?:${COMING}) (?<wd>${WEEKDAY})`, ({ wd = '' }, _place, scene) =>
    weekdays(plainWeekday(weekdayNamed(wd), { ...scene, direction: 'future' }).slice(0, 1)),
  ),
]

const ON = '(?:,? (?:в|во|on))?'
const WEEK = '(?:неделе|неделю|недели|week)'
const weekRules: readonly Rule[] = [
  rule(
    `(?<wd>${WEEKDAY}),? (?:на |of )?(?<word>${SHIFT}) ${WEEK}`,
    ({ wd = '', word = '' }, _place, { today }) =>
      weekdays([weekdayInWeek(today, weekdayNamed(wd), shiftNamed(word))]),
  ),
  rule(`(?<word>${SHIFT}) ${WEEK}${ON},? (?<wd>${WEEKDAY})`, ({ wd = '', word = '' }, _place, { today }) =>
    weekdays([weekdayInWeek(today, weekdayNamed(wd), shiftNamed(word))]),
  ),
  rule(
    `через (?:(?<n>\\d{1,2}|${COUNT_WORD}) )?недел(?:ю|и|ь|ьку)${ON} (?<wd>${WEEKDAY})`,
    ({ n = '1', wd = '' }, _place, { today }) =>
      weekdays([weekdayInWeek(today, weekdayNamed(wd), Math.trunc(countNamed(n)))]),
  ),
  rule(
    `(?:(?<n>\\d{1,2}|${COUNT_WORD}) )?weeks? (?:(?:(?:from|on|after) )?(?<near>today|now|tomorrow)|(?:from|on|after) (?<wd>${WEEKDAY}))`,
    ({ n = '1', near, wd = '' }, _place, scene) => {
      const weeks = Math.trunc(countNamed(n))
      const starts = near ? [addDays(scene.today, near === 'tomorrow' ? 1 : 0)] : plainAhead(wd, scene)
      return weekdays(starts.map((start) => addDays(start, 7 * weeks)))
    },
  ),
  rule('(?<near>today|tomorrow) week', ({ near }, _place, { today }) =>
    weekdays([addDays(today, near === 'tomorrow' ? 8 : 7)]),
  ),
  rule(`(?<wd>${WEEKDAY}) week`, ({ wd = '' }, _place, scene) =>
    weekdays(plainAhead(wd, scene).map((start) => addDays(start, 7))),
  ),
]

function plainAhead(word: string, scene: Scene): readonly Day[] {
  return plainWeekday(weekdayNamed(word), { ...scene, direction: 'future' })
}

export const NEAR_DAYS: readonly Rule[] = [...offsetRules, ...weekdayRules, ...weekRules]
