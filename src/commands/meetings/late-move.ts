import { z } from 'zod'
import { dayIn } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { rhythmOfOwner } from '../follow-ups/promise.ts'
import { defineCommand } from '../kit/command.ts'
import { plain, say, show } from '../kit/view.ts'
import { fateOf } from './outcome.ts'
import { WRITERS } from './access.ts'
import { lockedPlanned } from './planned.ts'
import { amendMeeting } from './write.ts'

const MINUTE = 60_000

/** Moves the meeting by as much as its draft says. `from` is the time it was offered for. */
export const lateMove = defineCommand({
  name: 'late-move',
  aliases: [],
  summary: 'late.moveSummary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({
    meeting: z.string().min(1).max(64),
    from: z.iso.datetime(),
    minutes: z.coerce.number().int().min(1).max(1_440),
  }),

  async run(context, { meeting: id, from, minutes }) {
    const meeting = await lockedPlanned(context, id)
    if (!meeting) return show(await fateOf(context, { id }))
    const { startsAt, endsAt, account, author } = meeting
    const name = plain(account.name)
    if (!startsAt || Date.parse(startsAt) !== Date.parse(from)) {
      const when = startsAt ? { instant: startsAt } : { day: meeting.day }
      return show([{ kind: 'text', tone: 'warn', text: say('late.movedBefore', { name, when }) }])
    }
    const later = (instant: string) => new Date(Date.parse(instant) + minutes * MINUTE).toISOString()
    const moved = new Date(later(startsAt))
    if (moved <= context.now) throw new DomainError('lateMovePast')
    // An evening's meeting may be moved past midnight.
    const { timeZone } = await rhythmOfOwner(context, author?.id ?? context.actor.id)
    const changes = {
      day: dayIn(timeZone, moved),
      startsAt: later(startsAt),
      ...(endsAt ? { endsAt: later(endsAt) } : {}),
    }
    if (!(await amendMeeting(context, meeting, changes))) return show(await fateOf(context, meeting))
    return show([
      { kind: 'text', tone: 'good', text: say('late.moved', { name, when: { instant: changes.startsAt } }) },
      { kind: 'note', text: say('late.moved.note') },
    ])
  },
})
