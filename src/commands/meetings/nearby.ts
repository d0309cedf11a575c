import { z } from 'zod'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { NearAccount } from '../../domain/meetings/place.ts'
import { type Departure, isOnSite } from '../../domain/meetings/punctuality.ts'
import { addDays, dayIn } from '../../domain/shared/day.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import { type Block, type Line, parts, plain, say, show, type Text } from '../kit/view.ts'
import { leaveText, timeText } from '../notices/brief-view.ts'
import { WRITERS } from './access.ts'
import { departureFor, planMeetingNotices } from '../notices/plan-meeting.ts'

/** As far as a working day's drive reaches; more is not near. */
const REACH_KM = 50
const OFFERED = 5

const degrees = (most: number) =>
  z
    .string({ error: 'error.wrongPlace' })
    .regex(/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i, { error: 'error.wrongPlace' })
    .transform(Number)
    .refine((value) => Math.abs(value) <= most, { error: 'error.wrongPlace' })

/** A shared place: who is near, and when to leave for what is planned today. */
export const nearby = defineCommand({
  name: 'nearby',
  aliases: [],
  summary: 'nearby.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  hears: 'place',
  input: z.object({ latitude: degrees(90), longitude: degrees(180) }),

  async run(context, place) {
    const { actor, work, saidAt, channel } = context
    await work.places.save(actor.id, place, saidAt)
    // Where somebody was is nobody's business: that it was shared is enough for the log.
    await work.audit.write({ actorId: actor.id, channel, action: 'place.share', subject: actor.id })
    const near = await work.places.nearest(place, REACH_KM * 1000, actor.sight, OFFERED)
    return show([...(await departures(context)), ...accountsNear(near, saidAt)])
  },
})

function accountsNear(near: readonly NearAccount[], at: Date): Block[] {
  if (near.length === 0) {
    return [
      { kind: 'text', text: say('nearby.none', { km: REACH_KM }) },
      { kind: 'note', text: say('nearby.howTo') },
    ]
  }
  return [
    { kind: 'text', text: say('nearby.which') },
    ...near.map((account) => buttonsOf(account, at)),
    { kind: 'note', text: say('nearby.straight') },
  ]
}

function buttonsOf({ id, name, metres }: NearAccount, at: Date): Block {
  return {
    kind: 'buttons',
    buttons: [
      {
        label: parts(plain(name), distanceText(metres)),
        command: 'meeting',
        args: { account: id, kind: 'VISIT', at: 'now' },
      },
      { label: say('nearby.visited'), command: 'visited', args: { account: id, at: at.toISOString() } },
    ],
  }
}

/** No more exact than the place of a telephone is. */
function distanceText(metres: number): Text {
  if (metres < 950) return say('nearby.metres', { metres: Math.max(50, Math.round(metres / 50) * 50) })
  const km = metres / 1000
  return say('nearby.km', { km: km < 10 ? Math.round(km * 10) / 10 : Math.round(km) })
}

/** The planned meetings of today, with the time to leave reckoned anew; their briefs move with it. */
async function departures(context: Context): Promise<Block[]> {
  const { actor, work, now, today } = context
  const items: Line[] = []
  for (const meeting of await work.meetings.between([actor.id], addDays(today, -1), addDays(today, 1))) {
    if (!isToday(meeting, context)) continue
    const [visible] = await work.accounts.refs([meeting.account.id], actor.sight)
    const leave = visible ? await departureFor(work, meeting, actor.id, now) : null
    if (!leave) continue
    await planMeetingNotices(context, meeting)
    items.push(departureLine(meeting, leave, context))
  }
  return items.length > 0 ? [{ kind: 'list', title: say('nearby.today'), items }] : []
}

function isToday({ status, startsAt, kind }: Meeting, { actor, now, today }: Context): boolean {
  if (status !== 'PLANNED' || !startsAt || !isOnSite(kind)) return false
  return Date.parse(startsAt) > now.getTime() && dayIn(actor.timeZone, new Date(startsAt)) === today
}

function departureLine({ account, startsAt }: Meeting, leave: Departure, { actor, now }: Context): Line {
  const glance = { now, timeZone: actor.timeZone }
  const starts = say('nearby.at', { time: timeText(new Date(startsAt ?? leave.at), glance) })
  return {
    text: parts(plain(account.name), starts, leaveText(leave, glance)),
    tone: leave.at <= now ? 'bad' : 'warn',
  }
}
