import type { Calendar } from '../../domain/identity/hours.ts'
import type { DueNotice } from '../../domain/notices/notice.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { View } from '../kit/view.ts'

/** One notice for the person who gets it: its own person, or their substitute of today. */
export type Owed = Readonly<{
  notice: DueNotice
  /** Who gets it, with their rights read anew. */
  to: Actor
  /** For whom, when `to` substitutes. */
  insteadOf: Readonly<{ id: string; name: string }> | null
}>

export type ComposeContext = Readonly<{ work: Work; now: Date; calendar: Calendar }>

/** What to say, by the notice's id; null for what is no longer wanted. A batch costs few round trips, whatever its size. */
export type Composer = (
  context: ComposeContext,
  batch: readonly Owed[],
) => Promise<ReadonlyMap<string, View | null>>

/** More of one person at once than this become one message. */
export const MOST_SINGLE = 3
/** What goes out later than this says so. */
export const LATE_MS = 10 * 60_000
