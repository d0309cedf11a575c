import type { ComposeContext, Owed } from './composer.ts'

/**
 * The next time of a repeating follow-up has come: an undone one is counted as missed, the row moves on, and its
 * reminder and the turn after it are planned. Inside a transaction; does nothing when the row has moved on already.
 */
export async function takeTurn(_context: ComposeContext, _owed: Owed): Promise<void> {
  throw new Error('not built yet')
}
