import { setTimeout as pause } from 'node:timers/promises'
import type { Edit, Edited } from '../bots/ports.ts'
import type { View } from '../commands/kit/view.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import type { Cards, Copy, CopySettled } from '../domain/notices/cards.ts'
import { waitAfter, waitAfterFailure } from '../domain/notices/patience.ts'
import type { Actor, Platform } from '../domain/shared/actor.ts'
import { UnavailableError } from '../domain/shared/errors.ts'
import type { DeliveryParts } from './delivery-parts.ts'

export type RefreshParts = Pick<
  DeliveryParts,
  'unitOfWork' | 'words' | 'calendar' | 'now' | 'journal' | 'stopping' | 'onStep'
> &
  Readonly<{ cards: Cards; edits: ReadonlyMap<Platform, Edit> }>

/** Keeps the copies of cards true, in whichever chat they stand. */
export type Refresher = Readonly<{
  /** Takes copies that are behind, as many as there is room for, and edits them while the caller goes on. */
  begin(): Promise<number>
  idle(): Promise<void>
}>

const MOST_AT_ONCE = 20
/** Longer than an edit may take by its contract. */
const EDIT_MS = 21_000
const SOON_MS = 1_000

export function createRefresher(parts: RefreshParts): Refresher {
  const { cards, edits, now, stopping } = parts
  const underWay = new Set<Promise<void>>()
  return {
    async begin() {
      const room = MOST_AT_ONCE - underWay.size
      if (room <= 0 || edits.size === 0 || stopping.aborted) return 0
      const copies = await cards.stale([...edits.keys()], room, now())
      for (const copy of copies) {
        const work = refresh(parts, copy).finally(() => underWay.delete(work))
        underWay.add(work)
      }
      return copies.length
    },
    async idle() {
      await Promise.all(underWay)
    },
  }
}

type Outcome =
  | Readonly<{ kind: 'shown'; version: number }>
  | Readonly<{ kind: 'later'; tryAt: Date; tries: number }>
  | Readonly<{ kind: 'gone'; reason: string }>

/** What cannot be written down is found again when the lease has run out, and edited once more to the same. */
async function refresh(parts: RefreshParts, copy: Copy): Promise<void> {
  const { cards, journal, now } = parts
  const settle = (outcome: Outcome) =>
    cards.settle({ id: copy.id, leasedUntil: copy.leasedUntil, ...outcome } satisfies CopySettled, now())
  try {
    await settle(await outcomeOf(parts, copy))
  } catch (error) {
    if (error instanceof UnavailableError)
      return journal.warn({ err: error, copy: copy.id }, 'a card waits for the database')
    journal.error({ err: error, copy: copy.id, subject: copy.subject }, 'a card could not be made true')
    const tryAt = new Date(now().getTime() + waitAfterFailure(copy.tries))
    await settle({ kind: 'later', tryAt, tries: copy.tries + 1 }).catch(() => undefined)
  }
}

/** The copy stands in its person's own chat, so nobody who substitutes for them today is asked or shown anything. */
async function outcomeOf(parts: RefreshParts, copy: Copy): Promise<Outcome> {
  const { unitOfWork, words, calendar, now, onStep } = parts
  const { identity, personId, subject } = copy
  const to = identity && (await unitOfWork.identify(identity, now()))
  if (!identity || to?.id !== personId) return gone(parts, copy, 'its person is not there any more')
  const card = await unitOfWork.read((work) =>
    words.composeCard({ work, now: now(), calendar }, { subject, to }),
  )
  if (!card) return gone(parts, copy, 'there is no such card for its person')
  const edited = await edit(parts, copy, identity, to, card.view)
  await onStep?.('edited', [copy.id])
  switch (edited.kind) {
    case 'done':
      return { kind: 'shown', version: card.version }
    case 'later': {
      const tryAt = new Date(now().getTime() + waitAfter(edited.afterMs, copy.tries))
      return { kind: 'later', tryAt, tries: copy.tries + 1 }
    }
    case 'gone':
      return gone(parts, copy, edited.reason)
  }
}

function gone({ journal }: RefreshParts, { id, platform }: Copy, reason: string): Outcome {
  journal.info({ copy: id, platform, reason }, 'a card cannot be edited any more')
  return { kind: 'gone', reason }
}

/** By contract it answers in time and never throws; whatever happens else, it is edited once more. */
async function edit(
  { edits, journal }: RefreshParts,
  { platform, place }: Copy,
  whose: ChatIdentity,
  reader: Actor,
  view: View,
): Promise<Edited> {
  const editOn = edits.get(platform)
  const later = (reason: string): Edited => ({ kind: 'later', afterMs: SOON_MS, reason })
  if (!editOn) return later(`${platform} is off`)
  const done = new AbortController()
  const late = pause(EDIT_MS, later('it took too long'), { signal: done.signal, ref: false })
  try {
    return await Promise.race([editOn(whose, place, reader, view), late])
  } catch (error) {
    journal.error({ err: error, platform }, 'an edit broke its word')
    return later('it failed')
  } finally {
    done.abort()
    late.catch(() => undefined)
  }
}
