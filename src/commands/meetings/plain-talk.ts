import { readLateness } from '../../domain/meetings/lateness.ts'

const word = (source: string) => new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, 'giu')

/** What somebody says who was with a client or is going to be. Imperatives and infinitives are tasks and not here. */
const VERB = word(
  [
    'был[аи]?|побывал[аи]?|встретил(?:ся|ась|ись)|встречал(?:ся|ась|ись)|виделс[яь]|видел(?:ась|ись)',
    'созвонил(?:ся|ась|ись)|(?:по)?звонил[аи]?|за(?:ехал|шёл|шел|шла|шли)[аи]?|(?:съ)?ездил[аи]?|посетил[аи]?|навестил[аи]?',
    '(?:по|пере)говорил[аи]?|пообщал(?:ся|ась|ись)|обсудил[аи]?|обсуждал[аи]?|пров[её]л[аи]?|пообедал[аи]?',
    'встречаюсь|встречаемся|встретимся|созвонимся|созваниваемся|заеду|заедем|зайду|зайдём|зайдем',
    'met|visited|saw|called|phoned|spoke|talked|discussed|stopped by|dropped by|just left|came from',
    '(?:was|were|been) (?:at|to|with)|had (?:a |an )?(?:\\p{L}+ )?(?:call|meeting|visit|lunch|coffee|dinner|breakfast|talk|chat)',
    '(?:am |are |i.m |we.re |will be )?(?:meeting|visiting|seeing) with|will (?:meet|visit|see)|going to (?:meet|visit|see)',
  ].join('|'),
)
const KIND = word(
  'встреч[аи]|визит|созвон|звонок|переговоры|видеозвонок|meeting|visit|(?:call|lunch|coffee|dinner|zoom|teams) with',
)
const TIME = word(
  [
    'сегодня|вчера|завтра|позавчера|послезавтра|утром|вечером|днём|днем|только что|сейчас',
    'понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье',
    'today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night|just now',
    '(?:mon|tues|wednes|thurs|fri|satur|sun)day|\\d{1,2}[:.]\\d{2}|\\d{1,2} ?[ap]m|\\d{4}-\\d{2}-\\d{2}',
  ].join('|'),
)
const STEP = /(?<![\p{L}])(?:next(?: steps?)?|they|далее|дальше|они|следующий шаг)\s*:/iu
const CLAUSE = /[,;:]\s*\p{L}+[\s-]+\p{L}/u
const WITH_SOMEBODY = /(?<![\p{L}])(?:в|во|у|с|со|к|ко|на|with|at|to)\s+\p{L}/iu

const ASKS_OR_REMINDS =
  /\?\s*$|^\s*(?:пожалуйста,?\s*)?напомни|^\s*(?:please,?\s*)?remind|^\s*(?:don.t|не) (?:let|забуд)/iu
const LEAST_WORDS = 3

/**
 * Whether a line without a command tells of a meeting. Rather not: a bare name must open its card, so one sign is never
 * enough, and a word such as "meeting" alone, which firms have in their names, needs a time beside it.
 */
export function tellsOfMeeting(text: string): boolean {
  if (ASKS_OR_REMINDS.test(text) || readLateness(text) || text.trim().split(/\s+/).length < LEAST_WORDS)
    return false
  const verbs = text.match(VERB)?.length ?? 0
  const dated = isDated(text)
  const stepped = STEP.test(text)
  if (verbs === 0) return (text.match(KIND)?.length ?? 0) > 0 && (dated || stepped)
  return verbs > 1 || dated || stepped || CLAUSE.test(text) || WITH_SOMEBODY.test(text)
}

const isDated = (text: string): boolean => (text.match(TIME)?.length ?? 0) > 0
