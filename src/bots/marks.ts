import type { Journal } from '../commands/kit/invocation.ts'
import type { Platform } from '../domain/shared/actor.ts'
import type { Inbox } from './ports.ts'

/**
 * What is answered and to be marked as finished: all that has come together in one statement, and never two at a time. A
 * database that was away is not met by as many questions as there are answers to mark, each asking for all others.
 */
export type Marks = Readonly<{
  /** Resolves once it was tried; what could not be marked is tried again with whatever comes next. */
  mark(key: string): Promise<void>
  /** Tries what is left. */
  settle(): Promise<void>
  /** Answered, but the inbox could not be told yet. Until it is, they must not be answered again. */
  left(): readonly string[]
}>

type Parts = Readonly<{
  inbox: Pick<Inbox, 'finish'>
  platform: Platform
  journal: Pick<Journal, 'warn'>
  marked?(keys: readonly string[]): void
}>

export function createMarks({ inbox, platform, journal, marked }: Parts): Marks {
  const left = new Set<string>()
  let underWay: Promise<void> = Promise.resolve()
  /** The look that has not begun, and takes along whatever comes until then. */
  let next: Promise<void> | null = null

  const look = async (): Promise<void> => {
    next = null
    const keys = [...left]
    if (keys.length === 0) return
    try {
      await inbox.finish(platform, keys)
      for (const key of keys) left.delete(key)
      marked?.(keys)
    } catch (error) {
      journal.warn({ err: error, updates: keys.length }, 'answered updates are not yet marked as finished')
    }
  }
  const settle = (): Promise<void> => {
    next ??= underWay = underWay.then(look)
    return next
  }
  return {
    mark(key) {
      left.add(key)
      return settle()
    },
    settle,
    left: () => [...left],
  }
}
