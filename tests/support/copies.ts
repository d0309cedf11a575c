import type { Database } from '../../src/db/client.ts'
import type { NoticeKind } from '../../src/domain/notices/notice.ts'
import type { Platform } from '../../src/domain/shared/actor.ts'
import { NOW } from './clients.ts'

/** A request as far as copies of its card are concerned: which version there is, and since when. */
export async function addRequest(
  { prisma }: Database,
  id: string,
  change: Readonly<{ version?: number; changedAt?: Date }> = {},
): Promise<void> {
  await prisma.account.upsert({
    where: { id: 'acme' },
    create: { id: 'acme', name: 'Acme', ownerId: 'anna' },
    update: {},
  })
  await prisma.discountRequest.create({
    data: {
      id,
      accountId: 'acme',
      requesterId: 'anna',
      state: 'PENDING',
      percent: 10,
      listAmount: 1_000,
      netAmount: 900,
      currency: 'EUR',
      lastDay: NOW,
      policyVersion: 1,
      body: {},
      version: 1,
      createdAt: NOW,
      changedAt: NOW,
      ...change,
    },
  })
}

export const moveTo = ({ prisma }: Database, id: string, version: number, changedAt = NOW) =>
  prisma.discountRequest.update({ where: { id }, data: { version, changedAt } })

type Sent = Readonly<{
  personId?: string
  kind?: NoticeKind
  subject?: string
  number?: number
  platform?: Platform
  chat?: string
  message?: string | null
  state?: 'SENT' | 'WAITING'
  tryAt?: Date
}>

/** A notice that was sent; its message is named like its key. */
export async function addCopy({ prisma }: Database, key: string, change: Sent = {}): Promise<void> {
  await prisma.notice.create({
    data: {
      id: key,
      key,
      personId: 'max',
      kind: 'approval',
      subject: 'q1',
      number: 1,
      dueAt: NOW,
      tryAt: NOW,
      state: 'SENT',
      sentAt: NOW,
      platform: 'SLACK',
      chat: 'D1',
      message: key,
      ...change,
    },
  })
}
