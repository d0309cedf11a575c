import { setTimeout as pause } from 'node:timers/promises'
import { type ReadAhead, UNSEEN, type UnitOfWork, type Update } from '../commands/kit/unit-of-work.ts'
import type { Reader } from '../domain/shared/actor.ts'
import type { AuditRecord } from '../domain/shared/audit.ts'
import type { Work } from '../domain/shared/work.ts'
import { absenceStore } from './absences.ts'
import { accountStore } from './accounts.ts'
import { identifyActor, receiveUpdate } from './actors.ts'
import { writeAudit, writeAudits } from './audit.ts'
import type { Database } from './client.ts'
import { discountStore } from './discounts.ts'
import { draftStore } from './drafts.ts'
import { followUpStore } from './follow-ups.ts'
import { timestamp } from './instants.ts'
import { meetingStore } from './meetings.ts'
import { newId } from './new-id.ts'
import { noticeStore } from './notices.ts'
import { offerStore } from './offers.ts'
import { linkStore, peopleStore } from './people.ts'
import { placeStore } from './places.ts'
import { policyStore } from './policies.ts'
import type { Queries } from './queries.ts'
import { teamStore } from './team.ts'
import { isWorthAnotherTry, orUnavailable } from './unavailable.ts'

/** Before the second, third and fourth try of a change: a connection that broke is made anew, a lock is let go. */
const WAITS_MS = [100, 400, 1_500]

/** Thrown inside a transaction to leave it without a trace. */
class AlreadyDone extends Error {}

export function unitOfWork(
  { reads, transact }: Pick<Database, 'reads' | 'transact'>,
  defaults: Reader,
): UnitOfWork {
  /** Entries are written together at the end: until a transaction is over, nobody else can write any. */
  async function audited<Result>(tx: Queries, act: (work: Work) => Promise<Result>): Promise<Result> {
    const records: AuditRecord[] = []
    const write = async (record: AuditRecord) => void records.push(record)
    const result = await act({ ...workOver(tx, defaults), audit: { write } })
    await writeAudits(tx, records)
    return result
  }

  return {
    receive: (update, now, ahead) => orUnavailable(receiveUpdate(reads, update, now, defaults, ahead)),
    identify: (identity, now) => orUnavailable(identifyActor(reads, identity, now, defaults)),
    read: (act, ahead) => orUnavailable(act(workOver(reads, defaults, ahead))),
    change: (act) => orUnavailable(transact((tx) => audited(tx, act))),

    async write(update, now, act) {
      const closing = async (tx: Queries) => {
        await close(tx, update, now)
        return audited(tx, act)
      }
      for (let tries = 0; ; tries += 1) {
        try {
          return await orUnavailable(transact(closing))
        } catch (error) {
          if (error instanceof AlreadyDone) return tries === 0 ? null : UNSEEN
          const waitMs = WAITS_MS[tries]
          if (waitMs === undefined || !isWorthAnotherTry(error)) throw error
          await pause(waitMs)
        }
      }
    },
  }
}

/**
 * One row decides: of two who handle the same update, only one finds it open. It may not be there: a server that fell over
 * has forgotten the last keys that did not wait for the disk.
 */
async function close(tx: Queries, { key, chat, identity: { platform } }: Update, now: Date): Promise<void> {
  const closed = await tx.$executeRaw`
    insert into inbound_updates (platform, key, chat, received_at, done_at)
    values (${platform}::platform, ${key}, ${chat}, ${timestamp(now)}, ${timestamp(now)})
    on conflict (platform, key) do update set done_at = excluded.done_at where inbound_updates.done_at is null`
  if (closed === 0) throw new AlreadyDone()
}

/** The stores bound to one client: inside a transaction they must never see another one. */
function workOver(db: Queries, defaults: Reader, ahead: ReadAhead | null = null): Work {
  return {
    accounts: accountStore(db, defaults.timeZone, ahead),
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
