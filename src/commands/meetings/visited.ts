import { z } from 'zod'
import type { MeetingContent } from '../../domain/meetings/meeting.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import { isDay } from '../kit/moment-input.ts'
import { plain, say, show } from '../kit/view.ts'
import { accountSeen, WRITERS } from './access.ts'
import { meetingCard } from './card.ts'
import { logMeeting } from './write.ts'

/** One tap after sharing a place: a visit, at the time when the place was shared. */
export const visited = defineCommand({
  name: 'visited',
  aliases: [],
  summary: 'nearby.visited',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({
    account: z.string().min(1).max(64),
    at: z.iso.datetime().refine((at) => isDay(at.slice(0, 10))),
  }),

  async run(context, { account: id, at }) {
    const { actor, work, now } = context
    const account = await accountSeen(context, id)
    // A clock that runs ahead must not lead into the future.
    const startsAt = new Date(Math.min(Date.parse(at), now.getTime())).toISOString()
    const day = dayIn(actor.timeZone, new Date(startsAt))
    await work.meetings.oneByOne(actor.id)
    if (await isLogged(context, { account: id, startsAt, day })) {
      return show([{ kind: 'text', text: say('visited.already', { name: plain(account.name) }) }])
    }
    const content: MeetingContent = {
      kind: 'VISIT',
      day,
      startsAt,
      endsAt: null,
      mood: null,
      notes: null,
      attendees: [],
    }
    const { meeting } = await logMeeting(context, {
      account,
      status: 'HELD',
      content,
      steps: [],
      said: null,
      source: null,
    })
    return show(meetingCard(meeting, [], { actor, lead: say('meeting.logged'), fresh: true }))
  },
})

type Visit = Readonly<{ account: string; startsAt: string; day: string }>

/** The same button pressed twice is one visit. */
async function isLogged({ actor, work }: Context, { account, startsAt, day }: Visit): Promise<boolean> {
  const that = await work.meetings.between([actor.id], day, day)
  return that.some((one) => one.account.id === account && one.kind === 'VISIT' && one.startsAt === startsAt)
}
