import type { Edit, Push } from './bots/ports.ts'
import type { Journal } from './commands/kit/invocation.ts'
import type { UnitOfWork } from './commands/kit/unit-of-work.ts'
import { composeCard } from './commands/notices/card.ts'
import { moveToSubstitutes, passSteps, passStranded } from './commands/discounts/clockwork.ts'
import { composeAll } from './commands/notices/compose.ts'
import { composeTogether, isGroupable } from './commands/notices/together.ts'
import { takeTurn } from './commands/notices/turn.ts'
import { cards } from './db/cards.ts'
import type { Database } from './db/client.ts'
import { digestPlans } from './db/digest-plans.ts'
import { newId } from './db/new-id.ts'
import { outbox } from './db/outbox.ts'
import type { Platform, Reader } from './domain/shared/actor.ts'
import { HOLIDAYS } from './holidays.ts'
import type { Clockwork } from './jobs/clockwork.ts'
import type { NoticeMeter, Step, Words } from './jobs/delivery-parts.ts'
import { createJobs, type Jobs } from './jobs/jobs.ts'
import { createQueue } from './jobs/queue.ts'

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
}>

/** What lets time pass: each looks every second for what time alone has changed. */
const CLOCKWORK: readonly Clockwork[] = [passSteps, moveToSubstitutes, passStranded]

/** All that goes out without being asked for, over one database and the pushes of the bots that run. */
export function createNotices(parts: NoticeParts): Jobs {
  const { database, work, pushes, edits, defaults, journal, meter, now, words, tickMs, onStep } = parts
  return createJobs({
    outbox: outbox(database.prisma, defaults, newId),
    plans: digestPlans(database.prisma, defaults, newId),
    queue: createQueue(database.place, journal),
    unitOfWork: work,
    words: words ?? { composeAll, composeTogether, isGroupable, takeTurn, composeCard },
    pushes,
    edits: edits ?? new Map(),
    cards: cards(database.prisma, newId),
    clockwork: parts.clockwork ?? CLOCKWORK,
    calendar: HOLIDAYS,
    now,
    newId,
    journal,
    meter,
    ...(tickMs === undefined ? {} : { tickMs }),
    ...(onStep ? { onStep } : {}),
  })
}
