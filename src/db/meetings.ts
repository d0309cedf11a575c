import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { MeetingStore } from '../domain/meetings/meeting.ts'

type Db = PrismaClient | Prisma.TransactionClient

export function meetingStore(db: Db, newId: () => string): MeetingStore {
  return new Proxy({}, { get: () => () => Promise.reject(new Error('not built yet')) }) as never
}
