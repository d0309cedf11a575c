import type { Database } from '../client.ts'

/** Prisma's client inside an interactive transaction. On PGlite it is the only session there is. */
export type Transaction = Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0]
