import { withDialogues } from './commands/kit/dialogue.ts'
import type { Dispatcher, Journal } from './commands/kit/invocation.ts'
import { createLimit } from './commands/kit/limit.ts'
import type { Config } from './config.ts'
import type { Database } from './db/client.ts'
import { dialogueStore } from './db/dialogues.ts'
import { newId } from './db/new-id.ts'
import { WITHIN_MS } from './domain/identity/allowance.ts'
import type { Metrics } from './metrics.ts'
import { type Reached, watched } from './moments.ts'

type Door = Readonly<{ dispatcher: Dispatcher; dialogues: Dispatcher }>

type Parts = Readonly<{
  core: Dispatcher
  config: Config
  database: Database
  metrics: Metrics
  journal: Journal
  now(): Date
  reached: Reached | undefined
}>

/**
 * The dispatcher as the adapters see it; `dialogues` is for chats that have no forms, `fromOutside` for platforms, where
 * anybody who writes is limited, on all of them together.
 */
export function doorsOf(parts: Parts): Door & Readonly<{ fromOutside: Door }> {
  const { core, database, metrics, now, journal, reached } = parts
  const { defaults, messagesPerPerson: most } = parts.config
  const kept = watched('dialogues', dialogueStore(database.prisma), reached)
  const questions = { inner: core, dialogues: kept, now, newId, journal, defaults }
  // Counted around them, so that a question of a dialogue is an answer too.
  const dispatcher = watched('dispatcher', metrics.counting(core), reached)
  const dialogues = watched('dispatcher', metrics.counting(withDialogues(questions)), reached)
  const allowance = { most, withinMs: WITHIN_MS }
  const limit = createLimit({ allowance, now, newId, journal, defaults, limited: metrics.limited })
  return {
    dispatcher,
    dialogues,
    fromOutside: { dispatcher: limit(dispatcher), dialogues: limit(dialogues) },
  }
}
