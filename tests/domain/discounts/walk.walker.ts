import {
  type Acting,
  actingAt,
  approved,
  countered,
  declined,
  ended,
} from '../../../src/domain/discounts/decide.ts'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { Policy } from '../../../src/domain/discounts/policy.ts'
import { type DiscountRequest, isOpen, type Step } from '../../../src/domain/discounts/request.ts'
import {
  accepted,
  escalated,
  filed,
  resubmitted,
  waitingFor,
  withAnswer,
  withQuestion,
} from '../../../src/domain/discounts/rounds.ts'
import { atPercent, netAt, type Terms } from '../../../src/domain/discounts/terms.ts'
import { addDays } from '../../../src/domain/shared/day.ts'
import { type Given, keyOf } from './walk.checks.ts'
import { actsFor, isStranded, mayDecide } from './walk.oracle.ts'
import { type Act, type Beginning, World } from './walk.world.ts'

const REQUESTER = { id: 'p0', name: 'P0' }
const HOUR = 3_600_000

/** One request and everybody around it, act by act. Keeps what was given, for whoever checks. */
export class Walker {
  readonly world: World
  request: DiscountRequest | null = null
  readonly given: Given[] = []
  readonly trace: string[] = []
  decisions = 0

  constructor(start: Beginning) {
    this.world = new World(start)
  }

  /** True when the request should be one version newer now. */
  does(act: Act): boolean {
    const { world } = this
    world.now = new Date(world.now.getTime() + 1_000)
    const before = this.request
    const said = this.tries(act)
    if (said === null) return false
    this.trace.push(`${world.now.toISOString().slice(5, 19)} ${said}`)
    return this.request !== before
  }

  private tries(act: Act): string | null {
    const { world, request } = this
    switch (act.does) {
      case 'file':
        return request && act.a % 4 > 0 && isOpen(request) ? null : this.file(act)
      case 'approve':
      case 'decline':
      case 'counter':
      case 'condition':
        return this.click(act)
      case 'ask':
        return this.asks(act)
      case 'answer':
        return this.answers()
      case 'accept':
        return this.accept()
      case 'refuse':
        return request?.state === 'COUNTERED' ? this.end('DECLINED') : null
      case 'withdraw':
        return request && isOpen(request) ? this.end('WITHDRAWN') : null
      case 'revoke':
        return request?.state === 'GRANTED' ? this.end('REVOKED') : null
      case 'resubmit':
        return this.resubmit(act)
      case 'reprice':
        return this.reprice(act)
      case 'pass':
        return this.pass(act)
      case 'wait':
        world.now = new Date(world.now.getTime() + (1 + (act.a % 30)) * HOUR)
        return `time: ${world.now.toISOString()}`
      default:
        return this.changeWorld(act)
    }
  }

  private file({ a, b, c }: Act): string {
    const { world } = this
    const terms = world.terms(
      1 + (b % 35),
      c % 3 === 0 ? 20 : 0,
      c % 5 === 0 ? 'GTX Mini' : 'GTX Pro',
      addDays(world.today, 30),
    )
    const { facts, verdict } = world.judge(terms)
    if (verdict.kind === 'stopped') return `files ${terms.percent} %: stopped`
    const basis = { list: world.ground.list, currency: 'EUR', quantity: 1, costShare: this.share() }
    const request = { id: `r${a}`, account: { id: 'acme', name: 'Acme' }, requester: REQUESTER, terms, basis }
    this.request = filed(
      { ...request, reason: '', competitor: null },
      { facts, verdict },
      'console',
      world.office(),
    )
    return `files ${terms.percent} %, ${terms.deferralDays} days, ${terms.subject.title}: ${this.request.state}`
  }

  private share() {
    const { cost, list } = this.world.ground
    return cost === null ? null : { cost, list }
  }

  /** Somebody presses at some open step: mostly one who may, sometimes anybody at all. */
  private click({ does, a, b, c }: Act): string | null {
    const { world, request } = this
    if (!request || request.state !== 'PENDING') return null
    const open = request.steps.filter(({ state }) => state === 'OPEN')
    const step = open[b % Math.max(open.length, 1)]
    if (!step) return null
    const may = world.people.filter(({ id }) => mayDecide(world.standing, request, step, id, world.today))
    const substitutes = may.filter(({ id }) => !step.seats.some((seat) => seat.id === id))
    const those = c % 4 === 1 && substitutes.length > 0 ? substitutes : may
    const all = c % 4 === 0 || those.length === 0 ? world.people : those
    const who = all[a % all.length]
    if (!who) return null
    const clicking = { id: who.id, name: who.id, channel: 'console' }
    const acting = actingAt(request, step, clicking, world.office())
    const right = may.includes(who)
    if ((typeof acting !== 'string') !== right)
      throw new Error(
        `${who.id} ${right ? 'may' : 'may not'} decide ${step.id}, and got ${JSON.stringify(acting)}`,
      )
    if (typeof acting === 'string') return `${who.id} presses ${does} at ${step.id}: ${acting}`
    this.decide(does, acting, request, step, c)
    return `${who.id} for ${acting.seat.id}: ${does} at ${step.id} → ${this.request?.state}`
  }

  private decide(does: Act['does'], acting: Acting, request: DiscountRequest, step: Step, c: number): void {
    const { world } = this
    const office = world.office()
    const forSeat = acting.onBehalfOf
    if (forSeat && !actsFor(world.standing, acting.by.id, forSeat.id))
      throw new Error(`acts for ${forSeat.id}, who is there`)
    this.decisions += 1
    if (does === 'approve') {
      this.note(acting, step, request.terms, request.facts)
      this.request = approved(request, acting, office)
    } else if (does === 'decline') this.request = declined(request, acting, 'no', office)
    else {
      const terms = this.offered(does, request.terms, c)
      const price = world.factsOf(terms, request.basis.costShare?.cost ?? null, request.basis.costShare?.list)
      const { percent, amount, list, net, deferralDays, margin, marginOverFloor } = price
      const floored = this.isFloorTheSame(request) ? { marginOverFloor } : {}
      const seen = { ...request.facts, percent, amount, list, net, deferralDays, margin, ...floored }
      this.note(acting, step, terms, seen)
      this.request = countered(request, acting, { terms, word: 'so' }, office)
    }
  }

  /** The policy may have set another floor since; then what was seen over it is not told from the new one. */
  private isFloorTheSame({ policyVersion }: DiscountRequest): boolean {
    return policyVersion === this.world.policyVersion
  }

  private offered(does: Act['does'], terms: Terms, c: number): Terms {
    if (does === 'condition')
      return { ...terms, gives: [...terms.gives, { kind: 'VOLUME', what: `${c}`, dueOn: terms.lastDay }] }
    return atPercent(terms, String(Math.max(Number(terms.percent) - 1 - (c % 5), 0.5)))
  }

  private note({ by, seat }: Acting, step: Step, terms: Terms, facts: RuleFacts): void {
    const at = this.world.now.toISOString()
    this.given.push({ at, by: by.id, seat: seat.id, terms, facts, for: new Set([keyOf(step)]) })
  }

  private asks({ a }: Act): string | null {
    const { request, world } = this
    if (!request || request.state !== 'PENDING') return null
    const by = { id: world.person(a).id, name: '' }
    const question = { id: `${request.questions.length + 1}`, by, text: 'why?', at: world.now.toISOString() }
    this.request = withQuestion(request, question, world)
    return `${by.id} asks`
  }

  private answers(): string | null {
    const { request, world } = this
    const open = request?.questions.find(({ answer }) => !answer)
    if (!request || !open || !isOpen(request)) return null
    this.request = withAnswer(
      request,
      open.id,
      { by: REQUESTER, text: 'so', at: world.now.toISOString() },
      world,
    )
    return 'p0 answers'
  }

  private accept(): string | null {
    const { request, world } = this
    if (request?.state !== 'COUNTERED' || !request.counter) return null
    const { facts, verdict } = world.judge(request.counter.terms)
    if (verdict.kind === 'stopped') return 'accepts: stopped'
    this.request = accepted(
      request,
      request.counter,
      { facts, verdict },
      { by: REQUESTER.id, channel: 'console' },
      world.office(),
    )
    return `accepts ${request.counter.terms.percent} %: ${this.request.state}`
  }

  private end(state: 'WITHDRAWN' | 'DECLINED' | 'REVOKED'): string | null {
    const { request, world } = this
    if (!request) return null
    this.request = ended(
      request,
      state,
      { by: REQUESTER, onBehalfOf: null, channel: 'console', word: null },
      world,
    )
    return `p0: ${state}`
  }

  private resubmit({ a, b, c }: Act): string | null {
    const { request, world } = this
    if (!request || request.state === 'GRANTED' || request.state === 'REVOKED') return null
    const percent = Math.min(Math.max(Number(request.terms.percent) + [-3, -1, 0, 0, 1, 4][a % 6]!, 1), 40)
    const same = {
      deferralDays: request.terms.deferralDays,
      title: request.terms.subject.title,
      lastDay: request.terms.lastDay,
    }
    const terms = world.terms(
      percent,
      b % 5 === 0 ? (same.deferralDays + 20) % 60 : same.deferralDays,
      c % 5 === 0 ? 'GTX Mini' : same.title,
      c % 7 === 0 || same.lastDay < world.today ? addDays(world.today, 30) : same.lastDay,
    )
    const next = { ...terms, gives: b % 6 === 0 ? [] : request.terms.gives }
    return this.round(next, true, 'resubmits')
  }

  private round(terms: Terms, carry: boolean, what: string): string {
    const { request, world } = this
    const { facts, verdict } = world.judge(terms)
    if (!request || verdict.kind === 'stopped') return `${what} ${terms.percent} %: stopped`
    const basis = { ...request.basis, list: world.ground.list, costShare: this.share() }
    this.request = resubmitted(
      request,
      { terms, basis },
      { facts, verdict },
      { carry, author: carry ? { by: REQUESTER.id, channel: 'console' } : null, channel: 'console' },
      world.office(),
    )
    // At another price nothing that was given before counts any more.
    if (!carry) this.given.length = 0
    return `${what} ${terms.percent} %, ${terms.deferralDays} days, ${terms.subject.title}, ${terms.gives.length} gives, until ${terms.lastDay}: ${this.request.state}`
  }

  private reprice({ a }: Act): string | null {
    const { request, world } = this
    if (!request || request.state !== 'PENDING') return null
    world.ground.list = `${900 + (a % 5) * 50}.00`
    const list = { amount: world.ground.list, currency: 'EUR' }
    const net = { amount: netAt(list.amount, request.terms.percent), currency: 'EUR' }
    return this.round({ ...request.terms, list, net }, false, 'is repriced at')
  }

  /** Time passes on what is due, or is asked to although nothing is. */
  private pass({ a }: Act): string | null {
    const { request, world } = this
    if (!request) return null
    const due = request.steps.flatMap(({ state, dueAt }) =>
      state === 'OPEN' && dueAt ? [Date.parse(dueAt)] : [],
    )
    const first = Math.min(...due)
    if (a % 3 > 0 && Number.isFinite(first) && first > world.now.getTime()) world.now = new Date(first)
    const isDue = request.state === 'PENDING' && first <= world.now.getTime()
    const passed = escalated(request, world.office())
    if (isDue && !passed) throw new Error('due, and it stayed')
    const stranded = request.steps.some(
      (step) => step.state === 'OPEN' && isStranded(world.standing, step, request),
    )
    if (passed && !isDue && !stranded) throw new Error('not due, and it passed on')
    if (passed) this.request = passed
    return passed ? 'passes on' : 'nothing is due'
  }

  private changeWorld({ does, a, b, c }: Act): string | null {
    const { world } = this
    // Whoever is asked just now, more often than others: there it matters.
    const asked = c % 2 === 1 && this.request ? waitingFor(this.request) : []
    const who = world.people.find(({ id }) => id === asked[a % Math.max(asked.length, 1)]) ?? world.person(a)
    const other = world.person(b)
    switch (does) {
      case 'away':
        if (who === other) return null
        world.absences.set(who.id, { substitute: other.id, until: addDays(world.today, c % 9) })
        return `${who.id} is away for ${other.id}`
      case 'back':
        return world.absences.delete([...world.absences.keys()][a % Math.max(world.absences.size, 1)] ?? '')
          ? 'somebody is back'
          : null
      case 'role':
        who.role = (['KAM', 'MANAGER', 'DIRECTOR', 'FINANCE', 'ADMIN'] as const)[b % 5]!
        return `${who.id} is ${who.role} now`
      case 'boss':
        who.managerId = c % 6 === 0 ? null : other.id
        return `${who.id} is under ${who.managerId} now`
      case 'leave':
        if (who.id === REQUESTER.id) return null
        who.active = !who.active
        return `${who.id} ${who.active ? 'comes' : 'leaves'}`
      case 'ground':
        world.ground.overdueDays = (b % 4) * 10
        world.ground.granted = c % 4
        return `owes for ${world.ground.overdueDays} days, was granted ${world.ground.granted}`
      case 'policy':
        world.policyVersion += 1
        world.policy = anotherPolicy(world.policy, b, c)
        return 'another policy'
      default:
        return null
    }
  }
}

/** The same rules the other way round; decisions become opinions and opinions decisions; a floor comes or goes. */
function anotherPolicy(before: Policy, b: number, c: number): Policy {
  const swapped = before.rules.map((rule): Policy['rules'][number] => {
    const { outcome } = rule
    if (c % 2 === 0 || !('by' in outcome)) return rule
    return { ...rule, outcome: { ...outcome, kind: outcome.kind === 'check' ? 'approve' : 'check' } }
  })
  return { ...before, rules: b % 3 ? swapped : swapped.toReversed(), floors: b % 2 ? { '*': '20' } : {} }
}
