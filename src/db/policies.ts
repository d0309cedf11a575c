import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import { DEFAULT_POLICY } from '../domain/discounts/default-policy.ts'
import type { PastRequest } from '../domain/discounts/dry-run.ts'
import type { Policy, PolicyVersion } from '../domain/discounts/policy.ts'
import type {
  PolicyAuthor,
  PolicyEdition,
  PolicySetting,
  PolicyStore,
} from '../domain/discounts/policy-store.ts'
import type { House } from '../domain/discounts/policy-warnings.ts'
import type { Role } from '../domain/shared/actor.ts'
import type { Json } from '../domain/shared/audit.ts'
import { writeAudit } from './audit.ts'
import { isoOf, timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

type Db = PrismaClient | Queries

const BUILT_IN: PolicyVersion = { version: 0, policy: DEFAULT_POLICY }

export function policyStore(db: Db): PolicyStore {
  return {
    current: () => current(db),

    async find(version) {
      if (version === BUILT_IN.version) return BUILT_IN
      const [row] = await db.$queryRaw<{ content: Policy }[]>`
        select content from policy_versions where version = ${version}`
      return row ? { version, policy: row.content } : null
    },

    all: () => db.$queryRaw<PolicyEdition[]>`
      select p.version, p.content->>'name' as name, ${isoOf(Prisma.sql`p.set_at`)} as "setAt", u.name as by, p.channel
      from policy_versions p left join users u on u.id = p.author_id order by p.version desc`,

    set: (policy, source, author, expected) =>
      '$transaction' in db
        ? db.$transaction((tx) => setNext(tx, policy, source, author, expected))
        : setNext(db, policy, source, author, expected),
  }
}

async function current(db: Db): Promise<PolicyVersion> {
  const [row] = await db.$queryRaw<{ version: number; content: Policy }[]>`
    select version, content from policy_versions order by version desc limit 1`
  return row ? { version: row.version, policy: row.content } : BUILT_IN
}

/** One statement asks and writes; of two that set the same version at once, the second waits and then finds it taken. */
async function setNext(
  db: Queries,
  policy: Policy,
  source: string,
  { authorId, channel, at }: PolicyAuthor,
  expected: number,
): Promise<PolicySetting> {
  const before = await current(db)
  const version = expected + 1
  const written = await db.$executeRaw`
    insert into policy_versions (version, content, source, author_id, channel, set_at)
    select ${version}::int, ${JSON.stringify(policy)}::jsonb, ${source}, ${authorId}, ${channel}, ${timestamp(at)}
    where coalesce((select max(version) from policy_versions), 0) = ${expected}::int
    on conflict (version) do nothing`
  if (written === 0) return { kind: 'changed', current: (await current(db)).version }
  await writeAudit(db, {
    actorId: authorId,
    channel,
    action: 'policy.set',
    subject: String(version),
    before: { version: before.version, name: before.policy.name },
    // The whole of it: the log is chained, so a policy that was tampered with later can be told.
    after: { version, policy: policy as unknown as Json },
  })
  return { kind: 'set', version }
}

/** The text of a version as it was written; null for the one that comes with the product. */
export async function policySource(db: Db, version: number): Promise<string | null> {
  const [row] = await db.$queryRaw<{ source: string }[]>`
    select source from policy_versions where version = ${version}`
  return row?.source ?? null
}

/** The newest requests with what the rules saw of them when they were filed. */
export async function lastRequests(db: Db, count: number): Promise<readonly PastRequest[]> {
  return db.$queryRaw<PastRequest[]>`
    select d.number, a.name as account, d.body->'facts' as facts
    from discount_requests d join accounts a on a.id = d.account_id order by d.number desc limit ${count}`
}

/** Who could be asked, and in which currencies there are prices. */
export async function houseOf(db: Db): Promise<House> {
  const people = await db.$queryRaw<{ role: Role; count: number }[]>`
    select role::text, count(*)::int as count from users where active group by role`
  const currencies = await db.$queryRaw<{ currency: string }[]>`
    select currency from products union select currency from deals order by currency`
  return {
    people: Object.fromEntries(people.map(({ role, count }) => [role, count])),
    currencies: currencies.map(({ currency }) => currency),
  }
}
