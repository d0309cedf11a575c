import { allCommands } from '../../../src/commands/registry.ts'
import { cleanText, parseLine } from '../../../src/commands/kit/parse.ts'
import { nameKey } from '../../../src/domain/accounts/name-key.ts'
import { judgeNames, type NameCandidate } from '../../../src/domain/accounts/name-match.ts'
import { colleaguesNamed } from '../../../src/domain/identity/colleague-names.ts'
import { countryNamed, timesFromTo, weekdaysNamed } from '../../../src/domain/identity/hours.ts'
import { readCode } from '../../../src/domain/identity/linking.ts'
import { timeZoneNamed } from '../../../src/domain/identity/person.ts'
import { readAbsence } from '../../../src/domain/identity/read-absence.ts'
import { readLateness, readMinutes } from '../../../src/domain/meetings/lateness.ts'
import { readDiscount, subjectsIn } from '../../../src/domain/talk/read-discount.ts'
import { readFollowUp } from '../../../src/domain/talk/read-follow-up.ts'
import { readMeeting } from '../../../src/domain/talk/read-meeting.ts'
import { findWhens } from '../../../src/domain/when/read-when.ts'
import { CLIENTS } from '../../lookup/accounts.ts'
import { OFFERS } from '../../talk/discount-table.ts'

export const COMMANDS = allCommands({ bot: { name: () => 'kamerton_bot' }, random: () => 0 })

const CONTEXTS = (['ru', 'en'] as const).map((language) => ({
  now: new Date('2026-11-23T11:30:00Z'),
  timeZone: language === 'ru' ? 'Europe/Moscow' : 'America/New_York',
  language,
}))
const TEAM = ['Anna Ivanova', 'Пётр Сидоров', 'Olga Kim', "Shaun O'Neil", 'Юлия Ёлкина'].map((name, at) => ({
  name,
  email: `p${at}@example.com`,
}))
const CANDIDATES: readonly NameCandidate[] = CLIENTS.slice(0, 12).map(({ id, name }) => ({
  accountId: id,
  accountName: name,
  text: name,
  key: nameKey(name),
  kind: 'NAME',
}))

type Context = (typeof CONTEXTS)[number]
type Reader = (line: string, context: Context) => unknown

/** What a command does with its words; every input goes to one of them, in turn. */
export const READERS: readonly Reader[] = [
  (line, context) => {
    const meeting = readMeeting(line, context)
    const [name = null] = meeting.names
    return [meeting.notesWithout(name), meeting.attendeesBeside(name)]
  },
  (line, context) => {
    const promise = readFollowUp(line, context)
    return promise.whatWithout(promise.names[0] ?? null)
  },
  (line, context) => {
    const wish = readDiscount(line, context)
    return [wish.reasonWithout(null, null), subjectsIn(line, OFFERS, wish.givesAt)]
  },
  (line, context) => findWhens(line, { ...context, direction: 'any' }),
  (line, context) => readAbsence(line, context),
  (line) => [judgeNames(line, CANDIDATES), colleaguesNamed(line, TEAM)],
  (line) => [
    readLateness(line),
    readMinutes(line),
    timesFromTo(line),
    weekdaysNamed(line),
    countryNamed(line),
    timeZoneNamed(line),
    readCode(line),
  ],
]

/** A line as far as it gets without a database: which command it is, what its schema says, and its words. */
export function readEverything(line: string, turn: number): void {
  const text = cleanText(line)
  const parsed = parseLine(text, COMMANDS)
  const words = 'rest' in parsed ? parsed.rest : text
  if (parsed.kind === 'command') parsed.command.prepare(parsed.command.parse?.(words, parsed.word) ?? {})
  if (parsed.kind === 'plain') for (const { plain } of COMMANDS) plain?.(text)
  const [context] = turn % 2 === 0 ? CONTEXTS : CONTEXTS.toReversed()
  if (context) READERS[turn % READERS.length]?.(words, context)
}
