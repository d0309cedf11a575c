import { words } from './plain.ts'

export type Tense = Readonly<{
  tense: 'past' | 'future' | null
  /** What only hints: somebody may discuss today what comes tomorrow. */
  weak: boolean
}>

const FUTURE =
  "(?:i|we) will|i'll|we'll|will (?:visit|meet|call|see|be|go|drop|have|phone|stop|come)|going to|plan(?:ning|ned)?(?: to)?(?: see| meet| visit| call)?|schedule[d]?|arrange[d]?|agreed to (?:meet|call|speak|talk)" +
  '|буду|будем|поеду|поедем|еду|едем|заеду|заедем|съезжу|приеду|приедем|посещу|встречусь|встретимся|встречаемся|встречаюсь|увижусь|увидимся|созвонимся|созваниваемся|позвоню|позвоним|звоню|зайду|зайдем' +
  '|запланиру\\p{L}{1,4}|планиру\\p{L}{1,4}|запланирован\\p{L}{0,2}|назначен\\p{L}{0,2}|назначил[аи]?|запиши встречу|поставь встречу|договорил\\p{L}{2,3} (?:о встрече|о созвоне|встретиться|созвониться|на встречу)'
const PAST =
  'met|visited|called|phoned|saw|spoke|rang|had (?:a |an )?(?:meeting|call|lunch|dinner|coffee|breakfast|visit|zoom|good|great|long|short|quick)|was|were|went|dropped|stopped|came|held|emailed|wrote|been' +
  '|был[аи]?|побывал[аи]?|встретил(?:ся|ась|ись)|встречал(?:ся|ась|ись)|созвонил(?:ся|ась|ись)|созванивал(?:ся|ась|ись)|позвонил[аи]?|звонил[аи]?|перезвонил[аи]?|заехал[аи]?|заезжал[аи]?|ездил[аи]?|съездил[аи]?|приезжал[аи]?|приехал[аи]?|посетил[аи]?|зашел|зашла|зашли|заходил[аи]?|навестил[аи]?|провел[аи]?|прош(?:ел|ла|ло|ли)|виделись|виделся|виделась|увиделись|пообедал[аи]?|поужинал[аи]?|обедал[аи]?|ужинал[аи]?|пообщал(?:ся|ась|ись)|общал(?:ся|ась|ись)|поговорил[аи]?|говорил[аи]?|набрал[аи]?|списал(?:ся|ась|ись)|состоял(?:ся|ась|ось)'
const WEAK_PAST =
  'discussed|talked|agreed|reviewed|presented|showed|signed|negotiated|went through|asked|closed|handed over|demoed' +
  '|обсудил[аи]?|обсуждал[аи]?|договорил(?:ся|ась|ись)|показал[аи]?|подписал[аи]?|согласовал[аи]?|презентовал[аи]?|проговорил[аи]?|передал[аи]?|рассказал[аи]?|разобрал[аи]?|прошлись|закрыл[аи]?|просил[аи]?|попросил[аи]?|сказал[аи]?|подтвердил[аи]?|жаловал(?:ся|ись|ась)|хотят|хочет'

const STRONG = words(`(?<future>${FUTURE})|(?<past>${PAST})`)
const WEAK = words(WEAK_PAST)

/** What the verbs tell of the meeting; the first one counts, and one that hints only where no other stands. */
export const tenseOf = (text: string): Tense => tensesIn(text)(text.length)

/** The same of what stands before a place. The text is searched once, however many places are asked of. */
export function tensesIn(text: string): (at: number) => Tense {
  const strong = text.matchAll(STRONG).find(({ index }) => !isDenied(text, index))
  const [weak] = text.matchAll(WEAK).take(1)
  return (at) => {
    if (strong && endOf(strong) <= at)
      return { tense: strong.groups?.['future'] === undefined ? 'past' : 'future', weak: false }
    return { tense: weak && endOf(weak) <= at ? 'past' : null, weak: true }
  }
}

const endOf = ({ index, 0: said }: RegExpExecArray) => index + said.length

const isDenied = (text: string, at: number) =>
  /(?:^|[^\p{L}])(?:не|not|n't|чтобы|that|what|that|if) $/u.test(text.slice(Math.max(0, at - 7), at))

const NOTES =
  'discuss(?:ed|ing|ion)?|talked(?: about)?|about|reviewed|presented|showed|regarding|re|agreed(?! to (?:meet|call|speak|talk))|topic|agenda|notes?|negotiated|went through|asked|wants?|they (?:want|asked|said|need|are|have)|signed|demoed|complained' +
  '|обсудил[аи]?|обсуждал[аи]?|обсудить|обсуждение|обсуждаем|обсудим|говорили|поговорил[аи]?|про|насчет|по поводу|по вопросу|по теме|договорил(?:ся|ась|ись)(?! (?:о встрече|о созвоне|встретиться|созвониться|на встречу))|тема|темы|заметк[аи]|итоги?|показал[аи]?|подписал[аи]?|согласовал[аи]?|презентовал[аи]?|проговорил[аи]?|передал[аи]?|рассказал[аи]?|разобрал[аи]?|хотят|хочет|просят|просит|просил[аи]?|попросил[аи]?|сказал[аи]?|жаловал(?:ся|ись|ась)'
const NOTES_WORD = words(NOTES)

/** Where the matter of the meeting begins; the end of the line when no word says so. */
export function notesStart(text: string): number {
  const at = text.search(NOTES_WORD)
  return at < 0 ? text.length : at
}

export const NOTES_HERE = new RegExp(`(?:${NOTES})(?![\\p{L}\\d])`, 'uy')
export const PAST_HERE = new RegExp(`(?:${PAST})(?![\\p{L}\\d])`, 'uy')
export const VERBS = words(`${FUTURE}|${PAST}|${WEAK_PAST}`)
/** Words that say no more than that there was a meeting. */
export const MEETING = words(
  'meet|meeting|see|appointment|встреча|встречу|встречи|встрече|встретиться|увидеться|митинг|переговоры',
)
