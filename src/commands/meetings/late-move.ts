import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import { defineCommand } from '../kit/command.ts'
import { plain, say, show } from '../kit/view.ts'
import { fateOf } from './outcome.ts'
import { meetingToChange, WRITERS } from './access.ts'
import { lockPlanned } from './planned.ts'
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
    const { work, now } = context
    const meeting = await meetingToChange(context, id)
    if (!(await lockPlanned(work, meeting))) return show(await fateOf(context, meeting))
    const { startsAt, endsAt, account } = meeting
    const name = plain(account.name)
    if (!startsAt || Date.parse(startsAt) !== Date.parse(from)) {
      const when = startsAt ? { instant: startsAt } : { day: meeting.day }
      return show([{ kind: 'text', tone: 'warn', text: say('late.movedBefore', { name, when }) }])
    }
    const later = (instant: string) => new Date(Date.parse(instant) + minutes * MINUTE).toISOString()
    if (Date.parse(later(startsAt)) <= now.getTime()) throw new DomainError('lateMovePast')
    const changes = { startsAt: later(startsAt), ...(endsAt ? { endsAt: later(endsAt) } : {}) }
    if (!(await amendMeeting(context, meeting, changes))) return show(await fateOf(context, meeting))
    return show([
      { kind: 'text', tone: 'good', text: say('late.moved', { name, when: { instant: changes.startsAt } }) },
      { kind: 'note', text: say('late.moved.note') },
    ])
  },
})
