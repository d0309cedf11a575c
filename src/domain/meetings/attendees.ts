import type { Attendee } from './meeting.ts'

type Contact = Readonly<{ id: string; name: string }>

/**
 * Who was there, as contacts of the account where that is sure: the whole name, or a part of it that only one contact
 * has. «С Ольгой Смирновой» is Ольга Смирнова. Everybody else stays as they were written.
 */
export function matchAttendees(names: readonly string[], contacts: readonly Contact[]): Attendee[] {
  const people = names.map((name) => attendeeOf(name.trim(), contacts)).filter(({ name }) => name !== '')
  return [
    ...new Map(people.map((person) => [person.contactId ?? person.name.toLowerCase(), person])).values(),
  ]
}

function attendeeOf(name: string, contacts: readonly Contact[]): Attendee {
  const words = wordsOf(name)
  const fitting = words.length === 0 ? [] : contacts.filter((contact) => fits(words, wordsOf(contact.name)))
  const whole = fitting.filter((contact) => wordsOf(contact.name).length === words.length)
  const [only, another] = whole.length > 0 ? whole : fitting
  return only && !another ? { name: only.name, contactId: only.id } : { name, contactId: null }
}

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{M}\d'’]+/u)
    .filter((word) => word !== '')

/** Each word that was written is another word of the contact's name. */
function fits(written: readonly string[], known: readonly string[]): boolean {
  const left = [...known]
  return written.every((word) => {
    const at = left.findIndex((one) => one === word || nominatives(word).includes(one))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

/** What a Russian name in the instrumental may be in the nominative: Иваном, Сергеем, Ольгой, Катей, Петровым. */
const INSTRUMENTAL: readonly (readonly [ending: string, nominatives: readonly string[]])[] = [
  ['ом', ['']],
  ['ем', ['', 'й', 'ь']],
  ['ой', ['а', 'ая']],
  ['ей', ['я', 'а']],
  ['ым', ['', 'ый']],
  ['им', ['', 'ий']],
  ['ью', ['ь']],
]
/** A shorter stem may be anybody. */
const SHORTEST_STEM = 2

function nominatives(word: string): string[] {
  return INSTRUMENTAL.flatMap(([ending, nominal]) => {
    const stem = word.slice(0, -ending.length)
    return word.endsWith(ending) && stem.length >= SHORTEST_STEM ? nominal.map((end) => stem + end) : []
  })
}
