import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { AbsenceStore } from '../domain/identity/absence.ts'
import type { Day } from '../domain/shared/day.ts'
import { visible } from './sight.ts'

type Db = PrismaClient | Prisma.TransactionClient

const { sql } = Prisma

const NAMED = { select: { id: true, name: true } } as const
const ABSENCE = { id: true, startsOn: true, endsOn: true, user: NAMED, substitute: NAMED } as const
const SOONEST = [{ startsOn: 'asc' }, { id: 'asc' }] as const

type Row = Prisma.AbsenceGetPayload<{ select: typeof ABSENCE }>

const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10)

const absenceOf = ({ id, startsOn, endsOn, user, substitute }: Row) => ({
  id,
  startsOn: dayOf(startsOn),
  endsOn: dayOf(endsOn),
  person: user,
  substitute,
})

export function absenceStore(db: Db, newId: () => string): AbsenceStore {
  return {
    colleagues: () =>
      db.user.findMany({
        select: { id: true, name: true, email: true, role: true, active: true, managerId: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),

    async hold(people) {
      await db.$queryRaw`
        select id from users where id = any(${[...people]}::text[]) order by id for no key update`
    },

    async find(id) {
      const row = await db.absence.findUnique({ where: { id }, select: ABSENCE })
      return row && absenceOf(row)
    },

    async during(people, { startsOn, endsOn }) {
      const rows = await db.absence.findMany({
        where: {
          userId: { in: [...people] },
          startsOn: { lte: dateOf(endsOn) },
          endsOn: { gte: dateOf(startsOn) },
        },
        select: ABSENCE,
        orderBy: [...SOONEST],
      })
      return rows.map(absenceOf)
    },

    async standInsOf(substituteId, from) {
      const rows = await db.absence.findMany({
        where: { substituteId, endsOn: { gte: dateOf(from) }, user: { active: true } },
        select: ABSENCE,
        orderBy: [...SOONEST],
      })
      return rows.map(absenceOf)
    },

    async add({ personId, substituteId, startsOn, endsOn }) {
      const id = newId()
      const days = { startsOn: dateOf(startsOn), endsOn: dateOf(endsOn) }
      await db.absence.create({ data: { id, userId: personId, substituteId, ...days } })
      return id
    },

    async setEnd(id, endsOn) {
      await db.absence.update({ where: { id }, data: { endsOn: dateOf(endsOn) } })
    },

    async remove(id) {
      await db.absence.delete({ where: { id } })
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
