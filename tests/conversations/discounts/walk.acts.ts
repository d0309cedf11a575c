import { moveToSubstitutes, passSteps, passStranded } from '../../../src/commands/discounts/clockwork.ts'
import type { Act, Reply } from '../../../src/commands/kit/invocation.ts'
import type { Button } from '../../../src/commands/kit/view.ts'
import type { Database } from '../../../src/db/client.ts'
import { ROLES } from '../../../src/domain/shared/actor.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { ask, createCore, line, press, readReply, submit } from '../../support/core.ts'
import { buildHouse, type Chance, readHouse, type Row, setPolicy, type Snapshot } from './walk.house.ts'

type Press = Pick<Button, 'command' | 'args'>
/** Who did what: null is time. `command` is what was pressed at last, for a form when it was sent. */
export type Done = Readonly<{ by: string | null; what: string; command: string; args: Press['args'] }>

const HOUR = 3_600_000
export const DECISIONS = [
  'discount-approve',
  'discount-counter',
  'discount-condition',
  'discount-decline',
  'discount-ask',
] as const

export const buttonsOf = ({ answer }: Reply): readonly Button[] =>
  answer.kind === 'view'
    ? answer.view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    : []

const firstLine = (reply: Reply): string => readReply(reply).split('\n').slice(0, 2).join(' ')

/** Real lines and presses, and forged ones, in a house by chance. */
export class Stage {
  readonly database: Database
  readonly random: Chance
  readonly core
  /** Whose rights have just changed. */
  private hot: string | null = null
  readonly old: Readonly<{ person: string; button: Press }>[] = []

  constructor(database: Database, random: Chance) {
    this.database = database
    this.random = random
    this.core = createCore(database)
  }

  static async open(database: Database, random: Chance): Promise<Stage> {
    await buildHouse(database, random)
    return new Stage(database, random)
  }

  get now(): Date {
    return this.core.clock.now
  }

  read(): Promise<(now: Date) => Snapshot> {
    return readHouse(this.database)
  }

  /** The card that somebody gets now; its buttons are kept, to be pressed when they are old. */
  async card(person: string, id: string): Promise<Reply> {
    const reply = await ask(this.core.dispatcher, person, press('discount-show', { id }))
    for (const button of buttonsOf(reply))
      if (button.command.startsWith('discount-') && this.old.length < 200) this.old.push({ person, button })
    return reply
  }

  /** No two acts are at the same moment, so that a vote is told by its own. */
  ticks(): void {
    this.core.clock.now = new Date(this.now.getTime() + 1_000)
  }

  /** What went wrong behind a polite answer. */
  errors(): readonly string[] {
    return this.core.journal.notes
      .filter(({ level }) => level === 'error')
      .map((note) => JSON.stringify(note))
  }

  /** One act by chance. Null when there was nothing to do. */
  async acts(before: Snapshot): Promise<Done | null> {
    const { random } = this
    const last = [...before.requests.values()].at(-1)
    const isOver = !last || !['PENDING', 'COUNTERED'].includes(last.state)
    if (!last || (isOver && random.below(3) > 0)) return this.files(before)
    const { hot } = this
    this.hot = null
    if (hot && last.state === 'PENDING') return this.tries(hot, last)
    const dice = random.below(20)
    if (dice < 8 && last.state === 'PENDING') return this.decides(before, last)
    if (dice < 12) return this.answersOffer(before, last)
    if (dice < 14) return this.forges(before, last)
    if (dice < 15) return this.passes(last)
    return this.changesHouse(before, last)
  }

  /** Whom a change has just touched presses at once, by a button of theirs or by a forged one. */
  private async tries(who: string, { id, body }: Row): Promise<Done> {
    const shown = buttonsOf(await this.card(who, id)).find(({ command }) => command === 'discount-approve')
    const step = this.random.of(body.steps.filter(({ state }) => state === 'OPEN'))
    return this.presses(who, shown ?? { command: 'discount-approve', args: { id, s: step?.id ?? '1.1' } })
  }

  private async files({ standing }: Snapshot): Promise<Done> {
    const { random } = this
    const who = random.oneIn(5)
      ? (random.of(standing.people.filter(({ active }) => active))?.id ?? 'p0')
      : 'p0'
    const percent = [1, 4, 8, 12.5, 18, 26][random.below(6)]
    const deferral = random.oneIn(4) ? ' deferral 20 days' : ''
    const text = `/discount Acme ${percent}%${deferral} they hesitate`
    const reply = await this.send(who, line(text))
    const another = buttonsOf(reply).find(({ args }) => args['another'])
    const filed = another ? await this.send(who, press(another.command, another.args)) : reply
    return { by: who, what: `${who}: ${text}: ${firstLine(filed)}`, command: 'discount', args: {} }
  }

  /** A button of a card that somebody was just shown; a form that it opens is filled in. */
  private async decides({ standing }: Snapshot, { id, body }: Row): Promise<Done | null> {
    const { random } = this
    const active = standing.people.filter((one) => one.active).map((one) => one.id)
    const seats = body.steps.flatMap((step) =>
      step.state === 'OPEN' ? step.seats.map((seat) => seat.id) : [],
    )
    const near = [...seats, ...seats.flatMap((seat) => standing.away.get(seat) ?? [])].filter((one) =>
      active.includes(one),
    )
    const substitutes = near.filter((one) => !seats.includes(one))
    const those = substitutes.length > 0 && random.oneIn(2) ? substitutes : near
    const who = random.of(random.oneIn(5) || those.length === 0 ? active : those)
    if (!who) return null
    const shown = buttonsOf(await this.card(who, id)).filter(({ command }) =>
      DECISIONS.some((one) => one === command),
    )
    const approve = shown.find(({ command }) => command === 'discount-approve')
    const button = random.oneIn(2) ? (approve ?? random.of(shown)) : random.of(shown)
    return button ? this.presses(who, button) : null
  }

  /** The requester, or whoever says so: takes an offer, leaves it, withdraws, or asks for something else. */
  private async answersOffer({ standing }: Snapshot, { id, body }: Row): Promise<Done | null> {
    const { random } = this
    const proxy = standing.away.get(body.requester.id)
    const who = proxy && random.oneIn(2) ? proxy : body.requester.id
    const theirs = [
      'discount-accept',
      'discount-refuse',
      'discount-withdraw',
      'discount-change',
      'discount-answer',
    ]
    const shown = buttonsOf(await this.card(who, id)).filter(({ command }) => theirs.includes(command))
    const accept = shown.filter(({ command }) => command === 'discount-accept')
    const liked = accept.length > 0 ? accept : shown.filter(({ command }) => command === 'discount-change')
    const button = random.of(random.oneIn(4) || liked.length === 0 ? shown : liked)
    return button ? this.presses(who, button) : null
  }

  /** What no card of theirs shows: an old button, somebody else's, or one that was made up. */
  private async forges({ standing }: Snapshot, { id, round, body }: Row): Promise<Done | null> {
    const { random } = this
    const active = standing.people.filter((one) => one.active).map((one) => one.id)
    const open = body.steps.filter(({ state }) => state === 'OPEN')
    // Those who have a hand in it: the requester, who stands in for them, and who is asked.
    const asks = [body.requester.id, standing.away.get(body.requester.id) ?? body.requester.id]
    const near = [...new Set([...asks, ...open.flatMap(({ seats }) => seats.map((seat) => seat.id))])]
    const those = near.filter((one) => active.includes(one))
    const who = random.of(random.oneIn(3) || those.length === 0 ? active : those)
    if (!who) return null
    const old = random.of(this.old)
    if (old && random.oneIn(2)) return this.presses(random.oneIn(2) ? old.person : who, old.button)
    const s =
      (random.oneIn(3) ? null : random.of(open)?.id) ??
      `${1 + random.below(round + 1)}.${1 + random.below(4)}`
    const command =
      random.of([...DECISIONS, 'discount-accept', 'discount-withdraw', 'discount-revoke']) ??
      'discount-approve'
    return this.presses(who, { command, args: { id: random.oneIn(10) ? 'forged' : id, s, r: String(round) } })
  }

  private async presses(who: string, { command, args }: Press): Promise<Done> {
    const reply = await this.send(who, press(command, args))
    const said = `${who} presses ${command} ${JSON.stringify(args)}`
    if (reply.answer.kind !== 'form') return { by: who, what: said, command, args }
    const { form } = reply.answer
    const kept = Object.fromEntries(Object.entries(form.values).map(([name, { value }]) => [name, value]))
    const typed = this.typed(form.command, kept)
    const sent = await this.send(who, submit(form.command, { ...kept, ...typed }))
    const what = `${said}, sends ${JSON.stringify(typed)}: ${firstLine(sent)}`
    return { by: who, what, command: form.command, args }
  }

  private typed(command: string, kept: Readonly<Record<string, string>>): Record<string, string> {
    const { random } = this
    const due = new Date(this.now.getTime() + 240 * HOUR).toISOString().slice(0, 10)
    switch (command) {
      case 'discount-counter':
        return { percent: `${[0.5, 2, 3, 7][random.below(4)]}`, word: 'this much' }
      case 'discount-condition':
        return { kind: 'PREPAYMENT', what: `${10 + random.below(50)} %`, due, word: 'if they pay' }
      case 'discount': {
        const percent = Number.parseFloat(kept['price'] ?? '10')
        const next = [percent, percent - 1, percent - 4, percent + 3][random.below(4)] ?? percent
        return {
          price: `${Math.max(next, 0.5)}%`,
          reason: 'once more',
          ...(random.oneIn(3) ? { give: '' } : {}),
        }
      }
      default:
        return { word: 'because' }
    }
  }

  private async send(who: string, act: Act): Promise<Reply> {
    return ask(this.core.dispatcher, who, act)
  }

  /** Some hours, or to the moment at which something is due; then what time does is done. */
  private async passes({ nextAt }: Row): Promise<Done> {
    const { random, core } = this
    const hours = new Date(this.now.getTime() + (1 + random.below(20)) * HOUR)
    core.clock.now = nextAt && nextAt > this.now && random.below(3) > 0 ? nextAt : hours
    return this.clockTurns('time')
  }

  private async clockTurns(what: string): Promise<Done> {
    const { core } = this
    const passing = {
      unitOfWork: core.unitOfWork,
      now: () => core.clock.now,
      calendar: HOLIDAYS,
      journal: core.journal,
    }
    await passSteps(passing)
    await moveToSubstitutes(passing)
    await passStranded(passing)
    return { by: null, what: `${what}: ${this.now.toISOString()}`, command: 'clock', args: {} }
  }

  private async changesHouse(
    { standing, policyVersion }: Snapshot,
    { waitingFor, body }: Row,
  ): Promise<Done> {
    const { random, database } = this
    const { prisma } = database
    const one = () => random.of(standing.people)?.id ?? 'p0'
    // Those whom it concerns, more often than others: there it matters.
    const near = random.oneIn(3) ? [] : [...waitingFor, body.requester.id]
    const who = random.of(near) ?? one()
    const other = (who === body.requester.id ? random.of(waitingFor) : null) ?? one()
    this.hot = random.oneIn(4) ? null : who
    const did = (what: string): Done => ({ by: null, what, command: 'house', args: {} })
    switch (body.state === 'COUNTERED' && random.oneIn(3) ? 6 : random.below(8)) {
      case 0:
      case 1:
      case 2: {
        if (who === other) return did('nothing')
        this.hot = other
        await this.away(who, other, random.below(5))
        return random.oneIn(2)
          ? this.clockTurns(`${who} is away for ${other}`)
          : did(`${who} is away for ${other}`)
      }
      case 3:
        await prisma.absence.deleteMany({ where: { userId: who } })
        return did(`${who} is back`)
      case 4: {
        const role = random.of(ROLES) ?? 'KAM'
        await prisma.user.update({ where: { id: who }, data: { role } })
        return did(`${who} is ${role} now`)
      }
      case 5:
        if (who === body.requester.id) this.hot = random.of(waitingFor) ?? null
        await prisma.user.update({
          where: { id: who },
          data: { managerId: random.oneIn(5) || who === other ? null : other },
        })
        return did(`${who} is under ${other}, or nobody`)
      case 6: {
        if (random.oneIn(2)) {
          await prisma.deal.update({ where: { id: 'd1' }, data: { amount: 9_000 + random.below(3) * 500 } })
          return did('the deal is worth something else')
        }
        const { policy } = standing
        await setPolicy(database, { ...policy, rules: policy.rules.toReversed() }, policyVersion)
        return did('another policy')
      }
      default:
        if (who === 'p0') return did('nothing')
        await prisma.user.update({ where: { id: who }, data: { active: random.below(3) > 0 } })
        return did(`${who} leaves or comes`)
    }
  }

  private async away(userId: string, substituteId: string, days: number): Promise<void> {
    const day = (ahead: number) =>
      new Date(`${new Date(this.now.getTime() + ahead * 24 * HOUR).toISOString().slice(0, 10)}T00:00:00Z`)
    const content = { userId, substituteId, startsOn: day(-1), endsOn: day(days) }
    const id = `away-${userId}`
    await this.database.prisma.absence.upsert({ where: { id }, create: { id, ...content }, update: content })
  }
}
