import type { Span } from '../when/reading.ts'
import { peopleIn, type SaidPerson } from './attendees.ts'
import { type SaidKind, kindOf, kindsIn } from './kinds.ts'
import { moodOf, moodsIn } from './moods.ts'
import { LABELS, namesIn, verbPlaces } from './names.ts'
import { notesOf } from './notes.ts'
import { blanked, inOrder, overlaps, plain } from './plain.ts'
import { stepsIn } from './steps.ts'
import type { MeetingTalk, Named, TalkContext } from './talk.ts'
import { MEETING, notesStart, tenseOf, VERBS } from './tense.ts'
import { meetingTime } from './times.ts'

/** What a line says of a meeting that was or will be, in any order and in either language. */
export function readMeeting(line: string, context: TalkContext): MeetingTalk {
  const text = plain(line)
  const moods = moodsIn(text)
  const moodSpans = moods.flatMap(({ span }) => (span ? [span] : []))
  const { steps, spans: stepSpans } = stepsIn(line, text, moodSpans, context)

  // What is out of the way is a break between two thoughts.
  const head = blanked(text, [...stepSpans, ...moodSpans], ';')
  const notesFrom = notesStart(head)
  const tense = tenseOf(head)
  const kinds = kindsIn(head, notesFrom)
  const { when, all } = meetingTime(timeText(line, head, kinds), tense, notesFrom, context)
  const timeSpans = all.flatMap(({ pieces }) => pieces)
  const verbs = verbPlaces(head, VERBS)
  const marks = [...stepSpans, ...moodSpans, ...timeSpans, ...kinds]
  const people = peopleIn(line, head, [...marks, ...verbs])
  const taken = inOrder([...marks, ...verbs, ...verbPlaces(head, LABELS)])
  const found = namesIn({ line, text: head, people, notesFrom }, taken)
  // A line of nothing but promises names its account among them.
  const outside = inOrder([
    ...moodSpans,
    ...timeSpans,
    ...verbPlaces(text, VERBS),
    ...verbPlaces(text, LABELS),
  ])
  const names =
    found.length > 0 || stepSpans.length === 0
      ? found
      : namesIn({ line, text, people: [], notesFrom: line.length }, outside)
  const likeliest = names[0] ?? null

  return {
    names,
    when,
    tense: tense.tense,
    kind: kindOf(head, kinds),
    mood: moodOf(moods),
    attendees: attendeesBeside(people, likeliest).map(({ name }) => name),
    attendeesBeside: (account) => attendeesBeside(people, account).map(({ name }) => name),
    steps,
    notesWithout: (name) => {
      const cuts = [...stepSpans, ...moodSpans, ...(when?.pieces ?? []), ...(name ? [name] : [])]
      const others = attendeesBeside(people, name).map(({ group }) => group)
      const meetings = verbPlaces(head.slice(0, notesFrom), MEETING)
      return notesOf(line, text, cuts, [...kinds, ...headVerbs(verbs, notesFrom), ...meetings, ...others])
    },
  }
}

/** The line as times are read in it: lunch that was eaten is no time of day. */
function timeText(line: string, head: string, kinds: readonly SaidKind[]): string {
  const meals = kinds.filter(({ kind }) => kind === 'INFORMAL')
  const text = blanked(head, meals)
  return Array.from({ length: text.length }, (_, at) =>
    text.charAt(at) === head.charAt(at) && head.charAt(at) !== ';' ? line.charAt(at) : text.charAt(at),
  ).join('')
}

const headVerbs = (verbs: readonly Span[], notesFrom: number) => verbs.filter(({ from }) => from < notesFrom)

/**
 * People, and whoever else stands beside an account that is named elsewhere; never the account itself, and never what is
 * named in one breath with it.
 */
function attendeesBeside(people: readonly SaidPerson[], account: Named | null): readonly SaidPerson[] {
  const own = people.filter((person) => account && overlaps(person, account))
  return people.filter((person) => {
    if (own.includes(person)) return false
    if (person.person !== null) return true
    return account !== null && !own.some(({ list }) => list === person.list)
  })
}
