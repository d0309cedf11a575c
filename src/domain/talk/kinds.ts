import type { MeetingKind } from '../accounts/account.ts'
import type { Span } from '../when/reading.ts'
import { words } from './plain.ts'

export type SaidKind = Span & Readonly<{ kind: MeetingKind }>

/** `sideways` may stand anywhere, also among the notes: it says how one spoke and nothing else. */
type Rule = Readonly<{ kind: MeetingKind; pattern: RegExp; sideways: boolean }>

const ONLINE =
  'zoom(?: call| meeting)?|google meet|gmeet|ms teams|teams(?: call| meeting)?|webex|skype|video ?call|videocall|video meeting|online(?: meeting| call)?|webinar' +
  '|видео ?звон(?:ок|ке|ка)|видео ?встреч[аеиу]|видео ?конференци[яию]|видео ?созвон(?:е|а)?|вкс|онлайн(?:-встреч[аеиу]|-созвон)?|зум(?:е|у|а)?|скайп(?:е|у)?|тимс(?:е)?|телемост(?:е)?|вебинар(?:е)?'
const CALL =
  'call(?:ed|ing)?|phoned|phone call|phone|rang|spoke (?:by|on|over) (?:the )?phone|calls' +
  '|созвон(?:а|е|у|ом)?|созвонил(?:ся|ась|ись)|созванивал(?:ся|ась|ись)|созвонимся|созваниваемся|созвониться|звон(?:ок|ка|ке|ил|ила|или|ю|им)|позвонил[аи]?|перезвонил[аи]?|набрал[аи]?|обзвон'
const VISIT =
  'visit(?:ed|ing|s)?|site visit|on site|on-site|onsite|in person|drop(?:ped)? by|dropped in|stopped by|went to see|went to' +
  '|визит(?:а|е|ом|у)?|посетил[аи]?|посещение|заехал[аи]?|заезжал[аи]?|ездил[аи]?|съездил[аи]?|приезжал[аи]?|приехал[аи]?|зашел|зашла|заходил[аи]?|навестил[аи]?|на месте|лично|выезд(?:е)?|поеду|еду|едем|поедем|заеду|заедем|съезжу|приеду|посещу'
const INFORMAL =
  'lunch|breakfast|dinner|coffee|drinks|beers?|golf|обед(?:ал|али|ала|ом|а|е)?|завтрак(?:а|е|ал|али)?|ужин(?:а|е|ал|али)?|поужинал[аи]?|пообедал[аи]?|кофе|пив[оа]|бан[еия]|гольф'
const EMAIL =
  'e-?mail(?:ed)?|wrote(?: an? (?:e-?mail|letter))?|by (?:e-?mail|mail)|письм(?:о|ом|е)|(?:на)?писал[аи]? письмо|по (?:почте|имейлу|мейлу|емейлу|e-?mail)|имейл(?:ом)?|емейл|переписк[аеуи]|списал(?:ся|ась|ись)'

const RULES: readonly Rule[] = [
  { kind: 'ONLINE', pattern: words(`(?:in|on|via|over|by|в|по|через) (?:${ONLINE})`), sideways: true },
  { kind: 'ONLINE', pattern: words(ONLINE), sideways: false },
  {
    kind: 'CALL',
    pattern: words(
      '(?:by|on|over)(?: the)? (?:phone|telephone)|по телефону|на созвоне|в телефонном разговоре|телефонн[а-я]{2,4}',
    ),
    sideways: true,
  },
  { kind: 'CALL', pattern: words(CALL), sideways: false },
  {
    kind: 'INFORMAL',
    pattern: words(
      '(?:over|at|during)(?: a)? (?:lunch|breakfast|dinner|coffee|drinks|beers?)|за (?:обедом|ужином|завтраком|кофе|пивом|чашкой кофе)|в (?:ресторане|кафе|бане)',
    ),
    sideways: true,
  },
  { kind: 'INFORMAL', pattern: words(INFORMAL), sideways: false },
  { kind: 'VISIT', pattern: words(VISIT), sideways: false },
  { kind: 'EMAIL', pattern: words(EMAIL), sideways: false },
]

/** «был в Ромашке», `was at Acme`: a visit unless a call is named beside it. */
const WAS = words(
  'был[аи]?(?= (?:в|во|у) )|был[аи]?(?= на (?!созвон|звонк|связи|встреч|выставк|переговор|обед))|побывал[аи]?|буду(?= (?:в|у) )|was(?= at )|been(?= (?:to|at) )|were(?= at )|был[аи]?(?= ?(?:$|[,.;\\n]))(?<=(?:^|[^\\p{L}])(?:у|в|на) [^,.;\\n]{2,40} был[аи]?)',
)

/** `lunch` that tells the time and not what was eaten: «в обед», `after lunch`. */
const AS_TIME = /(?:^|[^\p{L}])(?:в|к|до|после|перед|на|at|after|before|by|till|until) $/u

/** `prepare for the call`, `a call back`: spoken of, not held. */
const SPOKEN_OF =
  /(?:обсудил[аи]?|discussed|about|про|о|об|предстоящ\p{L}{2,3}|next|следующ\p{L}{2,3}|перед|before|после|after|for|для|for the|запланировал[аи]?|назначил[аи]?) $/u

/** More than one line says; a line of nothing but such words is not read in the square of its length. */
const MOST_KINDS = 40

export function kindsIn(text: string, notesFrom: number): readonly SaidKind[] {
  const found: SaidKind[] = []
  for (const { kind, pattern, sideways } of RULES)
    for (const match of text.matchAll(pattern)) {
      if (found.length >= MOST_KINDS) break
      const before = text.slice(Math.max(0, match.index - 20), match.index)
      if (!sideways && (match.index >= notesFrom || isOther(kind, match[0], before))) continue
      const span = { from: match.index, to: match.index + match[0].length }
      if (!found.some(({ from, to }) => from < span.to && span.from < to)) found.push({ kind, ...span })
    }
  for (const match of text.matchAll(WAS))
    if (match.index < notesFrom)
      found.push({ kind: 'VISIT', from: match.index, to: match.index + match[0].trimEnd().length })
  return found.toSorted((a, b) => a.from - b.from)
}

function isOther(kind: MeetingKind, word: string, before: string): boolean {
  if (
    kind === 'INFORMAL' &&
    /^(?:обед|lunch|ужин|dinner|завтрак|breakfast)/.test(word) &&
    AS_TIME.test(before)
  )
    return true
  return kind !== 'ONLINE' && SPOKEN_OF.test(before)
}

/** The first one that was said; beside a remote one, being somewhere is no visit. */
export function kindOf(text: string, found: readonly SaidKind[]): MeetingKind | null {
  const [first] = found
  if (!first) return null
  const remote = found.find(({ kind }) => kind === 'ONLINE') ?? found.find(({ kind }) => kind === 'CALL')
  if (!remote || remote === first) return first.kind
  const together = !/[,.;\n]/.test(text.slice(first.to, remote.from))
  if (first.kind === 'CALL' && remote.kind === 'ONLINE') return together ? 'ONLINE' : 'CALL'
  return first.kind === 'VISIT' && together ? remote.kind : first.kind
}
