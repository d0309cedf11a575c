import type { PersonId } from '../../domain/shared/actor.ts'
import type { Clockwork, PassingTime } from '../kit/clockwork.ts'
import { rhythmOf } from './promise.ts'
import { replanAll } from './replan.ts'

/** More in one look would hold up everything else; the rest comes a second later. */
const MOST_AT_ONCE = 50

/**
 * Governments move the clocks at short notice: under newer rules of the world’s time zones "Friday 10:00" is another
 * moment. Reminders that were planned by another version are planned anew, each person’s in a transaction, once in the
 * life of a process; what another process has moved already stays where it is. The first start only notes its version.
 */
export function movesWithZones(version: string): Clockwork {
  let next: 'look' | 'move' | 'note' | null = 'look'
  let last: PersonId = ''
  return async (passing) => {
    const { unitOfWork } = passing
    if (next === 'look') {
      const before = await unitOfWork.read((work) => work.followUps.plannedByZones())
      next = before === version ? null : before === null ? 'note' : 'move'
    }
    if (next === 'move') {
      const owners = await unitOfWork.read((work) => work.followUps.ownersOfOpen(last, MOST_AT_ONCE))
      for (const owner of owners) {
        await replanOf(passing, owner)
        last = owner
      }
      if (owners.length === 0) next = 'note'
    }
    if (next === 'note') {
      await unitOfWork.change((work) => work.followUps.noteZones(version))
      next = null
    }
  }
}

const replanOf = ({ unitOfWork, now, calendar }: PassingTime, owner: PersonId): Promise<void> =>
  unitOfWork.change(async (work) => {
    const time = await work.people.workingTimeOf(owner)
    if (time) await replanAll({ work, now: now() }, owner, rhythmOf(time, calendar))
  })
