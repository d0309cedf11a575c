/**
 * Slips of the finger in the words that carry a date. Only long words are mended, and only when nothing else is near:
 * `завтрак` is breakfast and `четверо` are four people.
 */
const RU_WORDS = [
  'завтра сегодня послезавтра позавчера понедельник понедельника понедельнику вторник вторника вторнику',
  'четверг четверга четвергу пятница пятницу пятницы пятнице суббота субботу субботы субботе',
  'воскресенье воскресенья воскресенью неделю недели января февраля марта апреля августа сентября октября ноября',
  'декабря январе феврале апреле августе сентябре октябре ноябре декабре утром вечером полчаса через',
]
const EN_WORDS = [
  'tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february april august',
  'september october november december morning afternoon evening tonight minutes weeks months',
]
const WORDS = [...RU_WORDS, ...EN_WORDS].flatMap((line) => line.split(' '))
const KNOWN = new Set(WORDS)

/** Words that are right as they stand, and what is written for some words again and again. */
const OTHERS = new Set(
  [
    'завтрак завтраки четверо четверть сундук августин августина пятничный неделя неделе неделей недель',
    'sundry sunday sundays mondays fridays tuesdays thursdays saturdays wednesdays mourning warning winning morning',
    'week meeks week weeks peaks weeds wells month moths mouths minute market marten evenings mornings marta',
    'утрам вечера вечеру вечер вторых вторичка вторники субботник пятницей субботой через черед черев череп череда',
    'утрами наутро марка карта парта смарта старта марты чарта фарта спарта тонайт knights',
  ].flatMap((line) => line.split(' ')),
)
const HABITS: Readonly<Record<string, string>> = {
  tmrw: 'tomorrow',
  tmr: 'tomorrow',
  tmw: 'tomorrow',
  tomoz: 'tomorrow',
  '2moro': 'tomorrow',
  wensday: 'wednesday',
  wenesday: 'wednesday',
  tuseday: 'tuesday',
  tusday: 'tuesday',
  weak: 'week',
  weaks: 'weeks',
  седня: 'сегодня',
  севодня: 'сегодня',
  щас: 'сейчас',
  воскресение: 'воскресенье',
  ниделю: 'неделю',
}

const BY_START = Map.groupBy(WORDS, (word) => word.slice(0, 1))

export function spelled(word: string): string {
  const habit = Object.hasOwn(HABITS, word) ? HABITS[word] : undefined
  if (habit !== undefined) return habit
  if (word.length < 5 || word.length > 13 || KNOWN.has(word) || OTHERS.has(word)) return word
  const near = [...(BY_START.get(word.slice(0, 1)) ?? []), ...(BY_START.get(word.slice(1, 2)) ?? [])]
  return near.find((right) => isSlipOf(word, right)) ?? word
}

/** One slip, or two in a long word; in a word of five letters only two neighbours that changed places. */
function isSlipOf(word: string, right: string): boolean {
  const difference = Math.abs(word.length - right.length)
  if (right.length < 6)
    return difference === 0 && [...right].toSorted().join('') === [...word].toSorted().join('')
  const alike = word.startsWith(right.slice(0, 2)) && word.at(-1) === right.at(-1)
  const allowed = right.length >= 8 && alike ? 2 : 1
  return difference <= allowed && distance(word, right) <= allowed
}

/** Edits between two short words, where neighbours that changed places are one edit. */
function distance(a: string, b: string): number {
  const width = b.length + 1
  const cells = new Uint8Array((a.length + 1) * width)
  const at = (row: number, column: number) => cells[row * width + column] ?? 0
  for (let row = 0; row <= a.length; row += 1)
    for (let column = 0; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let least = row === 0 || column === 0 ? row + column : at(row - 1, column - 1) + (same ? 0 : 1)
      if (row > 0 && column > 0) least = Math.min(least, at(row - 1, column) + 1, at(row, column - 1) + 1)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, at(row - 2, column - 2) + 1)
      cells[row * width + column] = least
    }
  return at(a.length, b.length)
}
