import { restingUntil } from '../commands/notices/rest.ts'
import type { Claimed, Recipient } from '../domain/notices/outbox.ts'
import type { PersonId } from '../domain/shared/actor.ts'
import { UnavailableError } from '../domain/shared/errors.ts'
import { bring } from './bring.ts'
import type { DeliveryParts } from './delivery-parts.ts'
import { failed } from './failed.ts'
import type { ClaimedOwed, Said } from './owed.ts'
import { parkingOf } from './parking.ts'
import { createRound, type Round } from './round.ts'

export type Delivery = Readonly<{
  /** Brings out what is due of these people, each one's in order. Never throws. */
  serve(people: readonly PersonId[]): Promise<void>
  /** Under which something is under way. */
  claims(): readonly string[]
  idle(): Promise<void>
}>

export function createDelivery(parts: DeliveryParts): Delivery {
  const underWay = new Map<string, Promise<void>>()
  return {
    serve(people) {
      if (people.length === 0 || parts.stopping.aborted) return Promise.resolve()
      const claim = parts.newId()
      const work = serve(createRound(parts, claim), people).finally(() => underWay.delete(claim))
      underWay.set(claim, work)
      return work
    },
    claims: () => [...underWay.keys()],
    async idle() {
      await Promise.all(underWay.values())
    },
  }
}

/** What one person is owed, with who gets it. */
type Delivered = Readonly<{ recipient: Recipient; owed: readonly ClaimedOwed[] }>

async function serve(round: Round, people: readonly PersonId[]): Promise<void> {
  const { parts, claim } = round
  const { outbox } = parts
  try {
    const claimed = await outbox.claim(people, claim, parts.now())
    await round.step('claimed', idsOf(claimed))
    if (claimed.length === 0) return
    const everybody = [...new Set(claimed.map(({ personId }) => personId))]
    const recipients = await outbox.recipients(everybody, [...parts.pushes.keys()], parts.now())
    const deliveries = await sortOut(round, claimed, recipients)
    await takeTurns(round, deliveries)
    const messages = deliveries.flatMap(({ recipient, owed }) =>
      recipient.channels.length > 0 ? messagesIn(owed) : [],
    )
    const said = await compose(round, await withoutResting(round, messages))
    await round.step('composed', idsOf(claimed))
    await Promise.all(
      [...Map.groupBy(said, ({ owed }) => owed.notice.personId)].map(([id, mine]) =>
        bring(round, recipients.get(id) as Recipient, mine),
      ),
    )
  } catch (error) {
    await giveBack(round, error)
  }
}

const idsOf = (notices: readonly Claimed[]) => notices.map(({ id }) => id)
const messagesIn = (owed: readonly ClaimedOwed[]) => owed.filter(({ notice }) => notice.kind !== 'turn')

/** What was not begun waits again at once; when even that cannot be written, the claim runs out. */
async function giveBack({ parts, claim }: Round, error: unknown): Promise<void> {
  const { journal, outbox } = parts
  if (error instanceof UnavailableError) journal.warn({ err: error }, 'notices wait for the database')
  else journal.error({ err: error }, 'notices could not be brought out')
  await outbox.release(claim, 'all', null).catch(() => undefined)
}

/** Whoever cannot be reached gets nothing now; what they are owed is kept. */
async function sortOut(
  round: Round,
  claimed: readonly Claimed[],
  recipients: ReadonlyMap<PersonId, Recipient>,
): Promise<readonly Delivered[]> {
  const { outbox, calendar, now, meter } = round.parts
  const parked = [...recipients.values()].flatMap((recipient) =>
    recipient.to && recipient.channels.length > 0 ? [] : parkingOf(recipient, calendar, now()),
  )
  await outbox.park(parked, round.claim, now())
  for (const { kind, personId } of claimed)
    if (parked.some((one) => one.personId === personId && (kind !== 'turn' || one.withTurns)))
      meter.settled(kind, null, 'parked')
  return [...Map.groupBy(claimed, ({ personId }) => personId)].flatMap(([personId, mine]) => {
    const recipient = recipients.get(personId)
    if (!recipient?.to) return []
    const { to, insteadOf } = recipient
    return [{ recipient, owed: mine.map((notice) => ({ notice, to, insteadOf })) }]
  })
}

/** A turn moves its row and says nothing; its mark and the move are one transaction, so it is taken once. */
async function takeTurns(round: Round, deliveries: readonly Delivered[]): Promise<void> {
  const { unitOfWork, words, meter, now } = round.parts
  const turns = deliveries.flatMap(({ owed }) => owed.filter(({ notice }) => notice.kind === 'turn'))
  for (const owed of turns) {
    try {
      await unitOfWork.change(async (work) => {
        const isOurs = await work.notices.take(owed.notice.id, round.claim, now())
        if (isOurs) await words.takeTurn(round.context(work), owed)
      })
      meter.settled('turn', null, 'taken')
    } catch (error) {
      if (error instanceof UnavailableError) throw error
      await failed(round, owed, error)
    }
  }
}

async function withoutResting(round: Round, batch: readonly ClaimedOwed[]): Promise<readonly ClaimedOwed[]> {
  const resting = await round.parts.unitOfWork.read((work) => restingUntil(round.context(work), batch))
  // As what is not composed it holds nothing back: an urgent notice that comes due after it goes out.
  const error = 'compose: the substitute rests'
  await Promise.all(
    [...resting].map(([id, tryAt]) => round.settle({ id, state: 'WAITING', tryAt, tries: 0, error })),
  )
  return batch.filter(({ notice }) => !resting.has(notice.id))
}

/** Views of what is still wanted; the rest is settled. One that cannot be put into words does not hold up the others. */
async function compose(round: Round, batch: readonly ClaimedOwed[]): Promise<readonly Said[]> {
  if (batch.length === 0) return []
  const { unitOfWork, words, meter } = round.parts
  const views = async (some: readonly ClaimedOwed[]) =>
    unitOfWork.read((work) => words.composeAll(round.context(work), some))
  const all = await views(batch).catch((error: unknown) => {
    if (error instanceof UnavailableError) throw error
    return null
  })
  const compiled = await Promise.all(
    batch.map(async (owed): Promise<Said | null> => {
      try {
        const { id, kind } = owed.notice
        const view = (all ?? (await views([owed]))).get(id)
        if (view === undefined) throw new Error(`nothing was composed for a notice of the kind ${kind}`)
        if (view) return { owed, view }
        meter.settled(kind, null, 'dropped')
        await round.settle({ id, state: 'DROPPED', error: null })
      } catch (error) {
        if (error instanceof UnavailableError) throw error
        await failed(round, owed, error)
      }
      return null
    }),
  )
  return compiled.filter((one) => one !== null)
}
