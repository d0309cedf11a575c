import type { Office, Officer } from '../domain/discounts/approvers.ts'
import type { Policy, PolicyVersion } from '../domain/discounts/policy.ts'
import { MOST_STEPS } from '../domain/identity/absence.ts'
import type { Calendar } from '../domain/identity/hours.ts'
import type { PersonId } from '../domain/shared/actor.ts'
import { type HoursRow, hoursOf } from './actors.ts'
import { timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

type Row = HoursRow & Omit<Officer, 'rhythm'> & Readonly<{ timeZone: string | null }>

type At = Readonly<{ now: Date; policy: PolicyVersion; calendar: Calendar; timeZone: string }>

/** Whoever has authority, those above the requester, and all who stand in for somebody: in two statements. */
export async function officeOf(
  db: Queries,
  requester: PersonId,
  { now, policy, calendar, timeZone }: At,
): Promise<Office> {
  const rows = await db.$queryRaw<Row[]>`
    with recursive above as (
      select id, manager_id from users where id = ${requester}
      union
      select u.id, u.manager_id from users u join above a on u.id = a.manager_id)
    select u.id, u.name, u.role, u.active, u.manager_id as "managerId", u.delegation_level as level,
      u.time_zone as "timeZone", u.work_from as "workFrom", u.work_to as "workTo", u.work_days as "workDays",
      u.quiet_from as "quietFrom", u.quiet_to as "quietTo", u.digest_at as "digestAt", u.country
    from users u
    where u.role <> 'KAM' or ${asksKams(policy.policy)} or u.id in (select id from above) or u.id in (select substitute_id from absences)`
  const officers = rows.map(({ id, name, role, active, managerId, level, ...row }): Officer => {
    const rhythm = { timeZone: row.timeZone ?? timeZone, hours: hoursOf(row), calendar }
    return { id, name, role, active, managerId, level, rhythm }
  })
  return {
    now,
    policy: policy.policy,
    policyVersion: policy.version,
    officers: new Map(officers.map((officer) => [officer.id, officer])),
    standIns: await standInsOn(db, now, timeZone),
  }
}

/** They are many, and no policy that we know of asks them. */
const asksKams = ({ rules }: Policy): boolean =>
  rules.some(({ outcome }) => 'by' in outcome && 'role' in outcome.by && outcome.by.role === 'KAM')

/** Their own seat, and those of everybody whom they stand in for today, one after another. */
export async function seatsUsedBy(
  db: Queries,
  person: PersonId,
  now: Date,
  timeZone: string,
): Promise<readonly PersonId[]> {
  const standIns = await standInsOn(db, now, timeZone)
  return [person, ...[...standIns].flatMap(([absent, chain]) => (chain.includes(person) ? [absent] : []))]
}

export type StandIns = Office['standIns']

/** For everybody who is away today those who stand in, each for the one before; never in a circle. */
export async function standInsOn(db: Queries, now: Date, timeZone: string): Promise<StandIns> {
  const rows = await db.$queryRaw<{ absent: PersonId; substitute: PersonId }[]>`
    select distinct on (x.user_id) x.user_id as absent, x.substitute_id as substitute
    from absences x join users w on w.id = x.user_id join users s on s.id = x.substitute_id and s.active
    where (${timestamp(now)} at time zone coalesce(w.time_zone, ${timeZone}))::date
      between x.starts_on and x.ends_on
    order by x.user_id, x.starts_on desc, x.id`
  const next = new Map(rows.map(({ absent, substitute }) => [absent, substitute]))
  return new Map(rows.map(({ absent }) => [absent, chainFrom(absent, next)]))
}

function chainFrom(absent: PersonId, next: ReadonlyMap<PersonId, PersonId>): readonly PersonId[] {
  const chain: PersonId[] = []
  for (let at = next.get(absent); at && at !== absent && !chain.includes(at); at = next.get(at)) {
    chain.push(at)
    if (chain.length === MOST_STEPS) break
  }
  return chain
}
