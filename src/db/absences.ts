import { Prisma } from '../../prisma/generated/client.ts'
import type { Absence, AbsenceStore, Colleague } from '../domain/identity/absence.ts'
import type { Queries } from './queries.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

export function absenceStore(db: Queries, newId: () => string): AbsenceStore {
  return {
    colleagues: () => db.$queryRaw<Colleague[]>`
      select id, name, email, role::text as role, active, manager_id as "managerId" from users order by name, id`,

    async hold(people) {
      await db.$queryRaw`
        select id from users where id = any(${[...people]}::text[]) order by id for no key update`
    },

    async find(id) {
      const [found] = await list(db, sql`x.id = ${id}`)
      return found ?? null
    },

    during: (people, { startsOn, endsOn }) =>
      list(
        db,
        sql`x.user_id = any(${[...people]}::text[]) and x.starts_on <= ${endsOn}::date and x.ends_on >= ${startsOn}::date`,
      ),

    standInsOf: (substitute, from) =>
      list(db, sql`x.substitute_id = ${substitute} and x.ends_on >= ${from}::date and p.active`),

    async add({ personId, substituteId, startsOn, endsOn }) {
      const id = newId()
      await db.$executeRaw`
        insert into absences (id, user_id, substitute_id, starts_on, ends_on)
        values (${id}, ${personId}, ${substituteId}, ${startsOn}::date, ${endsOn}::date)`
      return id
    },

    async setEnd(id, endsOn) {
      one(id, await db.$executeRaw`update absences set ends_on = ${endsOn}::date where id = ${id}`)
    },

    async remove(id) {
      one(id, await db.$executeRaw`delete from absences where id = ${id}`)
    },

    async accountsOf(person, withTree) {
      const people = await db.$queryRaw<{ id: string }[]>`
        with recursive people as (
          select ${person}::text as id
          union
          select below.id from users below join people above on below.manager_id = above.id where ${withTree})
        select id from people`
      const sight = people.map(({ id }) => id)
      const [row] = await db.$queryRaw<{ accounts: number }[]>`
        select count(*)::int as accounts from accounts a where ${visible(sight)}`
      return row?.accounts ?? 0
    },

    async toldOf(id) {
      const rows = await db.$queryRaw<{ person: string }[]>(sql`
        select distinct person_id as person from notices
        where subject = ${id} and kind = 'absence' and state in ('SENDING', 'SENT', 'UNCLEAR')`)
      return rows.map(({ person }) => person)
    },
  }
}

/** The soonest first. */
async function list(db: Queries, chosen: Prisma.Sql): Promise<Absence[]> {
  const rows = await db.$queryRaw<{ absence: Absence }[]>`
    select jsonb_build_object('id', x.id, 'startsOn', x.starts_on, 'endsOn', x.ends_on,
      'person', jsonb_build_object('id', p.id, 'name', p.name),
      'substitute', jsonb_build_object('id', s.id, 'name', s.name)) as absence
    from absences x join users p on p.id = x.user_id join users s on s.id = x.substitute_id
    where ${chosen} order by x.starts_on, x.id`
  return rows.map(({ absence }) => absence)
}

function one(id: string, touched: number): void {
  if (touched === 0) throw new Error(`absence ${id} is gone`)
}
