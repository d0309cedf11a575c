/** Numbers in words, up to ninety-nine, in the cases in which a percentage stands. */
const ONES: readonly (readonly [number, string])[] = [
  [1, 'one|один|одного|одному'],
  [1.5, 'полтора|полторы|полутора'],
  [2, 'two|два|двух|двум'],
  [3, 'three|три|трех|трем'],
  [4, 'four|четыре|четырех|четырем'],
  [5, 'five|пять|пяти'],
  [6, 'six|шесть|шести'],
  [7, 'seven|семь|семи'],
  [8, 'eight|восемь|восьми'],
  [9, 'nine|девять|девяти'],
]
const TEENS: readonly (readonly [number, string])[] = [
  [10, 'ten|десять|десяти'],
  [11, 'eleven|одиннадцать|одиннадцати|одинадцать'],
  [12, 'twelve|двенадцать|двенадцати|двенацать'],
  [13, 'thirteen|тринадцать|тринадцати|тринацать'],
  [14, 'fourteen|четырнадцать|четырнадцати'],
  [15, 'fifteen|пятнадцать|пятнадцати|пятнацать'],
  [16, 'sixteen|шестнадцать|шестнадцати'],
  [17, 'seventeen|семнадцать|семнадцати'],
  [18, 'eighteen|восемнадцать|восемнадцати'],
  [19, 'nineteen|девятнадцать|девятнадцати'],
]
const TENS: readonly (readonly [number, string])[] = [
  [20, 'twenty|двадцать|двадцати|двацать'],
  [30, 'thirty|тридцать|тридцати|трицать'],
  [40, 'forty|fourty|сорок|сорока'],
  [50, 'fifty|пятьдесят|пятидесяти'],
  [60, 'sixty|шестьдесят|шестидесяти'],
  [70, 'seventy|семьдесят|семидесяти'],
  [80, 'eighty|восемьдесят|восьмидесяти'],
  [90, 'ninety|девяносто|девяноста'],
]

const named = (names: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(names.flatMap(([value, all]) => all.split('|').map((name) => [name, value] as const)))
const ONE = named(ONES)
const TEEN = named(TEENS)
const TEN = named(TENS)
const SINGLE: ReadonlyMap<string, number> = new Map([...ONE, ...TEEN, ...TEN])

/** `skipped`: how many letters of another word stood before the number. */
export function countInWords(text: string): Readonly<{ value: number; skipped: number }> | null {
  const whole = SINGLE.get(text)
  if (whole !== undefined) return { value: whole, skipped: 0 }
  const cut = text.search(/[ -]/)
  if (cut < 0) return null
  const [first, second] = [text.slice(0, cut), text.slice(cut + 1)]
  const [ten, one] = [TEN.get(first), ONE.get(second)]
  if (ten !== undefined && one !== undefined) return { value: ten + one, skipped: 0 }
  const last = SINGLE.get(second)
  return last === undefined ? null : { value: last, skipped: cut + 1 }
}
