/**
 * First names that are usual among the clients of Russian and English speaking teams: enough to tell a person from a firm
 * and to put a Russian name back into its first case. A name that is not here is kept as it was written.
 */
const RU_MEN = [
  'александр алексей анатолий андрей антон аркадий арсений артем артур богдан борис вадим валентин валерий василий виктор',
  'виталий владимир владислав вячеслав геннадий георгий герман глеб григорий давид даниил данила денис дмитрий евгений егор',
  'иван игорь илья кирилл константин лев леонид макар максим марат марк матвей михаил никита николай олег павел петр роман',
  'ринат руслан рустам семен сергей станислав степан тимофей тимур федор филипп эдуард эльдар юрий ярослав яков саша леша',
  'дима женя коля миша паша петя слава сережа толя юра вова ваня витя гоша',
].flatMap((line) => line.split(' '))
const RU_WOMEN = [
  'александра алена алина алиса алла анастасия ангелина анна валентина валерия варвара вера вероника виктория галина дарья',
  'диана ева евгения екатерина елена елизавета жанна зинаида зоя инна ирина карина кира клавдия кристина ксения лариса лидия',
  'любовь людмила маргарита марина мария надежда наталья наталия нина оксана олеся ольга полина раиса регина римма светлана',
  'снежана софия софья таисия тамара татьяна ульяна юлия яна настя катя лена маша даша оля наташа таня юля ира света аня',
].flatMap((line) => line.split(' '))
const ENGLISH = new Set(
  [
    'adam alan alex alice amy andrew andy anna anne anthony arthur barbara ben bill bob brian carl carol charles charlie chris',
    'christine claire dan daniel dave david debbie diana diane donald ed edward elena elizabeth ella emily emma eric erik eva',
    'frank fred gary george grace greg hannah hans harry heather helen henry howard ian igor ivan jack jake james jane janet jason',
    'jeff jennifer jenny jessica jim joan joe john jonathan joseph julia julie karen kate katherine kathy keith kelly ken kevin',
    'larry laura lena leo linda lisa louis lucy luke maria marina mark martin mary matt matthew max michael michelle mike',
    'nancy natalie natasha nick nicole nina olga oliver oscar pamela patricia patrick paul pavel peter petra phil philip rachel',
    'ralph ray rebecca richard rick rob robert roger ron rose ruth ryan sam samuel sandra sara sarah scott sergei sergey sharon',
    'simon sofia sophie stefan stephen steve steven sue susan tatiana ted thomas tim tina tom tony tracy victor victoria vladimir',
    'walter wei wendy will william zoe dmitry alexey andrei nikolai mikhail anton oleg irina svetlana yulia ekaterina',
  ].flatMap((line) => line.split(' ')),
)

type Gender = 'm' | 'f'
type Known = Readonly<{ nominative: string; gender: Gender }>

/** Every case of a name, by the way its last letters change. */
function casesOf(name: string, gender: Gender): readonly string[] {
  const stem = name.slice(0, -1)
  const last = name.at(-1)
  if (name === 'павел') return ['павла', 'павлу', 'павлом', 'павле']
  if (name === 'петр') return ['петра', 'петру', 'петром', 'петре']
  if (name === 'лев') return ['льва', 'льву', 'львом', 'льве']
  if (name === 'любовь') return ['любови', 'любовью']
  if (last === 'й') return ['я', 'ю', 'ем', 'е', 'и'].map((end) => stem + end)
  if (last === 'ь') return ['я', 'ю', 'ем', 'е'].map((end) => stem + end)
  if (last === 'а') return ['ы', 'и', 'е', 'у', 'ой', 'ей'].map((end) => stem + end)
  if (last === 'я') return ['и', 'е', 'ю', 'ей', 'ёй'].map((end) => stem + end)
  return gender === 'm' ? ['а', 'у', 'ом', 'е'].map((end) => name + end) : []
}

const RUSSIAN: ReadonlyMap<string, Known> = new Map(
  (
    [
      ['f', RU_WOMEN],
      ['m', RU_MEN],
    ] as const
  ).flatMap(([gender, names]) => [
    ...names.flatMap((name) =>
      casesOf(name, gender).map((said) => [said, { nominative: name, gender }] as const),
    ),
    ...names.map((name) => [name, { nominative: name, gender }] as const),
  ]),
)

const SURNAME =
  /(?:ов|ев|ин|ын|ск|цк)(?:а|ой|у|ым|им|ому|ому|ая|ий|ую)?$|(?:енко|швили|дзе|ян)(?:ом|у|а)?$|(?:чук|нюк|щук)(?:ом|у|а)?$/
const PATRONYMIC = /(?:ович|евич|ьич)(?:а|у|ем|е)?$|(?:овн|евн|ичн)(?:а|ой|у|ы|е)$/

/** `sure`: a first name, a patronymic or initials; `likely`: the ending of a Russian surname. */
export function personLikeness(words: readonly string[]): 'sure' | 'likely' | null {
  const small = words.map((word) => withoutStops(word.toLowerCase().replaceAll('ё', 'е')))
  if (small.some((word) => PATRONYMIC.test(word))) return 'sure'
  const [first = ''] = small
  if (isFirstName(first) && small.length <= 3) return 'sure'
  if (words.length > 1 && words.some((word) => /^\p{Lu}\.(?:\p{Lu}\.?)?$/u.test(word))) return 'sure'
  return words.length <= 2 && small.some((word) => word.length > 4 && SURNAME.test(word)) ? 'likely' : null
}

function withoutStops(word: string): string {
  let end = word.length
  while (/[.,]/.test(word.charAt(end - 1))) end -= 1
  return word.slice(0, end)
}

export function isFirstName(word: string): boolean {
  const small = word.toLowerCase().replaceAll('ё', 'е')
  return RUSSIAN.has(small) || ENGLISH.has(small)
}

/** «Иваном Петровым» is Иван Петров; whatever is not quite sure stays as it was written. */
export function inFirstCase(name: string): string {
  const said = name.split(' ')
  const known = RUSSIAN.get((said[0] ?? '').toLowerCase().replaceAll('ё', 'е'))
  if (said.length === 1 && !known) return loneSurname(name)
  if (!known || said.length > 3) return name
  const rest = said.slice(1).map((word) => surnameInFirstCase(word, known.gender))
  if (rest.some((word) => word === null)) return name
  return [likeWritten(known.nominative, said[0] ?? ''), ...rest].join(' ')
}

/** Without a first name only an ending that no other case and no other gender has is sure: «Ивановым», «Ивановой». */
function loneSurname(word: string): string {
  if (/(?:ов|ев|ёв|ин|ын)ым$/iu.test(word)) return word.slice(0, -2)
  if (/(?:ов|ев|ёв|ин|ын)ой$/iu.test(word)) return `${word.slice(0, -2)}а`
  return /(?:ск|цк)им$/iu.test(word) ? `${word.slice(0, -2)}ий` : word
}

const MALE: readonly (readonly [RegExp, string])[] = [
  [/((?:ов|ев|ин|ын)|(?:ович|евич|ьич))(?:ым|ем|у|а|е)?$/iu, '$1'],
  [/(ск|цк)(?:им|ому|ого)$/iu, '$1ий'],
  [/(ск|цк)ий$/iu, '$1ий'],
]
const FEMALE: readonly (readonly [RegExp, string])[] = [
  [/((?:ов|ев|ин|ын)|(?:овн|евн|ичн))(?:ой|у|ы|е|а)$/iu, '$1а'],
  [/(ск|цк)(?:ой|ую|ая)$/iu, '$1ая'],
]
const SAME = /(?:енко|швили|дзе|ых|их)$|^\p{Lu}\.(?:\p{Lu}\.?)?$/iu

function surnameInFirstCase(word: string, gender: Gender): string | null {
  if (SAME.test(word)) return word
  const rule = (gender === 'm' ? MALE : FEMALE).find(([pattern]) => pattern.test(word))
  return rule ? word.replace(rule[0], rule[1]) : null
}

/** «Алёной» keeps its ё where the letters are still there, and its capital. */
function likeWritten(nominative: string, said: string): string {
  const letters = Array.from(nominative, (letter, at) =>
    letter === 'е' && said.charAt(at) === 'ё' ? 'ё' : letter,
  )
  const text = letters.join('')
  return /^\p{Lu}/u.test(said) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
