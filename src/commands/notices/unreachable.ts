import type { PersonOpen } from '../../domain/notices/team.ts'
import { type Block, plain, say, type View } from '../kit/view.ts'
import type { Composer, Owed } from './composer.ts'

/** Tells a manager that somebody of theirs gets nothing; not any more when they have come back, or are another's now. */
export const composeUnreachables: Composer = async ({ work }, batch) => {
  const people = await work.team.openPromisesOf(batch.map(({ notice }) => notice.subject))
  const known = new Map(people.map((one) => [one.id, one]))
  return new Map(batch.map((owed) => [owed.notice.id, viewOf(owed, known.get(owed.notice.subject))]))
}

function viewOf({ notice, to, insteadOf }: Owed, person: PersonOpen | undefined): View | null {
  const manager = insteadOf?.id ?? to.id
  if (!person || person.managerId !== manager) return null
  const name = plain(person.name)
  const count = person.open
  const open: Block[] = count > 0 ? [{ kind: 'text', text: say('notice.open', { count }) }] : []
  if (notice.kind === 'departed') {
    if (person.active) return null
    const hint = count > 0 ? say('notice.departed.hint') : say('notice.departed.calm')
    return [
      { kind: 'heading', text: say('notice.departed', { name }) },
      ...open,
      { kind: 'note', text: hint },
    ]
  }
  if (person.reachable) return null
  return [
    { kind: 'heading', text: say('notice.unreachable', { name }) },
    ...open,
    { kind: 'note', text: say('notice.unreachable.hint') },
  ]
}
