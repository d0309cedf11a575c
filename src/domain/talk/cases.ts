/** How a word of a name may stand in its first case, by its ending: «Ромашке» may be Ромашка, «Газпрому» Газпром. */
const ENDINGS: readonly (readonly [string, readonly string[]])[] = [
  ['ыми', ['ые', 'ый']],
  ['ими', ['ие', 'ий']],
  ['ами', ['ы', 'и', 'а', '']],
  ['ями', ['и', 'я', 'ь']],
  ['ого', ['ый', 'ое', 'ий', 'ой']],
  ['его', ['ий', 'ее']],
  ['ому', ['ый', 'ое', 'ий', 'ой']],
  ['ему', ['ий', 'ее']],
  ['ыми', ['ые']],
  ['ией', ['ия']],
  ['иям', ['ии', 'ия']],
  ['иях', ['ии', 'ия']],
  ['ым', ['ый', 'ые', 'ое']],
  ['им', ['ий', 'ие', 'ее']],
  ['ых', ['ые']],
  ['их', ['ие']],
  ['ой', ['ая', 'а', 'ой']],
  ['ей', ['ая', 'я', 'а', 'ь', 'и']],
  ['ую', ['ая']],
  ['юю', ['яя']],
  ['ом', ['', 'о', 'ый', 'ое']],
  ['ем', ['', 'е', 'ь', 'й', 'ий']],
  ['ью', ['ь']],
  ['ии', ['ия', 'ий', 'ие']],
  ['ию', ['ия', 'ий']],
  ['ия', ['ий', 'ие']],
  ['ам', ['ы', 'и', 'а']],
  ['ям', ['и', 'я', 'ь']],
  ['ах', ['ы', 'и', 'а']],
  ['ях', ['и', 'я', 'ь']],
  ['ов', ['ы', 'а', '']],
  ['ев', ['и', '']],
  ['е', ['а', '', 'я', 'о', 'й', 'ь']],
  ['у', ['а', '', 'о']],
  ['ю', ['я', 'ь', 'й']],
  ['а', ['', 'о']],
  ['я', ['ь', 'й', 'е']],
  ['ы', ['а', '']],
  ['и', ['а', 'я', 'ь', 'й']],
]
const MOST_FORMS = 24

/** The names that this one may be a case of; the name itself is not among them. */
export function otherCases(name: string): readonly string[] {
  const words = name.split(' ')
  if (words.length > 4) return []
  let forms: readonly string[] = ['']
  for (const [at, word] of words.entries()) {
    const some = wordForms(word)
    forms = forms
      .flatMap((form) => some.map((one) => (at === 0 ? one : `${form} ${one}`)))
      .slice(0, MOST_FORMS)
  }
  return forms.filter((form) => form !== name)
}

function wordForms(word: string): readonly string[] {
  if (!/^\p{Script=Cyrillic}{3,}$/u.test(word)) return [word]
  const small = word.toLowerCase()
  for (const [ending, endings] of ENDINGS) {
    const stem = word.slice(0, -ending.length)
    if (small.endsWith(ending) && stem.length >= 2) return [word, ...endings.map((other) => stem + other)]
  }
  return [word]
}
