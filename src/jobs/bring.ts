import type { Push, Pushed } from '../bots/ports.ts'
import type { View } from '../commands/kit/view.ts'
import { MOST_SINGLE } from '../commands/notices/composer.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import { CARD_KINDS } from '../domain/notices/cards.ts'
import type { NoticeKind } from '../domain/notices/notice.ts'
import type { Recipient } from '../domain/notices/outbox.ts'
import { DOUBT_MS, waitAfter } from '../domain/notices/patience.ts'
import type { Actor } from '../domain/shared/actor.ts'
import { UnavailableError } from '../domain/shared/errors.ts'
import { failed } from './failed.ts'
import type { ClaimedOwed, Said } from './owed.ts'
import { parkingOf } from './parking.ts'
import type { Round } from './round.ts'

/** Longer than a push may take by its contract. */
const PUSH_MS = 25_000

/** One message: of a single notice with its view, or of several that are told together. */
type Message = Readonly<{ owed: readonly ClaimedOwed[]; view: View | null }>

/** `until`: the person's other notices wait until then. `over`: nothing more for this person now. */
type End = Readonly<{ kind: 'next' } | { kind: 'until'; at: Date | null } | { kind: 'over' }>

const NEXT: End = { kind: 'next' }

/** One person's messages, one after another. */
export async function bring(round: Round, recipient: Recipient, said: readonly Said[]): Promise<void> {
  const { parts, claim } = round
  const rest = (tryAt: Date | null) => parts.outbox.release(claim, [recipient.personId], tryAt)
  try {
    for (const message of messagesOf(round, said)) {
      const end: End = round.isOver() ? { kind: 'until', at: null } : await send(round, recipient, message)
      if (end.kind === 'next') continue
      if (end.kind === 'until') await rest(end.at)
      return
    }
  } catch (error) {
    const journal = parts.journal
    if (error instanceof UnavailableError) journal.warn({ err: error }, 'a notice waits for the database')
    else journal.error({ err: error, person: recipient.personId }, 'a notice could not be brought out')
    await rest(null).catch(() => undefined)
  }
}

/** More than a few reminders at once are one message, in the place of the first. */
function messagesOf({ parts }: Round, said: readonly Said[]): readonly Message[] {
  const groupable = said.filter(({ owed }) => parts.words.isGroupable(owed))
  const single = ({ owed, view }: Said): Message => ({ owed: [owed], view })
  if (groupable.length <= MOST_SINGLE) return said.map(single)
  const together: Message = { owed: groupable.map(({ owed }) => owed), view: null }
  return said.flatMap((one) =>
    one === groupable[0] ? [together] : groupable.includes(one) ? [] : [single(one)],
  )
}

async function send(round: Round, recipient: Recipient, message: Message): Promise<End> {
  let owed = message.owed
  let view = await viewOf(round, message)
  for (const channel of recipient.channels) {
    for (;;) {
      if (!view) return NEXT
      const { pushed, begun } = await push(round, { channel, reader: recipient.to as Actor }, { owed, view })
      if (pushed.kind === 'gone') {
        round.parts.journal.info({ platform: channel.platform, reason: pushed.reason }, 'somebody is gone')
        await round.parts.outbox.block(channel, round.parts.now())
        break
      }
      if (pushed.kind !== 'unwanted') {
        const end = await record(round, { channel, recipient }, owed, pushed)
        await round.step('recorded', idsOf(owed))
        return end
      }
      if (begun.length === 0) return NEXT
      // What was changed meanwhile is no longer in it.
      owed = begun
      view = await viewOf(round, { owed, view: null })
    }
  }
  return unreached(round, recipient, owed)
}

const idsOf = (owed: readonly ClaimedOwed[]): readonly string[] => owed.map(({ notice }) => notice.id)

async function begin(round: Round, owed: readonly ClaimedOwed[]): Promise<readonly ClaimedOwed[]> {
  const begun = await Promise.all(owed.map(({ notice }) => round.begin(notice.id)))
  return owed.filter((_, index) => begun[index])
}

/** Null when it cannot be put into words; then it is settled. */
async function viewOf(round: Round, { owed, view }: Message): Promise<View | null> {
  const { unitOfWork, words } = round.parts
  if (view) return view
  try {
    return await unitOfWork.read((work) => words.composeTogether(round.context(work), owed))
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    await Promise.all(owed.map((one) => failed(round, one, error)))
    return null
  }
}

type Ready = Readonly<{ owed: readonly ClaimedOwed[]; view: View }>
type Way = Readonly<{ channel: ChatIdentity; reader: Actor }>

/** `begun`: those that were still wanted when their turn had come. */
async function push(
  round: Round,
  { channel, reader }: Way,
  { owed, view }: Ready,
): Promise<Readonly<{ pushed: Pushed; begun: readonly ClaimedOwed[] }>> {
  let begun: readonly ClaimedOwed[] = []
  let failure: unknown
  const pushed = await inItsTime(round, channel, (sendOn) =>
    sendOn(channel, reader, view, async () => {
      try {
        begun = await begin(round, owed)
        await round.step('begun', idsOf(begun))
        return begun.length === owed.length
      } catch (error) {
        failure = error
        return false
      }
    }),
  )
  if (failure) throw failure
  await round.step('pushed', idsOf(owed))
  // What was never begun cannot have arrived.
  const isUnsent = pushed.kind === 'unclear' && begun.length === 0
  return { pushed: isUnsent ? { kind: 'later', afterMs: 0, reason: 'its turn did not come' } : pushed, begun }
}

/** By contract it answers in time and never throws; whatever happens else, it may have arrived. */
async function inItsTime(
  { parts }: Round,
  { platform }: ChatIdentity,
  call: (sendOn: Push) => Promise<Pushed>,
): Promise<Pushed> {
  const sendOn = parts.pushes.get(platform)
  if (!sendOn) return { kind: 'later', afterMs: 0, reason: `${platform} is off` }
  const { promise: late, resolve } = Promise.withResolvers<Pushed>()
  const timer = setTimeout(() => resolve({ kind: 'unclear' }), PUSH_MS)
  try {
    return await Promise.race([call(sendOn), late])
  } catch (error) {
    parts.journal.error({ err: error, platform }, 'a push broke its word')
    return { kind: 'unclear' }
  } finally {
    clearTimeout(timer)
  }
}

type Answer = Exclude<Pushed, { kind: 'gone' | 'unwanted' }>

async function record(
  round: Round,
  { channel: { platform }, recipient }: Readonly<{ channel: ChatIdentity; recipient: Recipient }>,
  owed: readonly ClaimedOwed[],
  pushed: Answer,
): Promise<End> {
  const { meter, journal, now } = round.parts
  const at = now()
  const tries = Math.max(...owed.map(({ notice }) => notice.tries)) + 1
  const tryAt = new Date(
    at.getTime() + (pushed.kind === 'later' ? waitAfter(pushed.afterMs, tries) : DOUBT_MS),
  )
  for (const { notice } of owed)
    meter.settled(notice.kind, platform, pushed.kind, at.getTime() - notice.dueAt.getTime())
  const settle = ({ id, kind }: ClaimedOwed['notice']) => {
    switch (pushed.kind) {
      case 'sent':
        return round.settle({ id, state: 'SENT', platform, ...placeOf(pushed), ...shownTo(recipient, kind) })
      case 'later':
        return round.settle({ id, state: 'WAITING', tryAt, tries, error: pushed.reason })
      case 'unclear':
        return round.settle({ id, state: 'UNCLEAR', tryAt, error: 'the answer was lost' })
      case 'refused':
        journal.error({ notice: id, platform, reason: pushed.reason }, 'a notice was refused')
        return round.settle({ id, state: 'DROPPED', error: pushed.reason })
    }
  }
  await Promise.all(owed.map(({ notice }) => settle(notice)))
  const isTriedAgain = pushed.kind === 'unclear' && owed.some(({ notice }) => notice.doubts === 0)
  return pushed.kind === 'later' || isTriedAgain ? { kind: 'until', at: tryAt } : NEXT
}

const placeOf = ({ chat, message }: Extract<Pushed, { kind: 'sent' }>) => ({ chat, message })

/** A card is edited later for whoever reads the chat it stands in. */
const shownTo = ({ insteadOf, to }: Recipient, kind: NoticeKind) =>
  insteadOf && to && CARD_KINDS.includes(kind) ? { shownTo: to.id } : {}

/** No way is left. A substitute's share goes back, for the next in line; the person's own is parked. */
async function unreached(round: Round, recipient: Recipient, owed: readonly ClaimedOwed[]): Promise<End> {
  const { outbox, calendar, meter, pushes, now } = round.parts
  const at = now()
  if (recipient.insteadOf) {
    await Promise.all(
      owed.map(({ notice: { id, tries } }) =>
        round.settle({ id, state: 'WAITING', tryAt: at, tries, error: 'the substitute is gone' }),
      ),
    )
    return { kind: 'until', at: null }
  }
  for (const { notice } of owed) meter.settled(notice.kind, null, 'parked')
  // As it is stored: by any other time the next notice would tell the manager once more.
  const { personId } = recipient
  const stored = await outbox.recipients([personId], [...pushes.keys()], at)
  const blockedAt = stored.get(personId)?.blockedAt ?? at.toISOString()
  const parked = parkingOf({ ...recipient, blockedAt }, calendar, at)
  await outbox.park([parked], round.claim, at)
  return { kind: 'over' }
}
