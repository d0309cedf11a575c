import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { PlaceStore } from '../domain/meetings/place.ts'

type Db = PrismaClient | Prisma.TransactionClient

export function placeStore(db: Db): PlaceStore {
  return new Proxy({}, { get: () => () => Promise.reject(new Error('not built yet')) }) as never
}
