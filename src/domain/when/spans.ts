import { addUnits, oneDay } from './calendar.ts'
import { COUNT_WORD, countNamed, UNIT, unitNamed } from './lexicon.ts'
import { days, type Groups, impossible, type Meaning, type Rule, rule, type Scene } from './meaning.ts'

/** How long from now: «через полторы недели», in two hours, 3 days ago. */
const AMOUNT = `(?<n>(?:\\d{1,9}(?:[.,]\\d)?|${COUNT_WORD})(?: с половиной| and a half)?)`
const FEW = '(?<few>несколько|a few|few|several|some)'

/** More than any plan: larger spans are not reckoned, because the calendar ends somewhere. */
const MOST: Readonly<Record<string, number>> = {
  minute: 60_000_000,
  hour: 1_000_000,
  day: 40_000,
  workday: 30_000,
  week: 6000,
  month: 1400,
  quarter: 450,
  year: 110,
}

function spanned(amount: number, unitWord: string, sign: 1 | -1, scene: Scene): Meaning | null {
  const unit = unitNamed(unitWord)
  if (Number.isNaN(amount)) return null
  if (amount > (MOST[unit] ?? 0)) return impossible('tooFar')
  if (unit === 'minute' || unit === 'hour') {
    return { is: 'moment', minutes: sign * Math.round(amount * (unit === 'hour' ? 60 : 1)), weak: false }
  }
  if (unit === 'day' && amount % 1 !== 0) {
    return { is: 'moment', minutes: sign * Math.round(amount * 1440), weak: false }
  }
  return days('near', [oneDay(addUnits(scene.today, sign * amount, unit))])
}

/** Reckoned from another event (`30 days after delivery`), or a vague pair («час-полтора»). */
const ELSEWHERE = /^ (?:после|с момента|со дня|after|before|of|from)(?!\p{L})|^ ?- ?\p{L}/u

function spanRule(source: string, sign: 1 | -1): Rule {
  return rule(source, ({ n = '1', unit = '', half }, { after }, scene) =>
    ELSEWHERE.test(after) ? null : spanned(countNamed(n) + (half === undefined ? 0 : 0.5), unit, sign, scene),
  )
}

/** A range of spans is a range of days; `a few` is two or three, and must be asked. */
function rangeRule(source: string, sign: 1 | -1): Rule {
  return rule(source, ({ n = '', last = '', unit = '' }, _place, scene) => {
    const [start, end] = [n, last].map((amount) => spanned(countNamed(amount), unit, sign, scene))
    if (start?.is !== 'day' || end?.is !== 'day') return start ?? null
    const [from, to] = sign > 0 ? [start, end] : [end, start]
    const first = from.options[0]
    const until = to.options[0]
    if (!first || !until) return from.impossible ? from : to
    return days('near', [first.day < until.day ? { day: first.day, until: until.day } : first])
  })
}

function fewRule(source: string, sign: 1 | -1): Rule {
  return rule(source, ({ unit = '' }, _place, scene) => {
    const options = [2, 3, 4].map((amount) => spanned(amount, unit, sign, scene))
    return days(
      'near',
      options.flatMap((option) => (option?.is === 'day' ? option.options : [])),
    )
  })
}

/** Within two weeks is any day until then. */
function withinRule(source: string): Rule {
  return rule(source, (groups: Groups, _place, scene) => {
    const span = spanned(countNamed(groups['n'] ?? '1'), groups['unit'] ?? '', 1, scene)
    const last = span?.is === 'day' ? span.options[0] : undefined
    return last ? days('period', [{ day: scene.today, until: last.day }]) : span
  })
}

const U = `(?<unit>${UNIT})`
const HALVED = '(?<half> and a half)?'
const ABOUT = '(?:about |around |примерно |где-то )?'
const RANGE = '(?<n>\\d{1,3}) ?- ?(?<last>\\d{1,3})'
const AHEAD = ' from (?:now|today)'

export const SPANS: readonly Rule[] = [
  spanRule(`через ${ABOUT}(?:${AMOUNT} ?)?${U}`, 1),
  spanRule('через (?<n>пол)-?(?<unit>часа|часика|года|дня|месяца|недели)', 1),
  spanRule(`${U} через ${AMOUNT}`, 1),
  spanRule(`(?:${AMOUNT} ?)?${U} назад`, -1),
  spanRule('(?<n>пол)-?(?<unit>часа|года) назад', -1),
  spanRule(`in ${ABOUT}${AMOUNT} ?${U}${HALVED}(?: or so)?`, 1),
  spanRule(`${AMOUNT} ?${U}${HALVED}${AHEAD}`, 1),
  spanRule(`${AMOUNT} ?${U}${HALVED} ago`, -1),
  rangeRule(`через ${RANGE} ?${U}`, 1),
  rangeRule(`in ${RANGE} ?${U}`, 1),
  rangeRule(`${RANGE} ?${U} (?:назад|ago)`, -1),
  fewRule(`(?:через|in) ${FEW} ${U}`, 1),
  fewRule(`${FEW} ${U} (?:назад|ago)`, -1),
  withinRule(`within ${ABOUT}${AMOUNT} ?${U}`),
  withinRule(`(?:в )?течение (?:${AMOUNT} ?)?${U}`),
  rule('in a fortnight', (_groups, _place, scene) => spanned(2, 'weeks', 1, scene)),
]
