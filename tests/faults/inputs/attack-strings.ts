/** What makes patterns try again and again: one sign, or a few, over and over, and an end that fits nothing. */
const UNITS = [
  ' ',
  '\n',
  'a',
  'я',
  'Я',
  '1',
  '.',
  ',',
  '-',
  '"',
  '!',
  '{{',
  'a ',
  'Я ',
  '1 ',
  '1.',
  '1,',
  'a-',
  '- ',
  ' ,',
  '<@',
  'a@',
]
const END = '\u0001'
const MOST_OF_ITS_OWN = 8

/** Texts of this length against a pattern: the usual ones, and words and signs out of the pattern itself. */
export function* attackStrings(source: string, length: number): Generator<string> {
  for (const unit of [...UNITS, ...unitsOf(source)])
    yield unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 1) + END
}

function unitsOf(source: string): string[] {
  const words = (source.match(/[\p{L}\d]{2,}(?: [\p{L}\d]+)*/gu) ?? []).filter(
    (word) => !/^(?:p|L|u00|d\d)$/.test(word),
  )
  const step = Math.max(1, Math.floor(words.length / MOST_OF_ITS_OWN))
  return words
    .filter((_, at) => at % step === 0)
    .flatMap((word) => [word, `${word} `])
    .slice(0, 2 * MOST_OF_ITS_OWN)
}
