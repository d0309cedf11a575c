import type { Database } from '../../src/db/client.ts'
import { sentence as sentenceIn } from '../../src/i18n/translate.ts'
import type { MessageKey } from '../../src/i18n/keys.ts'
import type { Asked } from './doors.ts'
import type { By, Row } from './table.ts'
import { NAMES, NOBODYS } from './world.ts'
import { type Target, TARGETS } from './targets.ts'

/** A cell’s act, with what is really there in the place of each brace, or what is not. */
export async function filled(
  { by, command }: Pick<Row, 'by' | 'command'>,
  lay: ((target: Target) => Promise<string>) | null,
): Promise<Asked> {
  const fill = async (text: string): Promise<string> => {
    let all = text.replaceAll('{account}', lay ? 'copper' : 'capper')
    for (const [name, [real, nobodys]] of Object.entries(NAMES))
      all = all.replaceAll(`{${name}}`, lay ? real : nobodys)
    for (const target of TARGETS)
      if (all.includes(`{${target}}`)) all = all.replaceAll(`{${target}}`, lay ? await lay(target) : NOBODYS)
    return all
  }
  if ('line' in by) return { command, line: await fill(by.line) }
  const values = 'press' in by ? by.press : by.form
  const done = await Promise.all(
    Object.entries(values).map(async ([name, text]) => [name, await fill(text)] as const),
  )
  return 'press' in by
    ? { command, press: Object.fromEntries(done) }
    : { command, form: Object.fromEntries(done) }
}

/** Whether an act means something of the account at all. */
export const isAbout = (by: By): boolean => /\{\w/.test(JSON.stringify(by))

/** What only tells one act from another: the words that were typed, and ids of rows. */
export function plainly(heard: string): string {
  let text = heard
  for (const pair of Object.values(NAMES)) for (const one of pair) text = text.replaceAll(one, '◊')
  return text
    .replaceAll(NOBODYS, '#')
    .replaceAll(/01930000-0000-7000-8000-\d{12}/g, '#')
    .replaceAll(/\b0[0-9a-z]{24}\b/g, '#')
    .replaceAll(/\s+/gu, ' ')
}

export const sentence = (key: MessageKey): string => sentenceIn('en', key)

const ROLE = sentence('error.notForYourRole')
const NOT_THERE = (
  [
    'error.account.gone',
    'error.meeting.gone',
    'error.followup.gone',
    'error.discount.gone',
    'error.away.gone',
  ] as const
).map(sentence)
const TOLD = (
  [
    'error.meeting.notYours',
    'error.discount.own',
    'error.discount.proxy',
    'error.discount.notYours',
    'error.discount.notAsker',
  ] as const
).map(sentence)
const WENT_WRONG = /went wrong|no longer valid|somebody else\.|HTTP/

/** What became of it, by the words alone. */
export function outcomeOf(heard: string): 'role' | 'told' | 'gone' | 'failed' | 'done' {
  if (heard.includes(ROLE)) return 'role'
  if (WENT_WRONG.test(heard)) return 'failed'
  if (TOLD.some((words) => heard.includes(words))) return 'told'
  return NOT_THERE.some((words) => heard.includes(words)) ? 'gone' : 'done'
}

/** Everything that a refused act must leave as it is: only that somebody was here, and what they are asked, is left out. */
const KEPT = [
  'users',
  'absences',
  'accounts',
  'account_names',
  'account_team_members',
  'contacts',
  'products',
  'deals',
  'invoices',
  'contracts',
  'targets',
  'meetings',
  'meeting_attendees',
  'meeting_amendments',
  'attachments',
  'message_refs',
  'last_places',
  'follow_ups',
  'discount_requests',
  'approval_votes',
  'client_commitments',
  'policy_versions',
  'link_codes',
] as const

/** One figure for all of it. What was shown is a copy of a card and no change, so notices count while they wait. */
export async function stateOf({ prisma }: Database, more: readonly string[] = []): Promise<string> {
  const each = [...KEPT, ...more].map((table) => `select '${table}' as name, t::text as row from ${table} t`)
  const waiting = `select 'notices' as name, (t.key, t.state, t.due_at)::text as row from notices t where t.key not like 'copy:%'`
  const [found] = await prisma.$queryRawUnsafe<{ state: string }[]>(
    `select count(*) || ' ' || coalesce(sum(hashtextextended(name || row, 0)), 0) as state from (${[...each, waiting].join(' union all ')}) kept`,
  )
  return found?.state ?? ''
}
