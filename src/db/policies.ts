import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import { DEFAULT_POLICY } from '../domain/discounts/default-policy.ts'
import type { Policy, PolicyVersion } from '../domain/discounts/policy.ts'
import type {
  PolicyAuthor,
  PolicyEdition,
  PolicySetting,
  PolicyStore,
} from '../domain/discounts/policy-store.ts'
import type { Json } from '../domain/shared/audit.ts'
import { writeAudit } from './audit.ts'
import { isoOf, timestamp } from './instants.ts'

type Db = PrismaClient | Prisma.TransactionClient

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
  db: Prisma.TransactionClient,
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
