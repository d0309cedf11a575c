import type { Push } from '../bots/ports.ts'
import type { Journal } from '../commands/kit/invocation.ts'
import type { UnitOfWork } from '../commands/kit/unit-of-work.ts'
import type { View } from '../commands/kit/view.ts'
import type { ComposeCard } from '../commands/notices/card.ts'
import type { ComposeContext, Owed } from '../commands/notices/composer.ts'
import type { Calendar } from '../domain/identity/hours.ts'
import type { NoticeKind } from '../domain/notices/notice.ts'
import type { Outbox } from '../domain/notices/outbox.ts'
import type { Platform } from '../domain/shared/actor.ts'

/** What to say. A test brings words of its own. */
export type Words = Readonly<{
  composeAll(context: ComposeContext, batch: readonly Owed[]): Promise<ReadonlyMap<string, View | null>>
  composeTogether(context: ComposeContext, batch: readonly Owed[]): Promise<View>
  isGroupable(owed: Owed): boolean
  takeTurn(context: ComposeContext, owed: Owed): Promise<void>
  composeCard: ComposeCard
}>

type NoticeOutcome = 'sent' | 'later' | 'unclear' | 'refused' | 'dropped' | 'parked' | 'taken' | 'failed'

/** What is counted. `lateMs` is given for what was sent. */
export type NoticeMeter = Readonly<{
  settled(kind: NoticeKind, platform: Platform | null, outcome: NoticeOutcome, lateMs?: number): void
  waiting(count: number): void
}>

/** The steps between which a process may die. A test dies there. */
export type Step = 'claimed' | 'composed' | 'begun' | 'pushed' | 'recorded' | 'edited'

export type DeliveryParts = Readonly<{
  outbox: Outbox
  unitOfWork: Pick<UnitOfWork, 'read' | 'change' | 'identify'>
  words: Words
  pushes: ReadonlyMap<Platform, Push>
  calendar: Calendar
  now(): Date
  newId(): string
  journal: Journal
  meter: NoticeMeter
  /** Given when the process begins to stop: what is not begun is given back. */
  stopping: AbortSignal
  onStep?: (step: Step, ids: readonly string[]) => Promise<void> | void
}>
