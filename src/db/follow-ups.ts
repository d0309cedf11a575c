import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { FollowUpStore } from '../domain/follow-ups/follow-up.ts'

type Db = PrismaClient | Prisma.TransactionClient

export function followUpStore(db: Db, newId: () => string): FollowUpStore {
  return new Proxy({}, { get: () => () => Promise.reject(new Error('not built yet')) }) as never
}
