import type { Journal } from '../../commands/kit/invocation.ts'
import { at } from '../json.ts'
import { createMarks, type Marks } from '../marks.ts'
import type { Inbox, StoredUpdate } from '../ports.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { laneOf } from './updates.ts'

export type Intake = Readonly<{
  /** Stores the updates, then lets them be worked on. Throws when they could not be stored: do not confirm them then. */
  accept(updates: readonly unknown[]): Promise<void>
  /** Takes up what an earlier run stored and did not finish. Nothing is worked on before. */
  recover(): Promise<void>
  /** What waits or is worked on here. */
  held(): readonly string[]
  /** Marks as finished what could not be marked before. */
  settle(): Promise<void>
  /** Takes up what another process left. */
  resume(updates: readonly StoredUpdate[]): void
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
  const { inbox, journal } = parts
  const taken = new Set<string>()
  const forget = (keys: readonly string[]) => {
    for (const key of keys) taken.delete(key)
  }
  const state: State = {
    taken,
    marks: createMarks({ inbox, platform: 'TELEGRAM', journal, marked: forget }),
    early: [],
    isOpen: false,
    doubtful: new Set(),
    lanes: createLanes<StoredUpdate>(async (update) => {
      if (await parts.work(update)) await state.marks.mark(update.key)
    }),
  }
  return {
    accept: (updates) => accept(parts, state, updates),
    async recover() {
      const left = await parts.inbox.takeUp('TELEGRAM')
      state.isOpen = true
      for (const update of left) again(parts, state, update)
      for (const update of state.early.splice(0)) take(parts, state, update)
    },
    held: () => [...state.taken, ...state.early.map(({ key }) => key)],
    settle: state.marks.settle,
    resume(updates) {
      for (const update of updates) again(parts, state, update)
    },
    room: () => state.lanes.below(ENOUGH),
    close: () => state.lanes.close(),
  }
}

type State = {
  readonly lanes: Lanes<StoredUpdate>
  /** Keys that wait, run, or are not marked as finished yet. */
  readonly taken: Set<string>
  readonly marks: Marks
  /** Stored before the older ones were taken up. */
  readonly early: StoredUpdate[]
  /** A store that failed may have been carried out all the same: then these are known and nobody works on them. */
  readonly doubtful: Set<string>
  isOpen: boolean
}

async function accept(parts: Parts, state: State, updates: readonly unknown[]): Promise<void> {
  const all = updates.flatMap(storedUpdate)
  if (all.length === 0) return
  const fresh = new Set(await store(parts, state, all))
  await state.marks.settle()
  const mine = all.filter(({ key }) => fresh.has(key))
  if (!state.isOpen) {
    state.early.push(...mine)
    return
  }
  if (state.doubtful.size > 0) await settleDoubts(parts, state, mine)
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
    for (const { key } of updates) state.doubtful.add(key)
    throw error
  }
}

/** The older ones first. When they cannot be looked for, the new ones, which are stored by now, are in doubt like them. */
async function settleDoubts(parts: Parts, state: State, mine: readonly StoredUpdate[]): Promise<void> {
  const keys = [...state.doubtful]
  try {
    for (const update of await parts.inbox.takeUp('TELEGRAM', { keys })) again(parts, state, update)
  } catch (error) {
    for (const { key } of mine) state.doubtful.add(key)
    throw error
  }
  for (const key of keys) state.doubtful.delete(key)
}

/** Somebody had it before, and nobody knows how far it came. */
const again = (parts: Parts, state: State, update: StoredUpdate): void =>
  take(parts, state, { ...update, resumed: true })

function take({ arrived }: Parts, { taken, lanes }: State, update: StoredUpdate): void {
  if (taken.has(update.key)) return
  taken.add(update.key)
  arrived(update)
  lanes.add(laneOf(update.payload), update)
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
