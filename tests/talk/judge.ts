import { findAccountInLine } from '../../src/commands/accounts/find-in-line.ts'
import type { Context } from '../../src/commands/kit/command.ts'
import type { AccountStore } from '../../src/domain/accounts/account.ts'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import type { NameCandidate } from '../../src/domain/accounts/name-match.ts'
import { readMeeting } from '../../src/domain/talk/read-meeting.ts'
import type { Step } from '../../src/domain/talk/talk.ts'
import type { Found } from '../../src/domain/when/reading.ts'
import { toldWhen } from '../when/judge.ts'
import { ACCOUNTS, type Spoken } from './table.ts'

export const FIELDS = ['account', 'when', 'kind', 'mood', 'people', 'steps', 'notes'] as const
type Field = (typeof FIELDS)[number]
export type Marked = Readonly<{
  spoken: Spoken
  understood: Readonly<Record<Field, string>>
  /** The fields that were not understood as they were meant. */
  missed: readonly Field[]
}>

export async function markLines(lines: readonly Spoken[]): Promise<readonly Marked[]> {
  return Promise.all(lines.map(markLine))
}

async function markLine(spoken: Spoken): Promise<Marked> {
  const talk = readMeeting(spoken.line, spoken.context)
  const found = await findAccountInLine(askerWith(ACCOUNTS), talk.names)
  const account =
    found.kind === 'sure'
      ? found.account.name
      : found.kind === 'none'
        ? '-'
        : `? ${inOrder(found.accounts.map(({ name }) => name))}`
  const understood = {
    account,
    when: toldFound(talk.when),
    kind: talk.kind ?? '-',
    mood: talk.mood ?? '-',
    people: talk.attendeesBeside(found.named).join(', ') || '-',
    steps: talk.steps.map(toldStep).join(' ; ') || '-',
    notes: talk.notesWithout(found.named).replaceAll('\n', ' / ') || '-',
  }
  const meant = meantBy(spoken.right)
  return {
    spoken,
    understood,
    missed: FIELDS.filter((field) => meant[field] !== '*' && meant[field] !== understood[field]),
  }
}

/** A time that was claimed and is not the one that was meant: the mistake that must not happen. */
export const isWrongTime = ({ spoken, understood, missed }: Marked) =>
  missed.includes('when') && /^\d/.test(understood.when) && meantBy(spoken.right).when !== '*'

export function meantBy(right: string): Readonly<Record<Field, string>> {
  const [account = '', when = '', kind = '', mood = '', people = '', steps = '', notes = ''] =
    right.split(' | ')
  const asked = account.startsWith('? ') ? `? ${inOrder(account.slice(2).split(' ~ '))}` : account
  const choices = when.startsWith('? ') ? `? ${inOrder(when.slice(2).split(' ~ '))}` : when
  return { account: asked, when: choices, kind, mood, people, steps, notes }
}

const inOrder = (texts: readonly string[]) => texts.toSorted().join(' ~ ')

function toldFound(found: Found | null): string {
  if (found === null) return '-'
  if (found.kind === 'impossible') return `! ${found.reason}`
  return found.kind === 'clear' ? toldWhen(found.when) : `? ${inOrder(found.choices.map(toldWhen))}`
}

function toldStep({ promisedBy, what, when, urgent }: Step): string {
  const time = when === null ? '' : ` @${toldFound(when)}`
  return `${promisedBy === 'US' ? '>' : '<'} ${what}${time}${urgent ? ' !' : ''}`
}

/** Somebody who sees these accounts and no others, with the lookup's own judgement over all of them. */
export function askerWith(names: readonly string[]): Context {
  const rows = names.map(
    (name): NameCandidate => ({
      accountId: name,
      accountName: name,
      text: name,
      key: nameKey(name),
      kind: 'NAME',
    }),
  )
  const accounts = {
    named: (keys: readonly string[]) => Promise.resolve(rows.filter(({ key }) => keys.includes(key))),
    candidates: () => Promise.resolve(rows),
    refs: (ids: readonly string[]) =>
      Promise.resolve(ids.filter((id) => names.includes(id)).map((id) => ({ id, name: id }))),
  } satisfies Partial<AccountStore>
  // Only what the lookup asks for.
  return { actor: { sight: 'all' }, work: { accounts } } as unknown as Context
}
