import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/db/audit.ts'
import { must } from '../../domain/discounts/walk.checks.ts'
import { actsFor, mayDecide } from '../../domain/discounts/walk.oracle.ts'
import { emptyDatabase } from '../../support/database.ts'
import { buttonsOf, DECISIONS, type Done, Stage } from './walk.acts.ts'
import { type Entry, Ledger, LEFT } from './walk.checks.ts'
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

/** Whether somebody has, or stands in for, a seat of an open step, whatever else stands in their way. */
const hasSeat = ({ standing }: Snapshot, { steps }: Row['body'], id: string): boolean =>
  steps.some(
    ({ state, seats }) =>
      state === 'OPEN' && seats.some((seat) => seat.id === id || actsFor(standing, id, seat.id)),
  )

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
  if (LEFT.cards && buttons.length > 0 && hasSeat(snapshot, body, id)) return
  if (may.length === 0) must(buttons.length === 0, `${id} may not decide, and is shown ${shown.join()}`)
  else {
    const isOne = shown.length === 1 && may.some((step) => step.id === shown[0])
    must(
      isOne,
      `${id} may decide ${may.map((step) => step.id).join()}, and is shown ${shown.join() || 'nothing'}`,
    )
  }
}
