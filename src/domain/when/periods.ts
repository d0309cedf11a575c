import { addDays, type Day, yearOf } from '../shared/day.ts'
import { dayOf, type Days, type Edge, edgeOf, oneDay, type Period, periodOf, weekdayOf } from './calendar.ts'
import { MONTH, monthNamed, ordinalNamed, RU_ORDINAL } from './lexicon.ts'
import { days, type Groups, type Meaning, type Rule, rule, type Scene } from './meaning.ts'
import { SHIFT, shiftNamed } from './near-days.ts'

/** Weeks, months, quarters and years, and their beginnings, middles and ends. */
type Whole = Readonly<{ day: Day; until: Day }>

const RU_PERIOD = 'недел(?:я|и|е|ю|ей)|месяц(?:а|е|у)?|квартал(?:а|е|у)?|год(?:а|у)?|выходны(?:е|х|м)'
const EN_PERIOD = 'week|weekend|month|quarter|year'

function periodNamed(word: string): Period {
  if (/^(?:выходн|weekend)/.test(word)) return 'weekend'
  if (/^(?:нед|week)/.test(word)) return 'week'
  if (/^(?:мес|month)/.test(word)) return 'month'
  return /^(?:кв|quarter)/.test(word) ? 'quarter' : 'year'
}

/** The named month or quarter nearest to where the line looks. */
function nearestWhole(
  start: number,
  period: 'month' | 'quarter',
  year: string | undefined,
  scene: Scene,
): Whole {
  const inYear = (of: number) => periodOf(`${of}-${String(start).padStart(2, '0')}-01`, period, 0)
  if (year !== undefined) return inYear(Number(year))
  const thisYear = inYear(yearOf(scene.today))
  if (scene.direction === 'past')
    return thisYear.day <= scene.today ? thisYear : inYear(yearOf(scene.today) - 1)
  const over = thisYear.until < scene.today
  const long = thisYear.until < addDays(scene.today, -182)
  return (scene.direction === 'future' ? over : long) ? inYear(yearOf(scene.today) + 1) : thisYear
}

const EDGES: readonly (readonly [Edge, RegExp])[] = [
  ['end', /^(?:кон|end|late|close)/],
  ['start', /^(?:нач|beginning|start|early)/],
  ['middle', /^(?:сер|middle|mid)/],
]
const edgeNamed = (word: string): Edge => EDGES.find(([, pattern]) => pattern.test(word))?.[0] ?? 'whole'

const RU_EDGE = 'кон(?:ец|це|ца|цу|цом)|начал(?:о|е|а|у)|середин(?:а|е|у|ы)'
const EN_EDGE = '(?:end|beginning|start|middle) of(?: the)?|early|mid|late|end'

const withEdge = (whole: Whole, edge: Edge): Meaning => days('period', [edgeOf(whole, edge)])

/** The week has its end on Friday, so on a weekend the end of the week is Sunday or the Friday to come. */
function edgeOfPeriod(edge: string, shift: string | undefined, word: string, scene: Scene): Meaning {
  const period = periodNamed(word)
  const moved = shift === undefined ? 0 : shiftNamed(shift)
  if (period === 'week' && moved === 0 && weekdayOf(scene.today) > 5 && edgeNamed(edge) === 'end') {
    const sunday = periodOf(scene.today, 'week', 0).until
    return days('period', [oneDay(addDays(sunday, 5)), oneDay(sunday)])
  }
  return withEdge(periodOf(scene.today, period, moved), edgeNamed(edge))
}

const QUARTER = `(?:(?<qn>[1-4])(?:-?(?:го|м|ый|ом))?|(?<qo>${RU_ORDINAL})) квартал(?:а|е|у)?|q(?<q>[1-4])`
function quarterStart({ qn, qo, q }: Groups): number {
  const number = Number(qn ?? q ?? (qo ? ordinalNamed(qo) : 0))
  return (number - 1) * 3 + 1
}

const edgeRules: readonly Rule[] = [
  rule(`(?<edge>${RU_EDGE}) (?:(?<shift>${SHIFT}) )?(?<period>${RU_PERIOD})`, readEdge),
  rule(`(?<edge>${EN_EDGE})[ -](?:(?<shift>${SHIFT}) )?(?<period>${EN_PERIOD})`, readEdge),
  rule('конец (?<period>week|month)', (groups, _place, scene) =>
    edgeOfPeriod('end', undefined, groups['period'] ?? '', scene),
  ),
  rule('(?<period>year|month|quarter)[- ]end', (groups, _place, scene) =>
    edgeOfPeriod('end', undefined, groups['period'] ?? '', scene),
  ),
  rule('eo(?<letter>[wmqy])', ({ letter = '' }, _place, scene) => {
    const word = { w: 'week', m: 'month', q: 'quarter', y: 'year' }[letter] ?? 'week'
    return edgeOfPeriod('end', undefined, word, scene)
  }),
  rule(
    `(?<edge>${RU_EDGE}|${EN_EDGE})[ -](?<month>${MONTH})(?: (?<year>2\\d{3}))?`,
    ({ edge = '', month = '', year }, _place, scene) =>
      withEdge(nearestWhole(monthNamed(month), 'month', year, scene), edgeNamed(edge)),
  ),
  rule(`(?<edge>${RU_EDGE}|${EN_EDGE})[ -](?:${QUARTER})(?: (?<year>2\\d{3}))?`, (groups, _place, scene) =>
    withEdge(
      nearestWhole(quarterStart(groups), 'quarter', groups['year'], scene),
      edgeNamed(groups['edge'] ?? ''),
    ),
  ),
]

function readEdge({ edge = '', shift, period = '' }: Groups, _place: unknown, scene: Scene): Meaning {
  return edgeOfPeriod(edge, shift, period, scene)
}

/** `by March` may let March pass or not. */
function readMonth(month: string, year: string | undefined, lead: string, scene: Scene): Meaning | null {
  const whole = nearestWhole(monthNamed(month), 'month', year, scene)
  if (/^(?:в|in|during) $/.test(lead) || (year !== undefined && lead === '')) return days('period', [whole])
  if (!/^(?:до|к|by|until|before) $/.test(lead)) return null
  return days('period', [oneDay(whole.day), oneDay(whole.until)])
}

/** Until Saturday comes, the weekend that was is the last one. */
function weekends({ today, direction }: Scene): readonly Days[] {
  const coming = periodOf(today, 'weekend', 0)
  const last = periodOf(today, 'weekend', -1)
  if (direction === 'future' || weekdayOf(today) > 5) return [coming]
  return direction === 'past' ? [last] : [coming, last]
}

const wholeRules: readonly Rule[] = [
  rule(
    `(?<shift>${SHIFT}) (?<period>${RU_PERIOD}|${EN_PERIOD})`,
    ({ shift = '', period = '' }, _place, scene) => {
      const whole = (by: number): Days => periodOf(scene.today, periodNamed(period), by)
      const moved = shiftNamed(shift)
      if (periodNamed(period) !== 'weekend') return days('period', [whole(moved)])
      if (moved === 0) return days('period', weekends(scene).slice(0, 1))
      return days('period', moved === 1 ? [whole(1), whole(0)] : [whole(moved)])
    },
  ),
  rule('выходны(?:е|х)|weekend', (_groups, { lead }, scene) =>
    /(?:на|в|on|over|at|the) $/.test(lead) ? days('period', weekends(scene)) : null,
  ),
  rule(`той неделе`, (_groups, { lead }, scene) => {
    const whole = (by: number): Days => periodOf(scene.today, 'week', by)
    if (lead !== 'на ') return null
    return days(
      'period',
      scene.direction === 'any' ? [whole(1), whole(-1)] : [whole(scene.direction === 'past' ? -1 : 1)],
    )
  }),
  rule(`(?<month>${MONTH})(?: (?<year>2\\d{3})(?: года?)?)?`, ({ month = '', year }, { lead }, scene) =>
    readMonth(month, year, lead, scene),
  ),
  rule(`(?:${QUARTER})(?: (?<year>2\\d{3}))?`, (groups, { lead }, scene) =>
    /^(?:в|во|in|during) $/.test(lead)
      ? days('period', [nearestWhole(quarterStart(groups), 'quarter', groups['year'], scene)])
      : null,
  ),
  rule('(?<year>2\\d{3}) году', ({ year = '' }) =>
    days('period', [{ day: `${year}-01-01`, until: `${year}-12-31` }]),
  ),
  rule(
    `week of (?<month>${MONTH}) (?<date>\\d{1,2})(?:st|nd|rd|th)?`,
    ({ month = '', date = '' }, _place, scene) => {
      const year = yearOf(nearestWhole(monthNamed(month), 'month', undefined, scene).day)
      const day = dayOf(year, monthNamed(month), Number(date))
      return day === null ? null : days('period', [periodOf(day, 'week', 0)])
    },
  ),
]

export const PERIODS: readonly Rule[] = [...edgeRules, ...wholeRules]
