import { findWhens } from '../when/read-when.ts'
import type { Found } from '../when/reading.ts'
import type { TalkContext } from './talk.ts'
import type { Tense } from './tense.ts'

/** Words by which a day belongs to what was spoken of: a deadline, the reach of a contract. */
const OF_MATTER =
  /^(?:by|before|until|till|no later|since|from|through|до|к|ко|с|со|от|не позже|не позднее)(?!\p{L})/u
const FOR_MATTER = /^(?:for|на)(?!\p{L})/u
/** `delivery on 5 December`, «оплата до 20 декабря». */
const MATTER =
  /(?:deliver|shipment|payment|deadline|tender|launch|expir|поставк|оплат|отгрузк|дедлайн|тендер|срок|запуск)[^,.;\n]{0,16}$/iu
const MATTER_REACH = 28
const LONG_DAYS = 20
/** `the deadline of 15 December` among the notes of a past meeting is hardly the one of a year ago. */
const LONG_AGO_DAYS = 120
const DAY = 86_400_000

/**
 * When the meeting is, in what a line says of it. The time of a meeting stands at its head, beside the account; what
 * stands among the notes is taken only when nothing else is said and it is not what was spoken of.
 */
export function meetingTime(
  head: string,
  { tense, weak }: Tense,
  notesFrom: number,
  context: TalkContext,
): Readonly<{ when: Found | null; all: readonly Found[] }> {
  const read = (direction: 'past' | 'future' | 'any') =>
    findWhens(head.replaceAll('\n', ';'), { ...context, direction })
  const all = read(tense ?? 'any')
  const when = best(all, head, notesFrom, context.now)
  // What only hints at the past gives way to a day that is plainly to come: "discussed the offer, demo tomorrow".
  if ((when !== null && when.kind !== 'impossible') || !weak || tense === null) return { when, all }
  const either = read('any')
  return { when: best(either, head, notesFrom, context.now), all: either }
}

function best(all: readonly Found[], head: string, notesFrom: number, now: Date): Found | null {
  let found: Found | null = null
  let most = -1
  for (const one of all) {
    const worth = worthOf(one, head, notesFrom, now)
    if (worth > most) {
      found = one
      most = worth
    }
  }
  return found
}

function worthOf(found: Found, head: string, notesFrom: number, now: Date): number {
  const said = head.slice(found.from, found.to)
  const inNotes = found.from >= notesFrom
  let worth = inNotes ? 0 : 4
  const [first] = found.kind === 'clear' ? [found.when] : found.kind === 'doubtful' ? found.choices : []
  if (OF_MATTER.test(said) && !(first?.time != null && first.until?.time != null)) worth -= inNotes ? 6 : 3
  if (FOR_MATTER.test(said) && inNotes) worth -= 3
  if (isLong(found)) worth -= inNotes || /[.;\n]/.test(head.slice(0, found.from).trimEnd()) ? 6 : 2
  if (inNotes && isLongAgo(found, now)) worth -= 6
  if (MATTER.test(head.slice(Math.max(0, found.from - MATTER_REACH), found.from))) worth -= 6
  // Among the notes a day to come is the day of what was spoken of, unless an hour stands beside it.
  if (inNotes && first?.time === null && Date.parse(first.day) > now.getTime()) worth -= 6
  if (found.kind === 'impossible') worth -= inNotes ? 1.5 : 2.5
  return worth
}

function isLong(found: Found): boolean {
  if (found.kind !== 'clear' || found.when.until === null) return false
  return (Date.parse(found.when.until.day) - Date.parse(found.when.day)) / DAY > LONG_DAYS
}

const isLongAgo = (found: Found, now: Date) =>
  found.kind === 'clear' && (now.getTime() - Date.parse(found.when.day)) / DAY > LONG_AGO_DAYS
