import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { noticeStore } from '../../src/db/notices.ts'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import type { Somebody } from './roster.ts'

/** More values than one statement takes would become several. */
const CHUNK = 2_000
const DAY_MS = 86_400_000

type Prisma = Database['prisma']

/** People with an account each, its deals, contacts and meetings, and what they promised for today. */
export async function fill({ prisma }: Database, people: readonly Somebody[], workspace: string) {
  await inChunks(people, (some) =>
    prisma.user.createMany({
      data: some.map(({ id, email }) => ({ id, name: id, email, role: 'KAM', digestAt: 'OFF' })),
    }),
  )
  await inChunks(people, (some) =>
    prisma.identity.createMany({
      data: some.map(({ id, reached, externalId }) => ({
        id,
        userId: id,
        platform: reached,
        workspace: reached === 'SLACK' ? workspace : '',
        externalId,
      })),
    }),
  )
  await addAccounts(prisma, people)
  const today = new Date()
  await inChunks(promisesOf(people), (some) =>
    prisma.followUp.createMany({
      data: some.map(({ id, owner, what }) => ({
        id,
        ownerId: owner,
        authorId: owner,
        accountId: `a-${owner}`,
        promisedBy: 'US',
        what,
        dueOn: today,
      })),
    }),
  )
}

async function addAccounts(prisma: Prisma, people: readonly Somebody[]): Promise<void> {
  await inChunks(people, (some) =>
    prisma.account.createMany({
      data: some.map(({ id, account }) => ({ id: `a-${id}`, name: account, ownerId: id, tier: 'A' })),
    }),
  )
  await inChunks(people, (some) =>
    prisma.accountName.createMany({
      data: some.map(({ id, account }) => ({
        id: `n-${id}`,
        accountId: `a-${id}`,
        kind: 'NAME',
        text: account,
        key: nameKey(account),
      })),
    }),
  )
  await inChunks(people, (some) =>
    prisma.contact.createMany({
      data: some.map(({ id }) => ({ id: `c-${id}`, accountId: `a-${id}`, name: 'Maria Keller' })),
    }),
  )
  const five = people.flatMap(({ id }) => [1, 2, 3, 4, 5].map((number) => ({ id, number })))
  await inChunks(five, (some) =>
    prisma.deal.createMany({
      data: some.map(({ id, number }) => ({
        id: `d-${id}-${number}`,
        accountId: `a-${id}`,
        ownerId: id,
        stage: number < 4 ? 'Won' : 'Proposal',
        outcome: number < 4 ? 'WON' : 'OPEN',
        amount: 1_000 * number,
        currency: 'EUR',
        openedOn: daysAgo(100 * number),
        closedOn: number < 4 ? daysAgo(90 * number) : null,
      })),
    }),
  )
  await inChunks(five, (some) =>
    prisma.meeting.createMany({
      data: some.map(({ id, number }) => ({
        id: `m-${id}-${number}`,
        accountId: `a-${id}`,
        authorId: id,
        kind: 'VISIT',
        status: 'HELD',
        day: daysAgo(20 * number),
        notes: 'talked about the next delivery',
      })),
    }),
  )
  await prisma.$executeRaw`analyze`
}

/** One reminder for every promise, all at the same instant. */
export async function planAll({ prisma }: Database, people: readonly Somebody[], dueAt: Date): Promise<void> {
  await inChunks(promisesOf(people), (some) =>
    noticeStore(prisma, newId).plan(
      some.map(({ id, owner }) => ({
        key: `reminder:${id}:1`,
        personId: owner,
        kind: 'reminder',
        subject: id,
        number: 1,
        dueAt,
      })),
    ),
  )
}

const promisesOf = (people: readonly Somebody[]) =>
  people.flatMap(({ id: owner, promises }) =>
    promises.map((what, index) => ({ id: `f-${owner}-${index}`, owner, what })),
  )

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

async function inChunks<Row>(
  rows: readonly Row[],
  write: (chunk: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) await write(rows.slice(from, from + CHUNK))
}
