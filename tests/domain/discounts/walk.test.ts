import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actingAt } from '../../../src/domain/discounts/decide.ts'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import {
  checkAsked,
  checkChange,
  checkClock,
  checkGranted,
  checkStates,
  checkVotes,
  must,
} from './walk.checks.ts'
import { mayDecide } from './walk.oracle.ts'
import { Walker } from './walk.walker.ts'
import { act, type Act, beginning, type Beginning } from './walk.world.ts'

/** To walk one again: WALK_SEED and WALK_PATH as a failure prints them; WALK_RUNS for a longer one. */
const SEED = Number(process.env['WALK_SEED'] ?? 20_261_123)
const RUNS = Number(process.env['WALK_RUNS'] ?? 1_000)
const PATH = process.env['WALK_PATH']

describe('any request, whoever does what around it', () => {
  it('is decided once per step, by those who may, for what they saw', () => {
    const seen = new Map<string, number>()
    const walks = fc.property(
      beginning,
      fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }),
      (start, acts) => {
        walk(start, acts, seen)
      },
    )
    fc.assert(walks, { numRuns: RUNS, seed: SEED, ...(PATH ? { path: PATH } : {}) })
    if (process.env['WALK_RUNS']) console.log(Object.fromEntries(seen))
    // A walk that never gets anywhere proves nothing.
    for (const least of [
      'GRANTED',
      'DECLINED',
      'WITHDRAWN',
      'COUNTERED',
      'carried',
      'substitute',
      'second vote',
      'passed on',
    ])
      expect(seen.get(least) ?? 0, least).toBeGreaterThan(RUNS / 40)
  })
})

function walk(start: Beginning, acts: readonly Act[], seen: Map<string, number>): void {
  const walker = new Walker(start)
  for (const one of acts) {
    const before = walker.request
    try {
      const changed = walker.does(one)
      if (walker.request && changed) checkChange(before, walker.request, one.does)
      if (walker.request) checkRequest(walker, walker.request, before)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(
        `${why}\n${walker.trace.join('\n')}\nat ${JSON.stringify(one)}\n${walker.world.describe()}`,
        { cause: error },
      )
    }
    seen.set('acts', (seen.get('acts') ?? 0) + 1)
    if (walker.request && walker.request !== before) count(walker.request, seen)
  }
}

function count({ state, steps }: DiscountRequest, seen: Map<string, number>): void {
  const add = (what: string, is: boolean) => is && seen.set(what, (seen.get(what) ?? 0) + 1)
  add(state, true)
  add(
    'carried',
    steps.some(({ carried }) => carried),
  )
  add(
    'substitute',
    steps.some(({ votes }) => votes.some(({ onBehalfOf }) => onBehalfOf !== null)),
  )
  add(
    'second vote',
    steps.some(({ votes }) => votes.length > 1),
  )
  add(
    'passed on',
    steps.some(({ escalations }) => escalations > 0),
  )
}

function checkRequest(walker: Walker, request: DiscountRequest, before: DiscountRequest | null): void {
  const known = { given: walker.given, standing: walker.world.standing }
  checkStates(request)
  checkClock(request)
  for (const step of request.steps) checkVotes(known, request, step)
  if (request === before) return checkRights(walker, request)
  for (const step of request.steps.filter(({ state }) => state === 'OPEN'))
    checkAsked(known, request, step, before)
  checkRights(walker, request)
  if (request.state === 'GRANTED') checkGranted(known, request)
}

/** Who may decide is who may, seen by everybody at every open step. */
function checkRights({ world }: Walker, request: DiscountRequest): void {
  const { standing, today } = world
  const office = world.office()
  for (const step of request.steps.filter(({ state }) => state === 'OPEN' && request.state === 'PENDING'))
    for (const { id, active } of world.people.filter((one) => one.active)) {
      const acting = actingAt(request, step, { id, name: id, channel: 'console' }, office)
      const may = mayDecide(standing, request, step, id, today)
      must(
        active && (typeof acting !== 'string') === may,
        `${id} at ${step.id}: ${may ? 'may' : 'may not'}, ${JSON.stringify(acting)}`,
      )
    }
}
