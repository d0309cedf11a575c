import type { Session } from './session.ts'

/** Prisma's own record of what was applied: part of every backup, and no fact of anybody. */
export const MIGRATIONS = '_prisma_migrations'

export type Table = Readonly<{ name: string; columns: readonly string[]; key: readonly string[] }>

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Every table of this schema, whichever version made it, with its columns and its primary key. */
export async function tablesOf(session: Session): Promise<Table[]> {
  return session.rows<Table>(`
    select c.relname::text as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      coalesce((select array_agg(a.attname::text order by k.place)
        from pg_index i, unnest(i.indkey::int2[]) with ordinality as k(attnum, place), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), '{}') as key
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C"`)
}

export async function countOf(session: Session, table: string): Promise<number> {
  const [row] = await session.rows<{ count: number }>(`select count(*)::int as count from ${quoted(table)}`)
  return row?.count ?? 0
}

/** Which of these tables hold something. */
export async function filled(session: Session, tables: readonly string[]): Promise<readonly string[]> {
  if (tables.length === 0) return []
  const each = tables.map(
    (name) => `select ${literal(name)} as name where exists (select 1 from ${quoted(name)})`,
  )
  return (await session.rows<{ name: string }>(each.join(' union all '))).map(({ name }) => name)
}
