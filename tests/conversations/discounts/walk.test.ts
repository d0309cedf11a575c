import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/db/audit.ts'
import { must } from '../../domain/discounts/walk.checks.ts'
import { mayDecide } from '../../domain/discounts/walk.oracle.ts'
import { emptyDatabase } from '../../support/database.ts'
import { buttonsOf, DECISIONS, type Done, Stage } from './walk.acts.ts'
import { type Entry, Ledger } from './walk.checks.ts'
import { chance, type Row, type Snapshot } from './walk.house.ts'

/** WALK_DB_SEED=<seed> WALK_DB_RUNS=1 walks one again, as a failure prints it. */
const FIRST = Number(process.env['WALK_DB_SEED'] ?? 8)
const RUNS = Number(process.env['WALK_DB_RUNS'] ?? 16)
const ACTS = 16

describe('requests in a house by chance, by real lines and presses, forged and old ones', () => {
  const seen = new Map<string, number>()

  it.each(Array.from({ length: RUNS }, (_, at) => FIRST + at))(
    'agree with who might, with the audit log and with every card (seed %i)',
    async (seed) => {
      await walk(seed, seen)
      expect(seen.get('acts')).toBeGreaterThan(0)
    },
  )

  // A walk that never gets anywhere proves nothing.
  it.runIf(RUNS >= 16)('have been everywhere', () => {
    const least = ['approve', 'counter', 'accept', 'resubmit', 'escalate'].map((name) => `discount.${name}`)
    expect([...least, 'substitute', 'carried'].filter((what) => !seen.has(what))).toEqual([])
    if (process.env['WALK_DB_RUNS']) console.log(Object.fromEntries(seen))
  })
})

async function walk(seed: number, seen: Map<string, number>): Promise<void> {
  const database = await emptyDatabase()
  const stage = await Stage.open(database, chance(seed))
  const ledger = new Ledger()
  const trace: string[] = []
  let lastSeq = 0n
  let read = await stage.read()
  for (let act = 0; act < ACTS; act += 1) {
    stage.ticks()
    const before = read(stage.now)
    try {
      const done = await stage.acts(before)
      if (!done) continue
      trace.push(`${stage.now.toISOString().slice(5, 19)} ${done.what}`)
      must(stage.errors().length === 0, stage.errors().join('\n'))
      read = await stage.read()
      const after = read(stage.now)
      const rows = await database.prisma.auditEntry.findMany({
        where: { seq: { gt: lastSeq } },
        orderBy: { seq: 'asc' },
      })
      lastSeq = rows.at(-1)?.seq ?? lastSeq
      ledger.check({ before, after, done, entries: rows as unknown as Entry[], now: stage.now })
      await checkStale(stage, before, after)
      await checkCards(stage, after, done)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`${why}\n${await told(stage, trace)}\nWALK_DB_SEED=${seed} WALK_DB_RUNS=1`, {
        cause: error,
      })
    }
  }
  expect(await verifyAudit(database.prisma)).toMatchObject({ broken: null })
  for (const [what, count] of ledger.seen) seen.set(what, (seen.get(what) ?? 0) + count)
  seen.set('acts', (seen.get('acts') ?? 0) + trace.length)
}

async function told(stage: Stage, trace: readonly string[]): Promise<string> {
  const { standing, requests } = (await stage.read())(stage.now)
  const people = standing.people.map(({ id, role, managerId, active }) =>
    [
      id,
      role,
      managerId && `under ${managerId}`,
      !active && 'left',
      standing.away.has(id) && `away for ${standing.away.get(id)}`,
    ]
      .filter(Boolean)
      .join(' '),
  )
  const steps = [...requests.values()].map(
    ({ id, state, body }) =>
      `${id} ${state} of ${body.requester.id}: ${body.steps.map((step) => `${step.id} ${step.state} ${JSON.stringify(step.by)} of ${step.seats.map((seat) => seat.id).join('+')}`).join(', ')}`,
  )
  return [...trace, ...people, ...steps].join('\n')
}

/** Whoever read it before this act can write nothing any more. */
async function checkStale({ core }: Stage, before: Snapshot, after: Snapshot): Promise<void> {
  for (const [id, was] of before.requests) {
    if (after.requests.get(id)?.version === was.version) continue
    const saved = await core.unitOfWork.change((work) => work.discounts.save(was.body, was.body, null))
    must(!saved, `version ${was.version} was written over ${after.requests.get(id)?.version}`)
  }
}

const OF_REQUESTER = ['discount-accept', 'discount-refuse', 'discount-withdraw']

/** Whoever may decide, and two others: a card costs a dozen questions to the database. */
function lookersAt({ random }: Stage, { standing, todayOf }: Snapshot, { body }: Row): readonly string[] {
  const active = standing.people.filter((one) => one.active).map(({ id }) => id)
  const may = active.filter((id) =>
    body.steps.some((step) => mayDecide(standing, body, step, id, todayOf(id))),
  )
  const asked = body.steps.flatMap((step) => (step.state === 'OPEN' ? step.seats.map(({ id }) => id) : []))
  const proxies = [body.requester.id, ...asked].flatMap((id) => standing.away.get(id) ?? [])
  const others = [
    random.of(active),
    random.of([...asked, ...proxies]),
    random.of([body.requester.id, ...proxies]),
  ]
  const all = [...may, ...others].filter((id) => id !== undefined)
  return [...new Set(all)].filter((id) => active.includes(id))
}

/** Everybody's card of the newest request has the buttons of what they may do now, and none when it is over. */
async function checkCards(stage: Stage, snapshot: Snapshot, { command }: Done): Promise<void> {
  const last = [...snapshot.requests.values()].at(-1)
  if (!last || command === 'nothing') return
  for (const id of lookersAt(stage, snapshot, last)) {
    const reply = await stage.card(id, last.id)
    const buttons = buttonsOf(reply)
    if (reply.answer.kind === 'view' && reply.answer.about)
      must(
        reply.answer.about.version === last.version,
        `${id} is shown version ${reply.answer.about.version}`,
      )
    checkDecisions(snapshot, last, id, buttons)
    const theirs = buttons
      .filter((button) => OF_REQUESTER.includes(button.command))
      .map((button) => button.command)
    const isOpen = last.state === 'PENDING' || last.state === 'COUNTERED'
    must(isOpen || theirs.length === 0, `it is ${last.state}, and ${id} is shown ${theirs.join(', ')}`)
    if (id !== last.body.requester.id) continue
    must(
      theirs.includes('discount-accept') === (last.state === 'COUNTERED'),
      `${id} is shown ${theirs.join(', ')}`,
    )
  }
}

function checkDecisions(
  snapshot: Snapshot,
  { body, state }: Row,
  id: string,
  all: ReturnType<typeof buttonsOf>,
): void {
  const buttons = all.filter(({ command }) => DECISIONS.some((one) => one === command))
  const may = body.steps.filter((step) => mayDecide(snapshot.standing, body, step, id, snapshot.todayOf(id)))
  const shown = [...new Set(buttons.map(({ args }) => args['s']))]
  must(state === 'PENDING' || buttons.length === 0, `it is ${state}, and ${id} is shown decisions`)
  if (may.length === 0) must(buttons.length === 0, `${id} may not decide, and is shown ${shown.join()}`)
  else {
    const isOne = shown.length === 1 && may.some((step) => step.id === shown[0])
    must(
      isOne,
      `${id} may decide ${may.map((step) => step.id).join()}, and is shown ${shown.join() || 'nothing'}`,
    )
  }
}
