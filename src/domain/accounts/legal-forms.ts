/** Where a form may stand. Short Latin ones are also words of names (AS Roma, Co-op), so they only count at the end. */
type Place = 'either' | 'start' | 'end'

type LegalForm = Readonly<{ id: string; place: Place; spellings: readonly string[] }>

/**
 * Spelled in lower case, without dots, ё as е. One id for what people use as translations of each other, so that
 * "Romashka LLC" is recognized as ООО «Ромашка» where an АО of the same name exists.
 */
const LEGAL_FORMS: readonly LegalForm[] = [
  form(
    'ooo',
    'either',
    'ооо',
    'ooo',
    'общество с ограниченной ответственностью',
    'limited liability company',
  ),
  form('ooo', 'end', 'llc'),
  form('pao', 'either', 'пао', 'мкпао', 'pao', 'публичное акционерное общество'),
  form(
    'pao',
    'either',
    'международная компания публичное акционерное общество',
    'public joint stock company',
  ),
  form('pao', 'end', 'pjsc'),
  form('zao', 'either', 'зао', 'zao', 'закрытое акционерное общество', 'closed joint stock company'),
  form('zao', 'end', 'cjsc'),
  form('oao', 'either', 'оао', 'oao', 'открытое акционерное общество', 'open joint stock company'),
  form('oao', 'end', 'ojsc'),
  form('ao', 'either', 'ао', 'мкао', 'акционерное общество', 'непубличное акционерное общество', 'нао'),
  form('ao', 'either', 'joint stock company'),
  form('ao', 'end', 'jsc', 'ao'),
  form('ip', 'either', 'ип', 'индивидуальный предприниматель', 'individual entrepreneur', 'кфх'),
  form('ip', 'start', 'ip'),
  form('ip', 'either', 'глава кфх', 'крестьянское фермерское хозяйство'),
  form('fgup', 'either', 'фгуп', 'fgup', 'федеральное государственное унитарное предприятие'),
  form('gup', 'either', 'гуп', 'gup', 'государственное унитарное предприятие', 'казенное предприятие'),
  form('mup', 'either', 'муп', 'mup', 'муниципальное унитарное предприятие'),
  form('ano', 'either', 'ано', 'автономная некоммерческая организация', 'нко', 'некоммерческая организация'),
  form('gbu', 'either', 'гбу', 'фгбу', 'гау', 'мбу', 'мау', 'фгау', 'гку', 'мку'),
  form(
    'gbu',
    'either',
    'государственное бюджетное учреждение',
    'федеральное государственное бюджетное учреждение',
  ),
  form('too', 'either', 'тоо', 'товарищество с ограниченной ответственностью', 'тдо'),
  form('odo', 'either', 'одо', 'общество с дополнительной ответственностью'),
  form('oo', 'either', 'чуп', 'уп', 'руп', 'частное унитарное предприятие', 'унитарное предприятие'),
  form('spk', 'either', 'спк', 'сельскохозяйственный производственный кооператив', 'тсж', 'снт'),
  form('pt', 'either', 'полное товарищество', 'товарищество на вере'),
  form('ltd', 'end', 'ltd', 'limited', 'лтд', 'лимитед', 'pte ltd', 'pty ltd', 'pvt ltd', 'private limited'),
  form('plc', 'end', 'plc', 'public limited company'),
  form(
    'inc',
    'end',
    'inc',
    'incorporated',
    'инк',
    'инкорпорейтед',
    'corp',
    'corporation',
    'корп',
    'корпорейшн',
  ),
  form('inc', 'either', 'корпорация'),
  form('inc', 'start', 'corp'),
  form('co', 'end', 'co', 'company', 'ко', 'компани', 'cie'),
  form('co', 'either', 'компания', 'фирма'),
  form('lp', 'end', 'lp', 'llp', 'limited partnership', 'pllc'),
  form('gmbh', 'end', 'gmbh', 'гмбх', 'mbh', 'gesellschaft mit beschrankter haftung', 'ug'),
  form('ag', 'end', 'ag', 'аг', 'aktiengesellschaft', 'kgaa', 'se', 'societas europaea'),
  form('kg', 'end', 'kg', 'ohg', 'gbr', 'ev', 'ek'),
  form(
    'sa',
    'end',
    'sa',
    'sas',
    'sarl',
    'sca',
    'snc',
    'societe anonyme',
    'sociedad anonima',
    'sab de cv',
    'sa de cv',
  ),
  form('sl', 'end', 'sl', 'slu', 'lda', 'ltda', 'eirl'),
  form('spa', 'end', 'spa', 'srl', 'sapa', 'societa per azioni'),
  form('bv', 'end', 'bv', 'nv', 'cv', 'vof', 'bvba', 'besloten vennootschap'),
  form('oy', 'either', 'oy', 'oyj'),
  form('ab', 'either', 'ab', 'aktiebolag', 'hb'),
  form('as', 'end', 'as', 'asa', 'aps', 'a s', 'aksjeselskap', 'ans'),
  form('sro', 'end', 'sro', 'spol sro', 'as', 'doo', 'dd', 'ad', 'ood', 'eood'),
  form('spzoo', 'end', 'sp zoo', 'sp z oo', 'spolka z oo', 'sp k', 'sp j'),
  form('kft', 'end', 'kft', 'zrt', 'nyrt', 'rt', 'bt'),
  form('uab', 'either', 'uab', 'sia', 'ou'),
  form('kk', 'end', 'kk', 'kabushiki kaisha', 'sdn bhd', 'bhd', 'tbk'),
  form('tov', 'either', 'тов', 'пат', 'прат', 'фоп'),
]

/** Between words these say nothing, and people leave them out or write one for the other. */
const JOINING_WORDS = new Set(['&', 'и', 'and', 'und', 'et', 'i', 'y', 'энд', 'унд'])

const STARTS = index((legal) => legal.place !== 'end')
const ENDS = index((legal) => legal.place !== 'start')
const LONGEST = 6
/** So long that a slip in one of them is no other word: "corporatoin" is a legal form too. */
const LONG_FORMS = [...new Set([...STARTS.keys(), ...ENDS.keys()])].filter(
  (long) => long.length >= 10 && !long.includes(' '),
)

export type LegalName = Readonly<{ words: readonly string[]; forms: readonly string[] }>

/**
 * Takes legal forms off both ends of a name, given as its lower-case words. A name that is nothing but legal forms
 * keeps its words, or it could never be found.
 */
export function splitLegalForms(name: readonly string[]): LegalName {
  const { words, forms } = strip(name)
  return words.length > 0 ? { words, forms } : { words: name, forms: [] }
}

/** Whether there is nothing but legal forms in what was typed: not enough to look anyone up. */
export function areOnlyLegalForms(name: readonly string[]): boolean {
  return name.length > 0 && strip(name).words.length === 0
}

function strip(name: readonly string[]): LegalName {
  const forms: string[] = []
  let from = 0
  let to = name.length
  for (;;) {
    const atStart = longestForm(STARTS, name, from, to, 'start')
    const atEnd = longestForm(ENDS, name, from, to, 'end')
    const id = atStart?.id ?? atEnd?.id
    if (id) forms.push(id)
    if (atStart) from += atStart.length
    else if (atEnd) to -= atEnd.length
    else if (forms.length > 0 && to - from > 1 && JOINING_WORDS.has(name[to - 1] ?? '')) to -= 1
    else return { words: withoutJoiningWords(name.slice(from, to)), forms }
  }
}

function withoutJoiningWords(words: readonly string[]): string[] {
  return words.filter((word, at) => at === 0 || at === words.length - 1 || !JOINING_WORDS.has(word))
}

function longestForm(
  known: ReadonlyMap<string, string>,
  name: readonly string[],
  from: number,
  to: number,
  side: 'start' | 'end',
): { id: string; length: number } | null {
  for (let length = Math.min(LONGEST, to - from); length > 0; length -= 1) {
    const words = side === 'start' ? name.slice(from, from + length) : name.slice(to - length, to)
    const id = known.get(words.join(' '))
    if (id) return { id, length }
  }
  const word = side === 'start' ? name[from] : name[to - 1]
  const slip =
    word === undefined ? undefined : LONG_FORMS.find((long) => known.has(long) && isSlipOf(word, long))
  return slip === undefined ? null : { id: known.get(slip) ?? slip, length: 1 }
}

/** One letter missing, too many, another one, or two in the wrong order. */
function isSlipOf(word: string, long: string): boolean {
  if (Math.abs(word.length - long.length) > 1 || word[0] !== long[0]) return false
  let same = 0
  while (same < long.length && word[same] === long[same]) same += 1
  const rest = (text: string, from: number) => text.slice(same + from)
  const swapped =
    word[same] === long[same + 1] && word[same + 1] === long[same] && rest(word, 2) === rest(long, 2)
  return (
    swapped ||
    rest(word, 1) === rest(long, 1) ||
    rest(word, 1) === rest(long, 0) ||
    rest(word, 0) === rest(long, 1)
  )
}

function form(id: string, place: Place, ...spellings: readonly string[]): LegalForm {
  return { id, place, spellings }
}

function index(isHere: (legal: LegalForm) => boolean): ReadonlyMap<string, string> {
  return new Map(
    LEGAL_FORMS.filter(isHere).flatMap(({ id, spellings }) => spellings.map((text) => [text, id] as const)),
  )
}
