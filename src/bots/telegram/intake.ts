import type { Journal } from '../../commands/kit/invocation.ts'
import { at } from '../json.ts'
import type { Inbox, StoredUpdate } from '../ports.ts'
import { reasonOf } from './failures.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { laneOf } from './updates.ts'

export type Intake = Readonly<{
  /** Stores the updates, then lets them be worked on. Throws when they could not be stored: do not confirm them then. */
  accept(updates: readonly unknown[]): Promise<void>
  /** Takes up what an earlier run stored and did not finish. Nothing is worked on before. */
  recover(): Promise<void>
  /** Resolves when there is room for more. */
  room(): Promise<void>
  close(): Promise<void>
}>

type Parts = Readonly<{
  inbox: Inbox
  journal: Journal
  /** Must not throw; false when the update has to be taken up again by a later run. */
  work(update: StoredUpdate): Promise<boolean>
  /** Told at once, before the update has its turn. */
  arrived(update: StoredUpdate): void
}>

/** More than this waiting in memory, and the next batch stays with Telegram. */
const ENOUGH = 500

/** Between the platform and the work: nothing is confirmed that is not stored, and nothing stored is worked on twice. */
export function createIntake(parts: Parts): Intake {
  const state: State = {
    taken: new Set(),
    unmarked: new Set(),
    early: [],
    isOpen: false,
    isDoubtful: false,
    lanes: createLanes<StoredUpdate>(async (update) => {
      if (await parts.work(update)) await finish(parts, state, update.key)
    }),
  }
  return {
    accept: (updates) => accept(parts, state, updates),
    async recover() {
      await takeUnfinished(parts, state)
      state.isOpen = true
      for (const update of state.early.splice(0)) take(parts, state, update)
    },
    room: () => state.lanes.below(ENOUGH),
    close: () => state.lanes.close(),
  }
}

type State = {
  readonly lanes: Lanes<StoredUpdate>
  /** Keys that wait, run, or are not marked as finished yet. */
  readonly taken: Set<string>
  /** Answered, but the inbox could not be told. Until it is, they must not be answered again. */
  readonly unmarked: Set<string>
  /** Stored before the older ones were taken up. */
  readonly early: StoredUpdate[]
  isOpen: boolean
  /** A store that failed may have been carried out all the same: then its updates are known and nobody works on them. */
  isDoubtful: boolean
}

async function accept(parts: Parts, state: State, updates: readonly unknown[]): Promise<void> {
  const all = updates.flatMap(storedUpdate)
  if (all.length === 0) return
  const fresh = new Set(await store(parts, state, all))
  for (const key of state.unmarked) await finish(parts, state, key)
  const mine = all.filter(({ key }) => fresh.has(key))
  if (!state.isOpen) {
    state.early.push(...mine)
    return
  }
  if (state.isDoubtful) {
    await takeUnfinished(parts, state)
    state.isDoubtful = false
  }
  for (const update of mine) take(parts, state, update)
}

async function store(
  { inbox }: Parts,
  state: State,
  updates: readonly StoredUpdate[],
): Promise<readonly string[]> {
  try {
    return await inbox.store('TELEGRAM', updates)
  } catch (error) {
    state.isDoubtful = true
    throw error
  }
}

async function takeUnfinished(parts: Parts, state: State): Promise<void> {
  for (const update of await parts.inbox.unfinished('TELEGRAM')) take(parts, state, update)
}

function take({ arrived }: Parts, { taken, lanes }: State, update: StoredUpdate): void {
  if (taken.has(update.key)) return
  taken.add(update.key)
  arrived(update)
  lanes.add(laneOf(update.payload), update)
}

async function finish({ inbox, journal }: Parts, { unmarked, taken }: State, key: string): Promise<void> {
  try {
    await inbox.finish('TELEGRAM', key)
    unmarked.delete(key)
    taken.delete(key)
  } catch (error) {
    unmarked.add(key)
    journal.warn({ key, reason: reasonOf(error) }, 'an answered update is not yet marked as finished')
  }
}

/** An update without a number cannot be told from another; Telegram sends none. */
function storedUpdate(payload: unknown): StoredUpdate[] {
  const id = updateIdOf(payload)
  return id === null ? [] : [{ key: String(id), chat: laneOf(payload), payload }]
}

export function updateIdOf(payload: unknown): number | null {
  const id = at(payload, 'update_id')
  return Number.isSafeInteger(id) ? Number(id) : null
}
