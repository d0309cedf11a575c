import type { Database } from './client.ts'

type Standing = Readonly<{
  there: boolean
  superuser: boolean
  same: boolean
  /** It is, or may make itself, whoever owns the log. */
  owner: boolean
  mayGrant: boolean
}>

/**
 * Gives a role what the running program needs, and of the audit log only reading and adding. Whoever owns the tables
 * (and runs the migrations) is somebody else, or the role could give itself the rest. What stands in the way, or null.
 */
export async function protectAudit({ prisma }: Database, role: string): Promise<string | null> {
  const [standing] = await prisma.$queryRaw<Standing[]>`
    select r.rolname is not null as there, coalesce(r.rolsuper, false) as superuser, ${role} = current_user as same,
      r.rolname is not null and pg_has_role(r.oid, t.relowner, 'member') as owner,
      pg_has_role(current_user, t.relowner, 'usage') as "mayGrant"
    from pg_class t left join pg_roles r on r.rolname = ${role} where t.oid = 'audit_entries'::regclass`
  const hindrance = standing ? hindranceOf(standing, role) : 'there is no audit log'
  if (hindrance) return hindrance
  const [named] = await prisma.$queryRaw<Named[]>`
    select quote_ident(${role}) as name, exists (
      select 1 from pg_class c where c.relnamespace = to_regnamespace('pgboss') and c.relkind = 'r'
        and pg_get_userbyid(c.relowner) <> ${role}) as "queueOfAnother"`
  if (!named) return `there is no role ${role}`
  await prisma.$transaction(async (tx) => {
    for (const statement of statementsFor(named)) await tx.$executeRawUnsafe(statement)
  })
  return null
}

type Named = Readonly<{ name: string; queueOfAnother: boolean }>

function hindranceOf({ there, superuser, same, owner, mayGrant }: Standing, role: string): string | null {
  if (!there) return `there is no role ${role}: create role ${role} login password '…'`
  if (!mayGrant) return 'the database must be opened by the role that owns the tables'
  if (same) return `${role} owns the tables: name another role, by which the program shall connect`
  if (superuser) return `${role} is a superuser, whom no right binds`
  return owner ? `${role} is a member of the role that owns the tables` : null
}

/** The queue makes tables of its own, in a schema of its own. What was in it is made anew: what is due stands in `notices`. */
const statementsFor = ({ name, queueOfAnother }: Named): string[] => [
  `grant usage on schema public to ${name}`,
  `grant select, insert, update, delete on all tables in schema public to ${name}`,
  `grant usage, select on all sequences in schema public to ${name}`,
  `alter default privileges in schema public grant select, insert, update, delete on tables to ${name}`,
  `alter default privileges in schema public grant usage, select on sequences to ${name}`,
  `revoke all on audit_entries, _prisma_migrations from public, ${name}`,
  `grant select, insert on audit_entries to ${name}`,
  `grant select on _prisma_migrations to ${name}`,
  ...(queueOfAnother ? [`drop schema pgboss cascade`] : []),
  `create schema if not exists pgboss`,
  `grant usage, create on schema pgboss to ${name}`,
]

/** Whether this role may lift the guard of the log. */
export async function ownsAudit({ prisma }: Pick<Database, 'prisma'>): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ owns: boolean }[]>`
    select pg_has_role(current_user, relowner, 'usage') as owns from pg_class where oid = 'audit_entries'::regclass`
  return row?.owns ?? false
}

export async function hasQueueSchema({ prisma }: Pick<Database, 'prisma'>): Promise<boolean> {
  const [row] = await prisma.$queryRaw<
    { there: boolean }[]
  >`select to_regnamespace('pgboss') is not null as there`
  return row?.there ?? false
}
