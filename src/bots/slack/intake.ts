import type { Journal } from '../../commands/kit/invocation.ts'
import { inTime, LATE } from '../in-time.ts'
import { isJson, type Json } from '../json.ts'
import { createMarks } from '../marks.ts'
import type { Inbox, StoredUpdate } from '../ports.ts'
import { keyOf } from './keys.ts'

/**
 * Slack never sends again what it has an acknowledgement for. So whatever is acknowledged before it is done is kept in the
 * database first, and taken up by the next start, or by another process, when this one dies in between.
 */
export type Intake = Readonly<{
  /**
   * Before an acknowledgement that carries no answer yet. False when this update was kept before and is somebody else's
   * work. When the database cannot take it in time the work goes on all the same: its answer will say so.
   */
  keep(body: unknown): Promise<boolean>
  /** The same before the work has begun, for what Slack sends again: throws when it could not be kept. */
  take(body: unknown): Promise<boolean>
  /** For work that has begun already, so that its key is known. */
  keepBegun(body: unknown): Promise<void>
  isKept(key: string): boolean
  /** Left by an earlier process, and nobody knows how far it came. */
  isResumed(key: string): boolean
  /** Done, or given up with an answer that says so. */
  finish(body: unknown): Promise<void>
  /** What an earlier process acknowledged and did not finish, in the order of arrival. */
  left(): Promise<readonly unknown[]>
  /** What is kept and worked on here. */
  held(): readonly string[]
  /** Marks as finished what could not be marked before. */
  settle(): Promise<void>
  /** Those of another process that are nobody's now: the bodies to work on. */
  resume(updates: readonly StoredUpdate[]): readonly unknown[]
}>

type Parts = Readonly<{
  inbox: Inbox
  journal: Journal
  /** How long the acknowledgement waits, and how long it does when it has waited for the answer already. */
  keepInMs: number
  keepBegunInMs: number
}>

export function createIntake({ inbox, journal, keepInMs, keepBegunInMs }: Parts): Intake {
  /** Kept and not finished. */
  const kept = new Set<string>()
  const marks = createMarks({ inbox, platform: 'SLACK', journal })
  const resumed = new Set<string>()
  /** On their way into the inbox: what arrives there after its work is done would be done again. */
  const arriving = new Map<string, Promise<unknown>>()
  const arrives = <Result>(key: string, work: Promise<Result>): Promise<Result> => {
    const arrived = work.finally(() => arriving.delete(key))
    arriving.set(key, arrived)
    return arrived
  }

  const store = async (body: unknown): Promise<boolean> => {
    const key = keyOf(body)
    if (key === '' || resumed.has(key) || !isJson(body)) return true
    // Already now: where the database is slow the work goes on meanwhile, and must know its own row.
    const isAgain = kept.has(key)
    kept.add(key)
    let isFresh = false
    try {
      isFresh = (await inbox.store('SLACK', [{ key, chat: '', payload: withoutSecrets(body) }])).length > 0
      return isFresh
    } finally {
      if (!isFresh && !isAgain) kept.delete(key)
    }
  }
  const orLate = async <Result>(work: Promise<Result>, ms: number, otherwise: Result): Promise<Result> => {
    try {
      const result = await inTime(work, ms)
      if (result !== LATE) return result
      journal.warn({}, 'an update could not be kept in time')
    } catch (error) {
      journal.warn({ err: error }, 'an update could not be kept')
    }
    work.catch(() => undefined)
    return otherwise
  }

  const held = () => [...kept, ...marks.left()]
  const resume: Intake['resume'] = (updates) => {
    const mine = new Set(held())
    const nobodys = updates.filter(({ key }) => !mine.has(key))
    for (const { key } of nobodys) {
      kept.add(key)
      resumed.add(key)
    }
    return nobodys.map(({ payload }) => payload)
  }

  return {
    keep(body) {
      const key = keyOf(body)
      // The answer may be lost and the row there all the same: what is worked on must know it, and close it.
      const stored = store(body).catch((error: unknown) => {
        if (key !== '') kept.add(key)
        throw error
      })
      return orLate(arrives(key, stored), keepInMs, true)
    },
    take: (body) => store(body),

    async keepBegun(body) {
      const key = keyOf(body)
      if (key === '' || !isJson(body)) return
      kept.add(key)
      const update = { key, chat: '', payload: withoutSecrets(body) }
      const keeping = arrives(key, inbox.keep('SLACK', update))
      await orLate(keeping, keepBegunInMs, undefined)
    },

    isKept: (key) => kept.has(key),
    isResumed: (key) => resumed.has(key),

    async finish(body) {
      const key = keyOf(body)
      resumed.delete(key)
      await arriving.get(key)?.catch(() => undefined)
      if (kept.delete(key)) await marks.mark(key)
    },

    left: async () => resume(await inbox.takeUp('SLACK')),
    held,
    settle: marks.settle,
    resume,
  }
}

/** Whoever has one of Slack’s one-time addresses may write in our name: the answer to what was kept takes another way. */
function withoutSecrets(body: Json): Json {
  const { token: _token, response_url: _url, response_urls: _urls, ...rest } = body
  return rest
}

/** Where nothing can be kept, as in tests of the adapter alone. */
export const KEEPS_NOTHING: Intake = {
  keep: async () => true,
  take: async () => true,
  keepBegun: async () => undefined,
  isKept: () => false,
  isResumed: () => false,
  finish: async () => undefined,
  left: async () => [],
  held: () => [],
  settle: async () => undefined,
  resume: () => [],
}
