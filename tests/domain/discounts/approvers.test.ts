import { describe, expect, it } from 'vitest'
import {
  decidersOf,
  holdsSeat,
  isOfRequester,
  isServed,
  managersAbove,
  nextSeats,
  type Office,
  readerOf,
  seatsFor,
} from '../../../src/domain/discounts/approvers.ts'
import type { Approver } from '../../../src/domain/discounts/policy.ts'
import type { Seat } from '../../../src/domain/discounts/request.ts'
import { HOUSE, houseWith, officer, officeWith } from './office.sample.ts'

const ASKS = { requester: { id: 'anna', name: 'ANNA' } }
const above = (office: Office, person = 'anna') => managersAbove(office, person).map(({ id }) => id)
const seats = (by: Approver, office = officeWith(), requester = 'anna') =>
  seatsFor(by, requester, office).map(({ id }) => id)
const seat = (id: string, by: Approver): Seat => ({ id, name: id, role: 'MANAGER', by })
const next = (by: Approver, asked: readonly string[], office = officeWith(), requester = 'anna') =>
  nextSeats(
    { by, seats: asked.map((id) => seat(id, by)) },
    { requester: { id: requester, name: requester } },
    office,
  ).map(({ id }) => id)

describe('the people above somebody', () => {
  it('are their manager, that one’s manager, and so on', () => {
    expect(above(officeWith())).toEqual(['max', 'dana'])
    expect(above(officeWith(), 'dana')).toEqual([])
    expect(above(officeWith(), 'nobody')).toEqual([])
  })

  it('leave out who is not active any more: the tree goes on above them', () => {
    const officers = houseWith(officer('max', 'MANAGER', 'dana', { active: false }))
    expect(above(officeWith({ officers }))).toEqual(['dana'])
  })

  it('end where the tree has a gap', () => {
    expect(above(officeWith({ officers: HOUSE.filter(({ id }) => id !== 'max') }))).toEqual([])
    expect(above(officeWith({ officers: houseWith(officer('dana', 'DIRECTOR', 'gone')) }))).toEqual([
      'max',
      'dana',
    ])
  })

  it('end where it runs in a circle, and nobody is above themselves', () => {
    const circle = [
      officer('anna', 'KAM', 'max'),
      officer('max', 'MANAGER', 'dana'),
      officer('dana', 'DIRECTOR', 'max'),
    ]
    expect(above(officeWith({ officers: circle }))).toEqual(['max', 'dana'])
    const own = [officer('anna', 'KAM', 'max'), officer('max', 'MANAGER', 'anna')]
    expect(above(officeWith({ officers: own }))).toEqual(['max'])
    expect(above(officeWith({ officers: [officer('anna', 'KAM', 'anna')] }))).toEqual([])
  })
})

describe('whose authority the policy asks for', () => {
  it('is the manager at that height of the tree, and nobody where it is not so high', () => {
    expect(seats({ manager: 1 })).toEqual(['max'])
    expect(seats({ manager: 2 })).toEqual(['dana'])
    expect(seats({ manager: 3 })).toEqual([])
  })

  it('is everybody who has the role and is active, in a fixed order', () => {
    const officers = houseWith(
      officer('cleo', 'FINANCE'),
      officer('gone', 'FINANCE', null, { active: false }),
      officer('zoe', 'FINANCE'),
    )
    expect(seats({ role: 'FINANCE' }, officeWith({ officers }))).toEqual(['cleo', 'fay', 'zoe'])
  })

  it('is never the requester: neither by their role nor as their own manager’s manager', () => {
    expect(seats({ role: 'DIRECTOR' }, officeWith(), 'dana')).toEqual([])
    const own = [officer('anna', 'KAM', 'max'), officer('max', 'MANAGER', 'anna')]
    expect(seats({ manager: 2 }, officeWith({ officers: own }))).toEqual([])
  })
})

describe('a seat', () => {
  const holds = (by: Approver, id: string, office: Office) => holdsSeat(seat(id, by), 'anna', office)

  it('is held as long as its person has the role and is active', () => {
    expect(holds({ role: 'FINANCE' }, 'fay', officeWith())).toBe(true)
    expect(
      holds({ role: 'FINANCE' }, 'fay', officeWith({ officers: houseWith(officer('fay', 'KAM')) })),
    ).toBe(false)
    const left = houseWith(officer('fay', 'FINANCE', null, { active: false }))
    expect(holds({ role: 'FINANCE' }, 'fay', officeWith({ officers: left }))).toBe(false)
    expect(holds({ role: 'FINANCE' }, 'nobody', officeWith())).toBe(false)
  })

  it('of the tree is held by whoever stands there or higher, and by no one who moved away or below', () => {
    expect(holds({ manager: 1 }, 'max', officeWith())).toBe(true)
    expect(holds({ manager: 1 }, 'dana', officeWith())).toBe(true)
    expect(holds({ manager: 2 }, 'max', officeWith())).toBe(false)
    const moved = houseWith(officer('anna', 'KAM', 'dana'))
    expect(holds({ manager: 1 }, 'max', officeWith({ officers: moved }))).toBe(false)
  })

  it('is never the requester’s', () => {
    const officers = houseWith(officer('anna', 'DIRECTOR'))
    expect(holds({ role: 'DIRECTOR' }, 'anna', officeWith({ officers }))).toBe(false)
  })

  it('is used by its own person, and by those who stand in one after another, to the third', () => {
    const office = officeWith({ away: { max: 'boris vera fay' } })
    expect(decidersOf({ id: 'max' }, ASKS, office)).toEqual(['max', 'boris', 'vera', 'fay'])
    expect(decidersOf({ id: 'dana' }, ASKS, office)).toEqual(['dana'])
  })

  it('is used by nobody who stands in for the requester, however many are between', () => {
    const office = officeWith({ away: { max: 'boris', anna: 'vera boris' } })
    expect(decidersOf({ id: 'max' }, ASKS, office)).toEqual(['max'])
    expect(isOfRequester('vera', ASKS, office)).toBe(true)
    expect(isOfRequester('boris', ASKS, office)).toBe(true)
    expect(isOfRequester('anna', ASKS, office)).toBe(true)
    expect(isOfRequester('max', ASKS, office)).toBe(false)
  })

  it('is not used by its own person while they stand in for the requester', () => {
    const office = officeWith({ away: { anna: 'max' } })
    expect(decidersOf({ id: 'max' }, ASKS, office)).toEqual([])
    expect(isServed({ id: 'max' }, ASKS, office)).toBe(false)
    expect(readerOf({ id: 'max' }, ASKS, office)).toBeNull()
  })

  it('is served while its person is there, or somebody else who may decide', () => {
    expect(isServed({ id: 'max' }, ASKS, officeWith())).toBe(true)
    expect(isServed({ id: 'max' }, ASKS, officeWith({ away: { max: 'boris' } }))).toBe(true)
  })

  it('is not served while its person is away and the only one who stands in is the requester', () => {
    expect(isServed({ id: 'max' }, ASKS, officeWith({ away: { max: 'anna' } }))).toBe(false)
    expect(isServed({ id: 'max' }, ASKS, officeWith({ away: { max: 'boris', anna: 'boris' } }))).toBe(false)
  })

  it('is not served either when a substitute in between is away too and the requester is the last', () => {
    expect(isServed({ id: 'max' }, ASKS, officeWith({ away: { max: 'boris anna', boris: 'anna' } }))).toBe(
      false,
    )
  })

  it('is told to the last of those who stand in, because the others are away', () => {
    expect(readerOf({ id: 'max' }, ASKS, officeWith({ away: { max: 'boris vera', boris: 'vera' } }))).toBe(
      'vera',
    )
    expect(readerOf({ id: 'max' }, ASKS, officeWith())).toBe('max')
  })
})

describe('who is asked next', () => {
  it('is the one above, up to the top of the tree', () => {
    expect(next({ manager: 1 }, ['max'])).toEqual(['dana'])
    const officers = houseWith(officer('dana', 'DIRECTOR', 'olga'), officer('olga', 'DIRECTOR'))
    expect(next({ manager: 1 }, ['max', 'dana'], officeWith({ officers }))).toEqual(['olga'])
  })

  it('is by role after the top of the tree, from the role that stands there', () => {
    expect(next({ manager: 1 }, ['max', 'dana'])).toEqual(['ada'])
    const officers = [officer('anna', 'KAM', 'max'), officer('max', 'MANAGER'), officer('dana', 'DIRECTOR')]
    expect(next({ manager: 1 }, ['max'], officeWith({ officers }))).toEqual(['dana'])
    expect(next({ manager: 1 }, [], officeWith({ officers: houseWith(officer('anna', 'KAM')) }))).toEqual([
      'dana',
    ])
  })

  it('is from role to role as the policy says, skipping a role that nobody has', () => {
    expect(next({ role: 'FINANCE' }, ['fay'])).toEqual(['dana'])
    const nobody = HOUSE.filter(({ role }) => role !== 'DIRECTOR')
    expect(next({ role: 'FINANCE' }, ['fay'], officeWith({ officers: nobody }))).toEqual(['ada'])
  })

  it('is the fallback in the end, and nobody after that', () => {
    const office = officeWith({ policy: { escalation: {} } })
    expect(next({ role: 'FINANCE' }, ['fay'], office)).toEqual(['ada'])
    expect(next({ role: 'FINANCE' }, ['fay', 'ada'], office)).toEqual([])
  })

  it('is never somebody who was asked already, though another rung leads to them again', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'))
    expect(next({ manager: 1 }, ['max', 'dana'], officeWith({ officers }))).toEqual(['ada'])
    expect(next({ role: 'MANAGER' }, ['max', 'dana'], officeWith({ officers }))).toEqual(['olga'])
  })

  it('is first whoever came to stand at the very place since: the new manager before the one above', () => {
    const officers = houseWith(
      officer('max', 'MANAGER', 'dana', { active: false }),
      officer('mia', 'MANAGER', 'dana'),
      officer('anna', 'KAM', 'mia'),
    )
    expect(next({ manager: 1 }, ['max'], officeWith({ officers }))).toEqual(['mia'])
    const two = houseWith(officer('zoe', 'FINANCE'))
    expect(next({ role: 'FINANCE' }, ['fay'], officeWith({ officers: two }))).toEqual(['zoe'])
  })

  it('is nobody whose seat the requester would use, and never the requester', () => {
    expect(next({ manager: 1 }, ['max'], officeWith({ away: { dana: 'anna' } }))).toEqual(['ada'])
    expect(next({ role: 'FINANCE' }, ['fay'], officeWith(), 'dana')).toEqual(['ada'])
  })

  it('comes to an end where the roles pass on in a circle', () => {
    const office = officeWith({
      officers: [officer('anna', 'KAM'), officer('ada', 'ADMIN')],
      policy: { escalation: { MANAGER: 'DIRECTOR', DIRECTOR: 'MANAGER' } },
    })
    expect(next({ role: 'MANAGER' }, [], office)).toEqual(['ada'])
  })
})
