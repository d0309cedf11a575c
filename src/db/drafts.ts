import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { DraftStore } from '../domain/shared/drafts.ts'

type Db = PrismaClient | Prisma.TransactionClient

export function draftStore(db: Db, newId: () => string): DraftStore {
  return new Proxy({}, { get: () => () => Promise.reject(new Error('not built yet')) }) as never
}
