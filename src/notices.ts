import type { Edit, Push } from './bots/ports.ts'
import type { Journal } from './commands/kit/invocation.ts'
import type { UnitOfWork } from './commands/kit/unit-of-work.ts'
import { composeCard } from './commands/notices/card.ts'
import { closeOver, moveToSubstitutes, passSteps, passStranded } from './commands/discounts/clockwork.ts'
import { movesWithZones } from './commands/follow-ups/clockwork.ts'
import { composeAll } from './commands/notices/compose.ts'
import { composeTogether, isGroupable } from './commands/notices/together.ts'
import { takeTurn } from './commands/notices/turn.ts'
import { hasQueueSchema } from './db/audit-rights.ts'
import { cards } from './db/cards.ts'
import type { Database } from './db/client.ts'
import { digestPlans } from './db/digest-plans.ts'
import { newId } from './db/new-id.ts'
import { outbox } from './db/outbox.ts'
import { queueConnections } from './db/queue-connections.ts'
import type { Platform, Reader } from './domain/shared/actor.ts'
import { HOLIDAYS } from './holidays.ts'
import type { Clockwork } from './commands/kit/clockwork.ts'
import type { NoticeMeter, Step, Words } from './jobs/delivery-parts.ts'
import { createJobs, type Jobs } from './jobs/jobs.ts'
import { createQueue, type QueuePlace } from './jobs/queue.ts'
import { type Reached, telling, watched } from './moments.ts'

export type NoticeParts = Readonly<{
  database: Database
  work: UnitOfWork
  pushes: ReadonlyMap<Platform, Push>
  /** Where the copies of cards are kept true; nowhere when absent. */
  edits?: ReadonlyMap<Platform, Edit> | undefined
  defaults: Reader
  journal: Journal
  meter: NoticeMeter
  now(): Date
  words?: Words | undefined
  clockwork?: readonly Clockwork[] | undefined
  tickMs?: number | undefined
  onStep?: ((step: Step, ids: readonly string[]) => Promise<void> | void) | undefined
  reached?: Reached | undefined
}>

/** What lets time pass: each looks every second for what time alone has changed. */
const clockwork = (): readonly Clockwork[] => [
  passSteps,
  moveToSubstitutes,
  passStranded,
  closeOver,
  movesWithZones(process.versions['tz'] ?? 'unknown'),
]

/** All that goes out without being asked for, over one database and the pushes of the bots that run. */
export function createNotices(parts: NoticeParts): Jobs {
  const { database, work, defaults, journal, meter, now, words, tickMs, onStep, reached } = parts
  return createJobs({
    outbox: watched('outbox', outbox(database.prisma, defaults, newId), reached),
    plans: watched('plans', digestPlans(database.prisma, defaults, newId), reached),
    queue: watched(
      'queue',
      createQueue(queuePlace(database), journal, () => hasQueueSchema(database)),
      reached,
    ),
    unitOfWork: work,
    words: words ?? { composeAll, composeTogether, isGroupable, takeTurn, composeCard },
    pushes: toldOf('push', parts.pushes, reached),
    edits: toldOf('edit', parts.edits ?? new Map(), reached),
    cards: watched('cards', cards(database.prisma, newId), reached),
    clockwork: parts.clockwork ?? clockwork(),
    calendar: HOLIDAYS,
    now,
    newId,
    journal,
    meter,
    ...(tickMs === undefined ? {} : { tickMs }),
    ...(onStep ? { onStep } : {}),
  })
}

const queuePlace = ({ place }: Database): QueuePlace => ('url' in place ? queueConnections(place.url) : place)

const toldOf = <Call extends Push | Edit>(
  name: string,
  calls: ReadonlyMap<Platform, Call>,
  reached: Reached | undefined,
): ReadonlyMap<Platform, Call> =>
  reached
    ? new Map([...calls].map(([platform, call]) => [platform, telling(`${name}.${platform}`, call, reached)]))
    : calls
