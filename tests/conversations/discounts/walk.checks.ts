import { Decimal } from 'decimal.js'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { DiscountRequest, Step } from '../../../src/domain/discounts/request.ts'
import type { Terms } from '../../../src/domain/discounts/terms.ts'
import {
  checkAsked,
  checkChange,
  checkClock,
  checkGranted,
  checkStates,
  checkVotes,
  type Given,
  keyOf,
  must,
} from '../../domain/discounts/walk.checks.ts'
import { actsFor, mayDecide } from '../../domain/discounts/walk.oracle.ts'
import type { Done } from './walk.acts.ts'
import type { Row, Snapshot } from './walk.house.ts'

/** A line of the audit log about a request. */
export type Entry = Readonly<{
  actorId: string | null
  onBehalfOf: string | null
  channel: string
  action: string
  subject: string
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
}>

type Turn = Readonly<{ before: Snapshot; after: Snapshot; entries: readonly Entry[]; done: Done; now: Date }>

const ROUNDS: Readonly<Record<string, string>> = {
  'discount.resubmit': 'resubmit',
  'discount.reprice': 'reprice',
  'discount.accept': 'accept',
  'discount.revoke': 'revoke',
}
const VERDICTS: Readonly<Record<string, string>> = {
  'discount.approve': 'approve',
  'discount.counter': 'counter',
  'discount.decline': 'decline',
}
const OF_REQUESTER = ['file', 'resubmit', 'accept', 'refuse-offer', 'withdraw', 'answer'].map(
  (name) => `discount.${name}`,
)
const OF_NOBODY = ['discount.reprice', 'discount.void', 'discount.escalate', 'discount.move']

/** Everything that was rightly given so far, by request. */
export class Ledger {
  private readonly given = new Map<string, Given[]>()
  readonly seen = new Map<string, number>()

  of(id: string): Given[] {
    const known = this.given.get(id) ?? []
    this.given.set(id, known)
    return known
  }

  check(turn: Turn): void {
    const { before, after, entries } = turn
    for (const [id, row] of after.requests) {
      const was = before.requests.get(id)
      const versions = entries.filter(
        ({ subject, after: state }) => subject === id && state?.['version'] !== undefined,
      )
      this.checkVersions(was, row, versions)
      checkRow(row)
      const [only] = versions
      if (only && versions.length === 1) this.checkEntry(turn, was, row, only)
      if (row.version !== was?.version) this.checkBody(turn, was, row, versions)
    }
    this.checkPressed(turn)
  }

  private checkVersions(was: Row | undefined, row: Row, entries: readonly Entry[]): void {
    const first = was?.version ?? 0
    const expected = Array.from({ length: row.version - first }, (_, at) => first + at + 1)
    const audited = entries.map(({ after }) => Number(after?.['version']))
    must(expected.join() === audited.join(), `versions ${expected.join()} are audited as ${audited.join()}`)
    if (was && was.version === row.version)
      must(JSON.stringify(was) === JSON.stringify(row), 'it changed within its version')
    for (const { action } of entries) this.count(action)
    if (row.version !== was?.version) this.count(row.state)
  }

  count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1)
  }

  /** Who, for whom, from where, and what became of what: as it really was. */
  private checkEntry(turn: Turn, was: Row | undefined, row: Row, entry: Entry): void {
    const { before, after, done } = turn
    const { action, actorId, onBehalfOf, channel } = entry
    const body = row.body
    must(
      entry.after?.['state'] === row.state,
      `audited as ${String(entry.after?.['state'])} and is ${row.state}`,
    )
    must(
      (entry.before?.['version'] ?? undefined) === was?.version,
      `audited from ${String(entry.before?.['version'])}`,
    )
    must(
      (entry.before?.['state'] ?? undefined) === was?.state,
      `audited from ${String(entry.before?.['state'])}`,
    )
    const policy = row.round === was?.round ? was.policyVersion : after.policyVersion
    must(
      entry.after?.['policyVersion'] === policy,
      `policy ${String(entry.after?.['policyVersion'])} and not ${policy}`,
    )
    must(
      JSON.stringify(entry.after?.['waitingFor']) === JSON.stringify(row.waitingFor),
      'waits for others than audited',
    )
    must(typeof entry.after?.['tested'] === 'object', 'what was tested is not audited')
    if (OF_NOBODY.includes(action)) {
      must(actorId === null && onBehalfOf === null, `${action} by ${actorId}`)
    } else must(actorId === done.by, `${action} by ${actorId} and not by ${done.by}`)
    must(channel === (done.by === null ? 'clock' : 'console'), `${action} from ${channel}`)
    const asks = body.requester.id
    if (row.round !== was?.round) {
      const role = before.standing.people.find(({ id }) => id === asks)?.role
      must(body.facts.role === role, `judged as of ${body.facts.role}, and ${asks} is ${role}`)
    }
    if (OF_REQUESTER.includes(action)) {
      const isOwn = actorId === asks
      must(
        isOwn || before.standing.away.get(asks) === actorId,
        `${action}: ${actorId} does not stand in for ${asks}`,
      )
      must(onBehalfOf === (isOwn ? null : asks), `${action} of ${actorId} on behalf of ${onBehalfOf}`)
      if (!isOwn) this.count('for the requester')
    }
    const priced = ['approve', 'counter', 'decline', 'ask', 'accept']
    if (priced.some((name) => action === `discount.${name}`))
      must(
        was?.body.basis.list === before.dealAmount,
        `${action} at ${was?.body.basis.list}, and it costs ${before.dealAmount}`,
      )
  }

  private checkBody(turn: Turn, was: Row | undefined, { body, id }: Row, entries: readonly Entry[]): void {
    const { after } = turn
    const [entry, ...more] = entries
    if (!entry) return
    const { action } = entry
    this.checkVerdict(turn, was, body, entry)
    if (action === 'discount.reprice') this.of(id).length = 0
    if (more.length === 0) checkChange(was?.body ?? null, body, was ? (ROUNDS[action] ?? action) : 'file')
    const known = { given: this.of(id), standing: after.standing }
    checkStates(body)
    checkClock(body)
    for (const step of body.steps) checkVotes(known, body, step)
    for (const step of body.steps.filter(({ state }) => state === 'OPEN' && body.state === 'PENDING'))
      if (more.length === 0 && action !== 'discount.move') checkAsked(known, body, step, was?.body ?? null)
    if (body.state === 'GRANTED') checkGranted(known, body)
    if (body.steps.some(({ carried }) => carried)) this.count('carried')
  }

  /** A decision has its vote, by somebody who might, with the authority of a seat that was theirs to use. */
  private checkVerdict(
    { before, after, now }: Turn,
    was: Row | undefined,
    body: DiscountRequest,
    entry: Entry,
  ): void {
    const { action, actorId, onBehalfOf } = entry
    const of = (snapshot: Snapshot) => snapshot.votes.filter(({ requestId }) => requestId === body.id)
    const cast = of(after).filter(
      (vote) => !of(before).some((one) => one.stepId === vote.stepId && one.seatId === vote.seatId),
    )
    const verdict = VERDICTS[action]
    must(cast.length === (verdict ? 1 : 0), `${action} cast ${cast.length} votes`)
    const [vote] = cast
    if (!verdict || !vote || !was || !actorId) return
    must(
      vote.verdict === verdict && vote.actorId === actorId,
      `${action} by ${actorId} cast ${JSON.stringify(vote)}`,
    )
    must(
      onBehalfOf === (vote.seatId === actorId ? null : vote.seatId),
      `${action} for ${vote.seatId}, audited ${onBehalfOf}`,
    )
    if (onBehalfOf) this.count('substitute')
    const isTheirs = vote.seatId === actorId || actsFor(before.standing, actorId, vote.seatId)
    must(isTheirs, `${actorId} acts for ${vote.seatId}, who is there`)
    const step = was.body.steps.find(({ id }) => id === vote.stepId)
    const may = step && mayDecide(before.standing, was.body, step, actorId, before.todayOf(actorId))
    must(may === true, `${actorId} might not decide ${vote.stepId}`)
    if (step && verdict !== 'decline') this.note(vote, step, was.body, body, now)
  }

  private note(
    { actorId, seatId, verdict }: Snapshot['votes'][number],
    step: Step,
    was: DiscountRequest,
    body: DiscountRequest,
    now: Date,
  ): void {
    const terms = verdict === 'counter' && body.counter ? body.counter.terms : was.terms
    const facts = verdict === 'counter' ? factsAt(was, terms) : was.facts
    this.of(body.id).push({
      at: now.toISOString(),
      by: actorId,
      seat: seatId,
      terms,
      facts,
      for: new Set([keyOf(step)]),
    })
  }

  /** Who might and pressed has decided: nobody is refused who is right. */
  private checkPressed({ before, after, done }: Turn): void {
    const was = before.requests.get(done.args['id'] ?? '')
    const step = was?.body.steps.find(({ id }) => id === done.args['s'])
    if (!was || !step || !done.by || done.command !== 'discount-approve') return
    if (!mayDecide(before.standing, was.body, step, done.by, before.todayOf(done.by))) return
    const isDone = after.requests.get(was.id)?.version === was.version + 1
    must(isDone, `${done.by} might decide ${step.id}, and did not`)
  }
}

/** What they saw who offered these terms: the same client at another price. */
function factsAt({ facts, basis }: DiscountRequest, terms: Terms): RuleFacts {
  const net = new Decimal(terms.net.amount)
  const off = new Decimal(terms.list.amount).minus(net).toFixed(2)
  const share = basis.costShare
  const cost = share && new Decimal(terms.list.amount).times(share.cost).div(share.list)
  const margin = cost ? net.minus(cost).div(net).times(100).toDecimalPlaces(2).toString() : facts.margin
  const grew = margin !== null && facts.margin !== null ? new Decimal(margin).minus(facts.margin) : 0
  const over =
    facts.marginOverFloor === null ? null : new Decimal(facts.marginOverFloor).plus(grew).toString()
  const amount = { amount: off, currency: terms.list.currency }
  return { ...facts, percent: terms.percent, amount, net: terms.net, margin, marginOverFloor: over }
}

/** The columns say what the body says. */
function checkRow({ body, ...row }: Row): void {
  must(
    row.state === body.state && row.version === body.version && row.round === body.round,
    'the row is not its body',
  )
  must(row.policyVersion === body.policyVersion, `the row has policy ${row.policyVersion}`)
  const open = body.state === 'PENDING' ? body.steps.filter(({ state }) => state === 'OPEN') : []
  const waits = open.flatMap(({ seats, votes }) =>
    seats.map(({ id }) => id).filter((id) => !votes.some(({ seat }) => seat === id)),
  )
  must(
    [...new Set(waits)].toSorted().join() === row.waitingFor.toSorted().join(),
    `the row waits for ${row.waitingFor.join()}`,
  )
  const due = open.map(({ dueAt }) => dueAt ?? '').toSorted()[0] ?? null
  must(
    (row.nextAt?.toISOString() ?? null) === due,
    `the row is due at ${row.nextAt?.toISOString()} and not ${due}`,
  )
  if (body.state === 'REVOKED') return
  must(
    (row.decidedAt?.toISOString() ?? null) === (body.decision?.at ?? null),
    'the row was decided at another time',
  )
}
