import { Prisma } from '../../prisma/generated/client.ts'
import { isoOf } from './instants.ts'
import type { Queries } from './queries.ts'

/** What the database says the time is, now and not when a transaction began. */
export async function databaseTime(queries: Queries): Promise<Date> {
  const [row] = await queries.$queryRaw<{ now: string }[]>(
    Prisma.sql`select ${isoOf(Prisma.sql`clock_timestamp()`)} as now`,
  )
  if (!row) throw new Error('the database does not know the time')
  return new Date(row.now)
}
