import type { Mood } from '../accounts/account.ts'
import type { Span } from '../when/reading.ts'
import { words } from './plain.ts'

type SaidMood = Readonly<{
  mood: Mood
  /** What falls from the notes; null where the words say more than the mood. */
  span: Span | null
  at: number
}>

const GOOD =
  'good|great|excellent|positive|very good|fine and friendly|friendly|warm|happy|super|perfect|wonderful'
const BAD = 'bad|poor|negative|tense|very bad|awful|terrible|cold|angry|unhappy|difficult|sour'
const NEUTRAL = 'neutral|ok|okay|normal|average|so-so|so so|mixed|fine'
const RU_GOOD =
  'хорош(?:ее|ем|о)|отличн(?:ое|ом|о)|прекрасн(?:ое|ом|о)|позитивн(?:ое|ый|ом|о)|супер|замечательн(?:ое|ом|о)|теплое|доброе|классн(?:ое|о)|топ|бодрое'
const RU_BAD =
  'плох(?:ое|ом|о)|негативн(?:ое|ый|ом|о)|ужасн(?:ое|о)|напряженн(?:ое|о)|нехорош(?:ее|о)|мрачное|скверн(?:ое|о)|неважн(?:ое|о)|тяжел(?:ое|о)|так себе настроение'
const RU_NEUTRAL =
  'нейтральн(?:ое|ый|ом|о)|нормальн(?:ое|ом|о)|обычное|ровн(?:ое|о)|так себе|средн(?:ее|е)|норм|ок'
const VERY = '(?:(?:very|really|quite|so|pretty|rather|очень|вполне|довольно|просто) )?'

const LABEL =
  '(?:the )?(?:mood|atmosphere|настроение|настрой|атмосфера)(?: was| is| у (?:клиента|них|него|нее))?(?: было| была| был)?(?: ?[:=-])? ?'
const WENT = '(?:(?:it|all|everything|все) )?(?:went|прош(?:ел|ла|ло|ли)) '
const OCCASION =
  '(?:meeting|call|visit|chat|talk|conversation|session|lunch|dinner|встреча|встречу|беседа|звонок|созвон|разговор|визит|обед|ужин)'
const ADJECTIVES: Readonly<Record<Mood, string>> = {
  GOOD: `${GOOD}|хорош(?:ая|ую|ий)|отличн(?:ая|ую|ый)|прекрасн(?:ая|ую|ый)|продуктивн(?:ая|ую|ый)|productive`,
  BAD: `${BAD}|плох(?:ая|ую|ой)|тяжел(?:ая|ую|ый)|ужасн(?:ая|ую|ый)|неприятн(?:ая|ую|ый)`,
  NEUTRAL: 'neutral|so-so|нейтральн(?:ая|ую|ый)',
}

type Rule = Readonly<{ mood: Mood; pattern: RegExp; kept: boolean }>

const rulesOf = (mood: Mood, english: string, russian: string): readonly Rule[] => [
  { mood, pattern: words(`${LABEL}${VERY}(?:${english}|${russian})`), kept: false },
  {
    mood,
    pattern: words(`${WENT}${VERY}(?:${russian}|${english}${WENT_ENGLISH[mood]})`),
    kept: false,
  },
  {
    mood,
    pattern: words(`(?:все )?${VERY}(?:${russian}) прош(?:ел|ла|ло|ли)`),
    kept: false,
  },
  { mood, pattern: words(`(?:a )?${VERY}(?:${ADJECTIVES[mood]})(?= ${OCCASION})`), kept: false },
  { mood, pattern: words(`(?:in )?(?:a )?${VERY}(?:${english}) (?:mood|atmosphere)`), kept: false },
  {
    mood,
    pattern: words(`(?:в )?${VERY}(?:${russian}) (?:настроени[еи]|настрой|атмосфер[ае])`),
    kept: false,
  },
]

const WENT_ENGLISH: Readonly<Record<Mood, string>> = {
  GOOD: '|well|smoothly',
  BAD: '|badly|poorly|wrong',
  NEUTRAL: '|alright|all right|normally',
}

const CLIENT =
  '(?:client|customer|they|he|she|клиент|клиенты|заказчик|они)(?: is| are| was| were| seems| seemed)?'
const RULES: readonly Rule[] = [
  ...rulesOf('GOOD', GOOD, RU_GOOD),
  ...rulesOf('BAD', BAD, RU_BAD),
  ...rulesOf('NEUTRAL', NEUTRAL, RU_NEUTRAL),
  {
    mood: 'GOOD',
    pattern: words(
      `${CLIENT} ${VERY}(?:happy|satisfied|pleased|delighted|довол(?:ен|ьна|ьны)|рад[аы]?|счастливы?)`,
    ),
    kept: true,
  },
  {
    mood: 'BAD',
    pattern: words(
      `${CLIENT} ${VERY}(?:unhappy|not happy|angry|upset|annoyed|недовол(?:ен|ьна|ьны)|зл(?:ой|ая|ые)|в ярости)`,
    ),
    kept: true,
  },
]

const SIGNS: readonly (readonly [Mood, RegExp])[] = [
  [
    'GOOD',
    /[\u{1F642}\u{1F600}-\u{1F606}\u{1F60A}\u{1F60D}\u{1F973}\u{1F929}\u{1F44D}\u{1F525}\u{1F389}]\p{M}?[\u{1F3FB}-\u{1F3FF}]?/gu,
  ],
  ['NEUTRAL', /[\u{1F610}\u{1F611}\u{1F636}\u{1F615}]/gu],
  [
    'BAD',
    /[\u{1F641}\u2639\u{1F61E}\u{1F61F}\u{1F620}-\u{1F622}\u{1F62D}\u{1F621}\u{1F44E}]\uFE0F?[\u{1F3FB}-\u{1F3FF}]?/gu,
  ],
  ['GOOD', /(?<!\S)[:;]-?\)+(?!\S)/g],
  ['BAD', /(?<!\S):-?\(+(?!\S)/g],
]

/** A lone plus or minus counts only where a remark would stand: between commas, or as the last word. */
const LONE = /(?:^|[,;.\n]) ?([+-]) ?(?=$|[,;\n])/g

const MOST_MOODS = 40
/** Most lines have none of these, and need no rule tried. */
const HINT =
  /mood|atmosphere|настро|атмосфер|went |прош|happy|satisf|pleased|delight|angry|upset|annoyed|довол|рад|счаст|зл|ярост|meeting|call|visit|chat|talk|conversation|session|lunch|dinner|встреч|бесед|звонок|созвон|разговор|визит|обед|ужин/

/** In the order of the line. */
export function moodsIn(text: string): readonly SaidMood[] {
  const found: SaidMood[] = []
  for (const { mood, pattern, kept } of HINT.test(text) ? RULES : [])
    for (const match of text.matchAll(pattern)) {
      const span = { from: match.index, to: match.index + match[0].length }
      if (!isDenied(text, match.index)) found.push({ mood, span: kept ? null : span, at: match.index })
    }
  for (const [mood, pattern] of SIGNS)
    for (const match of text.matchAll(pattern))
      found.push({ mood, span: { from: match.index, to: match.index + match[0].length }, at: match.index })
  for (const match of text.matchAll(LONE)) {
    const at = match.index + match[0].indexOf(match[1] ?? '+')
    found.push({ mood: match[1] === '+' ? 'GOOD' : 'BAD', span: { from: at, to: at + 1 }, at })
  }
  return found.toSorted((a, b) => a.at - b.at).slice(0, MOST_MOODS)
}

const isDenied = (text: string, at: number) => /(?:not|не|n't) $/.test(text.slice(Math.max(0, at - 6), at))

/** What a label said goes before a sign, and a sign before what the client was said to be. */
export function moodOf(found: readonly SaidMood[]): Mood | null {
  const told = found.filter(({ span }) => span !== null)
  return (told[0] ?? found[0])?.mood ?? null
}
