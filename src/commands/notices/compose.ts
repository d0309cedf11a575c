import type { DueNotice } from '../../domain/notices/notice.ts'
import type { Calendar } from '../../domain/identity/hours.ts'
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

/** More of one person at once than this become one message. */
export const MOST_SINGLE = 3
/** Later than this is said. */
export const LATE_MS = 10 * 60_000

/** What to say, by the notice's id; null for what is no longer wanted. One round trip for all reminders of a batch. */
export async function composeAll(
  _context: ComposeContext,
  _batch: readonly Owed[],
): Promise<ReadonlyMap<string, View | null>> {
  throw new Error('not built yet')
}

/** Several reminders and chases of one person as one message; called with more than MOST_SINGLE of them. */
export async function composeTogether(_context: ComposeContext, _batch: readonly Owed[]): Promise<View> {
  throw new Error('not built yet')
}

/** In the transaction that records a notice as sent: a repeating follow-up plans its next time. */
export async function afterSent(_context: ComposeContext, _owed: Owed): Promise<void> {
  throw new Error('not built yet')
}

/** True for what may be told together: reminders and chases. */
export const isGroupable = ({ notice: { kind } }: Owed): boolean => kind === 'reminder' || kind === 'chase'
