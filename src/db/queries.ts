import type { Prisma } from '../../prisma/generated/client.ts'

/**
 * All that a store needs: raw statements, on a client of Prisma's, on a transaction of Prisma's, or straight on a connection.
 * What a statement wrote is found by the next one only when the first was waited for.
 */
export type Queries = Readonly<{
  $queryRaw<Rows = unknown>(
    query: TemplateStringsArray | Prisma.Sql,
    ...values: readonly unknown[]
  ): Promise<Rows>
  /** How many rows were touched. */
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...values: readonly unknown[]): Promise<number>
}>
