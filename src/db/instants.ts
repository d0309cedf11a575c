import { Prisma } from '../../prisma/generated/client.ts'

const { sql } = Prisma

/** A timestamp column as ISO 8601 in UTC with milliseconds, whatever the time zone of the session. */
export const isoOf = (column: Prisma.Sql): Prisma.Sql =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** An instant as a parameter, with its offset: nobody's time zone is asked. */
export function timestamp(instant: Date | string | null): Prisma.Sql {
  const iso = instant === null ? null : new Date(instant).toISOString()
  return sql`${iso}::timestamptz`
}
