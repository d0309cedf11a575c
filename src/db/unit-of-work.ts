import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { UnitOfWork, Update } from '../commands/kit/unit-of-work.ts'
import type { Reader } from '../domain/shared/actor.ts'
import type { Work } from '../domain/shared/work.ts'
import { absenceStore } from './absences.ts'
import { accountStore } from './accounts.ts'
import { identifyActor, receiveUpdate } from './actors.ts'
import { writeAudit } from './audit.ts'
import { discountStore } from './discounts.ts'
import { draftStore } from './drafts.ts'
import { followUpStore } from './follow-ups.ts'
import { meetingStore } from './meetings.ts'
import { newId } from './new-id.ts'
import { noticeStore } from './notices.ts'
import { offerStore } from './offers.ts'
import { linkStore, peopleStore } from './people.ts'
import { placeStore } from './places.ts'
import { policyStore } from './policies.ts'
import { teamStore } from './team.ts'
import { orUnavailable } from './unavailable.ts'

/** A statement inside a transaction that takes longer than this is given up; a stuck question must not hold the rest. */
const TRANSACTION = { maxWait: 5_000, timeout: 15_000 }

/** Thrown inside a transaction to leave it without a trace. */
class AlreadyDone extends Error {}

/** `reads`: for what needs no transaction. */
export function unitOfWork(prisma: PrismaClient, defaults: Reader, reads: PrismaClient = prisma): UnitOfWork {
  const transact = <Result>(act: (work: Work, tx: Prisma.TransactionClient) => Promise<Result>) =>
    prisma.$transaction((tx) => act(workOver(tx, defaults), tx), TRANSACTION)

  return {
    receive: (update, now) => orUnavailable(receiveUpdate(reads, update, now, defaults)),
    identify: (identity, now) => orUnavailable(identifyActor(reads, identity, now, defaults)),
    read: (act) => orUnavailable(act(workOver(reads, defaults))),
    change: (act) => orUnavailable(transact(act)),

    async write(update, now, act) {
      try {
        return await orUnavailable(
          transact(async (work, tx) => {
            await close(tx, update, now)
            return act(work)
          }),
        )
      } catch (error) {
        if (error instanceof AlreadyDone) return null
        throw error
      }
    },
  }
}

/** One row decides: of two who handle the same update, only one finds it open. */
async function close(
  tx: Prisma.TransactionClient,
  { key, identity: { platform } }: Update,
  now: Date,
): Promise<void> {
  const closed = await tx.inboundUpdate.updateMany({
    where: { platform, key, doneAt: null },
    data: { doneAt: now },
  })
  if (closed.count === 0) throw new AlreadyDone()
}

/** The stores bound to one client: inside a transaction they must never see another one. */
function workOver(db: PrismaClient | Prisma.TransactionClient, defaults: Reader): Work {
  return {
    accounts: accountStore(db, defaults.timeZone),
    meetings: meetingStore(db, newId),
    places: placeStore(db),
    followUps: followUpStore(db, newId, defaults.timeZone),
    notices: noticeStore(db, newId),
    team: teamStore(db),
    discounts: discountStore(db, newId, defaults.timeZone),
    offers: offerStore(db),
    policies: policyStore(db),
    drafts: draftStore(db, newId),
    people: peopleStore(db, newId, defaults),
    absences: absenceStore(db, newId),
    links: linkStore(db, newId),
    audit: { write: (record) => writeAudit(db, record) },
  }
}
