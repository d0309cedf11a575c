import type { View } from '../kit/view.ts'
import type { ComposeContext, Owed } from './composer.ts'

/** What may be told together: reminders and chases. */
export const isGroupable = ({ notice: { kind } }: Owed): boolean => kind === 'reminder' || kind === 'chase'

/** Several reminders and chases of one person as one message; called with more than MOST_SINGLE that are still wanted. */
export async function composeTogether(_context: ComposeContext, _batch: readonly Owed[]): Promise<View> {
  throw new Error('not built yet')
}
