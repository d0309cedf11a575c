import type { Database } from '../db/client.ts'

/** What a command of the terminal may touch. */
export type CliIo = Readonly<{
  database: Database
  out(line: string): void
  err(line: string): void
  /** Writes over one line of a terminal; null when there is none. */
  progress: ((text: string) => void) | null
  /** Asks on a terminal; missing where nobody could answer. */
  confirm?(question: string): Promise<boolean>
  now(): Date
  /** Where the program notes the end of the audit log. */
  anchorFile?: string | null
  defaults: Readonly<{ currency: string; timeZone: string }>
}>

export const EXIT = { ok: 0, refused: 1, usage: 2 } as const

/** Asked for wrongly: answered with this one line and exit code 2. */
export class UsageError extends Error {}
