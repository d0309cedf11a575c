import { type Day, daysBetween, yearOf } from '../shared/day.ts'
import { addMonths, dayOf, monthOf, oneDay } from './calendar.ts'
import { EN_MONTH, EN_ORDINAL, MONTH, monthNamed, ordinalNamed, RU_ORDINAL } from './lexicon.ts'
import {
  type DayMeaning,
  days,
  type Groups,
  impossible,
  type Place,
  type Rule,
  rule,
  type Scene,
} from './meaning.ts'
import { isThing } from './things.ts'

/** Dates with their number: 25 December, 25.12, 12/25, the 15th. */
const JUST_OVER_DAYS = 30

/** Feb 29 is looked for in the years around; a date that has just passed is asked, not put off by a year. */
function yearless(month: number, date: number, { today, direction }: Scene): Day | null {
  const year = yearOf(today)
  const around = [-8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8]
    .map((shift) => dayOf(year + shift, month, date))
    .filter((day) => day !== null)
  const ahead = around.find((day) => day >= today)
  const behind = around.findLast((day) => day <= today)
  if (ahead === undefined || behind === undefined) return null
  if (direction === 'past') return behind
  if (direction === 'future') return daysBetween(behind, today) <= JUST_OVER_DAYS ? behind : ahead
  return daysBetween(behind, today) <= daysBetween(today, ahead) ? behind : ahead
}

const dated = (day: Day | null): DayMeaning =>
  day === null ? impossible('noSuchDay') : days('date', [oneDay(day)])

function dateIn(month: number, date: number, year: string | undefined, scene: Scene): DayMeaning {
  return dated(year === undefined ? yearless(month, date, scene) : dayOf(fullYear(year), month, date))
}

const fullYear = (year: string) => (year.length === 2 ? 2000 + Number(year) : Number(year))

function range(start: DayMeaning, end: DayMeaning): DayMeaning {
  const first = start.options[0]
  const last = end.options[0]
  if (!first || !last) return impossible('noSuchDay')
  const until = last.day < first.day ? addMonths(last.day, 12) : last.day
  return until < first.day ? impossible('noSuchDay') : days('date', [{ day: first.day, until }])
}

const TAIL = '(?:-?(?:го|е|ое|ого|му|ому|st|nd|rd|th))?'
const YEAR = '(?:,? (?<year>(?:1|2)\\d{3})(?: ?(?:года?|году|г\\.?))?)?'
const TO = '(?: ?- ?| (?:по|до|to|till|until|through|thru) )'
const NAMED = /(?:ул|улица|улице|пл|площадь|площади|проспект|пр|фабрика|фабрике|завод|заводе|имени)\.? "?$/

/** The 8th of March is also a street and a factory. */
const isName = ({ before, after }: Place) =>
  NAMED.test(before) || (before.endsWith('"') && after.startsWith('"'))

function named(groups: Groups, place: Place, scene: Scene): DayMeaning | null {
  if (isName(place)) return null
  const { date = '', last, month = '', year, word } = groups
  if (/^ ?%/.test(place.after)) return null
  const day = word === undefined ? Number(date) : ordinalNamed(word)
  const start = dateIn(monthNamed(month), day, year, scene)
  return last === undefined ? start : range(start, dateIn(monthNamed(month), Number(last), year, scene))
}

const namedRules: readonly Rule[] = [
  rule(`(?<date>\\d{1,2})${TAIL}(?: of)?[ -]?(?<month>${MONTH})\\.?${YEAR}`, named),
  rule(`(?<date>\\d{1,2})${TAIL}${TO}(?<last>\\d{1,2})${TAIL} (?:of )?(?<month>${MONTH})\\.?${YEAR}`, named),
  rule(`(?<month>${EN_MONTH})\\.? (?:the )?(?<date>\\d{1,2})${TAIL}(?!:)${YEAR}`, named),
  rule(`(?<month>${EN_MONTH})\\.? (?<date>\\d{1,2})${TAIL}${TO}(?<last>\\d{1,2})${TAIL}(?!:)${YEAR}`, named),
  rule(`(?<word>${RU_ORDINAL}) (?<month>${MONTH})${YEAR}`, named),
  rule(`(?<word>${EN_ORDINAL}) of (?<month>${EN_MONTH})${YEAR}`, named),
  rule(`(?<month>${EN_MONTH}) (?<word>${EN_ORDINAL})${YEAR}`, named),
]

/** The 15th: of the month where the line looks, or of the next one that has such a day. */
function dayOfMonth(date: number, { today, direction }: Scene): DayMeaning {
  if (date < 1 || date > 31) return impossible('noSuchDay')
  const near = [-3, -2, -1, 0, 1, 2, 3]
    .map((shift) => addMonths(`${today.slice(0, 8)}01`, shift))
    .map((first) => dayOf(yearOf(first), monthOf(first), date))
    .filter((day) => day !== null)
  const ahead = near.filter((day) => day >= today).slice(0, 1)
  const behind = near.filter((day) => day <= today).slice(-1)
  if (direction === 'any') return days('date', [...new Set([...ahead, ...behind])].map(oneDay))
  return days('date', (direction === 'past' ? behind : ahead).map(oneDay))
}

function inShiftedMonth(date: number, shift: number, { today }: Scene): DayMeaning {
  const first = addMonths(`${today.slice(0, 8)}01`, shift)
  return dated(dayOf(yearOf(first), monthOf(first), date))
}

const OF_MONTH = '(?: (?<shift>следующего|этого|текущего|прошлого) месяца)?'
const ofMonthRules: readonly Rule[] = [
  rule(`(?:(?<date>\\d{1,2})${TAIL}|(?<word>${RU_ORDINAL})) числа${OF_MONTH}`, (groups, _place, scene) => {
    const { date, word, shift } = groups
    const number = date === undefined ? ordinalNamed(word ?? '') : Number(date)
    if (shift === undefined) return dayOfMonth(number, scene)
    return inShiftedMonth(number, shift.startsWith('след') ? 1 : shift.startsWith('прош') ? -1 : 0, scene)
  }),
  rule('(?<date>\\d{1,2})-?(?:го|му|ого|ому)', ({ date = '' }, place, scene) =>
    isThing(place.after) ? null : dayOfMonth(Number(date), scene),
  ),
  rule('(?<date>\\d{1,2})(?:st|nd|rd|th)', ({ date = '' }, { lead, after }, scene) =>
    /(?:on|by|the|until|till|в|до|к) $/.test(lead) &&
    !isThing(after) &&
    !/^ \p{Ll}+/u.test(withoutFunctionWord(after))
      ? dayOfMonth(Number(date), scene)
      : null,
  ),
  rule(
    `(?:(?<date>\\d{1,2})(?:st|nd|rd|th)?|(?<word>${EN_ORDINAL})) of (?<shift>next|this|last) month`,
    ({ date, word = '', shift = '' }, _place, scene) =>
      inShiftedMonth(
        date === undefined ? ordinalNamed(word) : Number(date),
        shift === 'next' ? 1 : shift === 'last' ? -1 : 0,
        scene,
      ),
  ),
]

function withoutFunctionWord(after: string): string {
  return /^ (?:at|with|for|in|on|by|from|to|and|or|we|they|i|we'll|в|с|и|до)(?!\p{L})/u.test(after)
    ? ''
    : after
}

/** What stands before a number that is no date: a contract, a version, a price. */
const LABELLED =
  /(?:[№#$€₽£§]|(?:^|[^\p{L}])(?:no\.?|номер|договор\p{L}{0,8}|контракт\p{L}{0,8}|счет\p{L}{0,8}|заказ\p{L}{0,8}|верси\p{L}{1,8}|пункт\p{L}{0,8}|п\.|раздел\p{L}{0,8}|contract|invoice|order|version|ver\.?|v\.?|section|sec\.?|clause|po|график\p{L}{0,8}|арт\.?|офис|вагон|room|д\.?|дом|кв\.?|кабинет|корп\.?|корпус|стр\.?|building|apt\.?)) ?$/u

const DOTTED = /^(?:до|к|ко|на|с|со|от|по|by|on|until|till|before|since|from|не позже|не позднее|for) $/

function readNumeric(groups: Groups, place: Place, scene: Scene): DayMeaning | null {
  const { first = '', mark = '', second = '', year } = groups
  const a = Number(first)
  const b = Number(second)
  if (LABELLED.test(place.before) || isThing(place.after) || isName(place)) return null
  if (year === undefined && !looksLikeDate(first, second, mark, place)) return null
  if (Math.min(a, b) > 12 || Math.min(a, b) < 1 || Math.max(a, b) > 31)
    return year ? impossible('noSuchDay') : null
  if (mark === '.' && b > 12) return year === undefined ? null : impossible('noSuchDay')
  const orders = ordersOf(a, b, mark, scene).map(([date, month]) => dateIn(month, date, year, scene))
  const options = orders.flatMap((one) => one.options)
  return options.length === 0 ? impossible('noSuchDay') : days('date', options)
}

/** `3/4 visit` is a day, `3/4 agreed` a share. */
const MET = /^ (?:visit|call|meet|lunch|dinner|demo|визит|встреч|звон|созвон|обед|поездк)/u

/** `1.5` is a number, `24/7` a promise, `3/4 of the budget` a share; `10.30` after «в» is an hour. */
function looksLikeDate(first: string, second: string, mark: string, { lead, after }: Place): boolean {
  if (/^(?:в|во|at) $/.test(lead) && mark === '.') return false
  if (mark === '.') return second.length === 2 && (first.length === 2 || DOTTED.test(lead))
  const isShare = first.length + second.length === 2 && lead === '' && /^ \p{Ll}{3,}/u.test(after)
  if (isShare && !MET.test(after)) return false
  return !(first === '24' && second === '7') && !/^ (?:of|от|из|the|часть|части)(?!\p{L})/u.test(after)
}

/** Day and month, in every order the writer may mean. */
function ordersOf(a: number, b: number, mark: string, scene: Scene): (readonly [number, number])[] {
  if (b > 12) return [[b, a]]
  if (a > 12 || a === b) return [[a, b]]
  if (scene.monthFirst === true && mark === '/') return [[b, a]]
  if (scene.monthFirst === false || scene.language === 'ru') return [[a, b]]
  return mark === '/'
    ? [
        [b, a],
        [a, b],
      ]
    : [
        [a, b],
        [b, a],
      ]
}

/** `12.12–15.12`; what cannot be two dates is left to the clocks, as `10.00-11.30`. */
function readNumericRange({ date, month, last, end }: Groups, place: Place, scene: Scene): DayMeaning | null {
  if (LABELLED.test(place.before) || isThing(place.after)) return null
  const start = dateIn(Number(month), Number(date), undefined, scene)
  const until = dateIn(Number(end), Number(last), undefined, scene)
  return start.impossible || until.impossible ? null : range(start, until)
}

/** Not the beginning of a longer chain of figures, and not a part of a word. */
const NUMBER_ENDS = '(?![\\p{L}\\d]|[./:-]\\p{L}|[.,/:]\\d|-\\d(?!\\d?[./]\\d))'
const numericRules: readonly Rule[] = [
  rule(
    `(?<date>\\d{1,2})\\.(?<month>\\d{2}) ?- ?(?<last>\\d{1,2})\\.(?<end>\\d{2})${NUMBER_ENDS}`,
    readNumericRange,
  ),
  rule(
    `(?<first>\\d{1,2})(?<mark>[./])(?<second>\\d{1,2})(?:\\k<mark>(?<year>\\d{4}|\\d{2}))?${NUMBER_ENDS}`,
    readNumeric,
  ),
  rule(
    `(?<date>\\d{1,2})-(?<month>\\d{2})-(?<year>2\\d{3})${NUMBER_ENDS}`,
    ({ date, month, year }, _place, scene) => dateIn(Number(month), Number(date), year, scene),
  ),
  {
    pattern:
      /(?<year>[12]\d{3})(?<mark>[-./])(?<month>\d{2})\k<mark>(?<date>\d{2})(?:(?=t\d{1,2}:)|(?![\p{L}\d]))/uy,
    read: ({ year, month, date }, { before }, scene) =>
      LABELLED.test(before) ? null : dateIn(Number(month), Number(date), year, scene),
  },
]

export const DATES: readonly Rule[] = [...namedRules, ...ofMonthRules, ...numericRules]
