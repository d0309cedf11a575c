import type { AuditEntry, ApprovalVote, DiscountRequest as Row } from '../../prisma/generated/client.ts'
import type { DiscountRequest } from '../../src/domain/discounts/request.ts'
import type { Heard } from './click.ts'
import type { Race } from './kinds.ts'

/** Everything that one round left behind. */
export type Round = Readonly<{
  id: string
  heard: readonly Heard[]
  requests: readonly Row[]
  votes: readonly ApprovalVote[]
  audits: readonly AuditEntry[]
  gives?: number
  waiting?: readonly string[]
}>

const ALREADY = 'This has been decided already.'
const MOVED = 'This card is of an earlier state.'
const VOTED = 'You have decided this step already.'
const LATE = [ALREADY, MOVED, VOTED]
const SAME = 'There is a request for this already'
const WHEN = 'Mon, 23 Nov 2026, 14:30'
const WORDS = { GRANTED: 'Granted by', DECLINED: 'Declined by', WITHDRAWN: 'Withdrawn by' } as const
/** Steps on the way that decide nothing by themselves. */
const NO_END = ['discount.escalate', 'discount.move', 'discount.refuse']

type Judging = Readonly<{
  race: Race
  round: Round
  ends: readonly AuditEntry[]
  request: Row
  body: DiscountRequest
}>

/** Which of the possible ends it was, and whatever is not as it must be. */
export function judgeRound(race: Race, round: Round): Readonly<{ end: string; problems: readonly string[] }> {
  const [request] = round.requests
  const problem = (text: string) => `${round.id}: ${text}`
  if (!request || round.requests.length !== 1)
    return { end: 'none', problems: [problem(`${round.requests.length} requests`)] }
  const ends = endsIn(race, round)
  const last = ends.at(-1)
  const judging = { race, round, ends, request, body: request.body as unknown as DiscountRequest }
  const problems = [
    ...toldIn(judging),
    ...writtenIn(judging),
    ...(last && race.ends[nameOf(last)] === undefined ? [`${nameOf(last)} is no end`] : []),
  ]
  return { end: last?.action.replace('discount.', '') ?? 'none', problems: problems.map(problem) }
}

const nameOf = ({ action, actorId }: AuditEntry) => `${action} ${actorId}`

/** What the race itself brought about; what was there when it began is not counted. */
function endsIn({ start }: Race, { audits }: Round): readonly AuditEntry[] {
  const isBefore = ({ action }: AuditEntry) => start !== 'nothing' && action === 'discount.file'
  return audits.filter((entry) => !isBefore(entry) && !NO_END.includes(entry.action))
}

function writtenIn({ race, round, ends, request, body }: Judging): string[] {
  const { votes } = round
  const wanted = race.decisions ?? 1
  const end = ends.at(-1)
  const state = end && race.ends[nameOf(end)]
  const needed = race.start === 'twoNeeded' ? 2 : 1
  const gives = request.state === 'GRANTED' ? 1 : 0
  const isOver = ['GRANTED', 'DECLINED', 'WITHDRAWN'].includes(request.state)
  const asking = (round.waiting ?? []).filter((kind) => kind !== 'discount' && kind !== 'commitment')
  const check = (isRight: boolean, text: string) => (isRight ? [] : [text])
  return [
    ...check(ends.length === wanted, `${ends.length} rows of a decision: ${ends.map(nameOf).join(', ')}`),
    ...check(request.state === state, `is ${request.state} after ${end ? nameOf(end) : 'nothing'}`),
    ...check(body.state === request.state && body.version === request.version, 'body and columns differ'),
    ...check(votes.length <= needed, `${votes.length} votes of ${needed}`),
    ...check(new Set(votes.map(({ actorId }) => actorId)).size === votes.length, 'one hand voted twice'),
    ...check(race.start === 'nothing' || (round.gives ?? 0) === gives, `${round.gives ?? 0} gives are owed`),
    ...check(!isOver || asking.length === 0, `somebody is still to be asked: ${asking.join(', ')}`),
    ...votesAgree(race, round, ends),
  ]
}

const VERDICTS: Readonly<Record<string, string>> = {
  'discount.approve': 'approve',
  'discount.decline': 'decline',
  'discount.counter': 'counter',
}

/** For each decision that an approver took here there is its vote, by the same hand, and no other. */
function votesAgree({ start }: Race, { votes }: Round, ends: readonly AuditEntry[]): string[] {
  const laid = start === 'countered' ? ['counter dana'] : []
  const decided = ends.flatMap(({ action, actorId }) =>
    VERDICTS[action] ? [`${VERDICTS[action]} ${actorId}`] : [],
  )
  const cast = votes.map(({ verdict, actorId }) => `${verdict} ${actorId}`)
  const [wanted, there] = [[...laid, ...decided], cast].map((all) => all.toSorted().join(', '))
  return wanted === there ? [] : [`votes ${there || 'none'}, decisions ${wanted || 'none'}`]
}

/** Nothing failed, one was told that it is done, and each of the others who did what and when. */
function toldIn(judging: Judging): string[] {
  const { race, round, body } = judging
  const failed = round.heard.filter((one) => one.failed).map(({ text }) => `failed: ${text}`)
  if (failed.length > 0 || round.heard.some((one) => !one)) return failed
  const texts = round.heard.map(({ text }) => text).filter((text) => !text.startsWith('passed: '))
  if (race.isOneUpdate) {
    const answered = texts.filter((text) => text !== '(silence)')
    return answered.length === 1 && isTrue(answered[0] ?? '', body) ? [] : [`heard: ${texts.join(' / ')}`]
  }
  if (race.start === 'nothing') return toldOfSame(texts)
  const late = texts.filter((text) => LATE.some((words) => text.includes(words)))
  const wanted = texts.length - (race.decisions ?? 1)
  return [
    ...(late.length === wanted ? [] : [`${late.length} of ${wanted} were told that they are late`]),
    // Whoever agreed first of several was told how it stood then.
    ...(race.decisions ? late : texts)
      .filter((text) => !text.includes(VOTED) && !isTrue(text, body))
      .map((text) => `not the truth about ${body.state}: ${text}`),
  ]
}

function toldOfSame(texts: readonly string[]): string[] {
  const shown = texts.filter((text) => text.includes(SAME))
  return shown.length === texts.length - 1 ? [] : [`heard: ${texts.join(' / ')}`]
}

/** Who ended it and when, or, where nobody has, the terms that are asked for now. */
function isTrue(text: string, { state, decision, counter, terms }: DiscountRequest): boolean {
  if (state === 'PENDING') return text.includes(`${terms.percent}%`)
  if (state === 'COUNTERED') return text.includes(`${counter?.by.name} offers`)
  if (state === 'REVOKED') return false
  return text.includes(`${WORDS[state]} ${decision?.by?.name} on ${WHEN}`)
}
