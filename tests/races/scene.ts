import type { Act } from '../../src/commands/kit/invocation.ts'
import type { Database } from '../../src/db/client.ts'
import { policyStore } from '../../src/db/policies.ts'
import type { Need, Policy } from '../../src/domain/discounts/policy.ts'
import { addAccount, addTeam, emailOf, NOW } from '../support/clients.ts'
import { submit } from '../support/core.ts'
import { type Hand, type Heard, hearing } from './click.ts'

const policyWith = (need: Need): Policy => ({
  name: 'Directors decide',
  answerHours: 8,
  validDays: 30,
  floors: {},
  escalation: { DIRECTOR: 'ADMIN' },
  fallback: 'ADMIN',
  rules: [
    { name: 'Directors decide', when: [], outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need } },
  ],
})

const PEOPLE = ['anna', 'boris', 'dana', 'dora', 'dirk'] as const
export type Person = (typeof PEOPLE)[number]

export const slack = (person: Person): Hand => ({
  platform: 'SLACK',
  externalId: `U0${person.toUpperCase()}`,
})
export const telegram = (person: Person): Hand => ({ platform: 'TELEGRAM', externalId: `tg-${person}` })

/** What a request is when the race begins. */
export type Start = 'pending' | 'twoNeeded' | 'countered'

/** A card reads what else its account asked for: a thousand requests of one account there never are. */
const ACCOUNTS = 50

/** On which product such a copy is, and for which account. */
export const productOf = (id: string): string => `p${numberOf(id)}`
export const accountOf = (id: string): string => `acme${numberOf(id) % ACCOUNTS}`
const numberOf = (id: string) => Number(id.split('-')[1])

export type Scene = Readonly<{
  database: Database
  /** Copies of one request that was really filed, each on a product of its own; their ids were never used before. */
  lay(start: Start, count: number): Promise<readonly string[]>
  says(by: Hand, act: Act): Promise<Heard>
}>

/** Anna asks for the Acmes, which are Boris’s too; Dana, Dora and Dirk decide, all of them in Slack and Telegram. */
export async function openScene(database: Database, products: number): Promise<Scene> {
  const { prisma } = database
  await addTeam(database)
  const directors = ['dora', 'dirk'].map((id) => ({
    id,
    name: `${id.charAt(0).toUpperCase()}${id.slice(1)} Example`,
    email: emailOf(id),
    role: 'DIRECTOR' as const,
  }))
  await prisma.user.createMany({ data: directors })
  await prisma.user.update({ where: { id: 'boris' }, data: { language: 'en' } })
  await prisma.identity.createMany({
    data: PEOPLE.flatMap((userId) =>
      [slack(userId), telegram(userId)].map((hand) => ({
        id: `${hand.platform}-${userId}`,
        userId,
        ...hand,
      })),
    ),
  })
  for (let index = 0; index < ACCOUNTS; index += 1)
    await addAccount(database, {
      id: `acme${index}`,
      name: `Acme ${index}`,
      ownerId: 'anna',
      team: ['boris'],
    })
  await prisma.product.createMany({
    data: Array.from({ length: products + 1 }, (_, index) => ({
      id: `p${index}`,
      name: `Product ${index}`,
      listPrice: '10000',
      currency: 'EUR',
    })),
  })
  const hear = hearing(database)
  let laid = 0
  const says = (by: Hand, act: Act) => hear({ process: 0, afterMs: 0, by, act })
  return { database, says, lay: (start, count) => lay({ database, says }, start, `q${(laid += 1)}-`, count) }
}

async function lay(
  { database, says }: Pick<Scene, 'database' | 'says'>,
  start: Start,
  prefix: string,
  count: number,
): Promise<readonly string[]> {
  const { prisma } = database
  await prisma.$executeRaw`truncate discount_requests, approval_votes, client_commitments, notices, drafts cascade`
  await setNeed(database, start === 'twoNeeded' ? 2 : 'any')
  const asked = {
    account: 'acme0',
    price: '12%',
    product: 'p0',
    reason: 'a rival offers less',
    give: '50% prepaid by 1 December',
  }
  const { text } = await says(slack('anna'), submit('discount', asked))
  const template = await prisma.discountRequest.findFirst({ select: { id: true } })
  if (!template) throw new Error(`nothing was filed: ${text}`)
  if (start === 'countered')
    await says(
      telegram('dana'),
      submit('discount-counter', { id: template.id, s: '1.1', percent: '8', word: 'margin' }),
    )
  await copy(database, template.id, prefix, count)
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)
}

async function setNeed({ prisma }: Database, need: Need): Promise<void> {
  const policies = policyStore(prisma)
  const { version } = await policies.current()
  await policies.set(policyWith(need), '', { authorId: 'ada', channel: 'cli', at: NOW }, version)
}

/** The request with its votes and its messages, so many times; the template itself is gone then. */
async function copy({ prisma }: Database, template: string, prefix: string, count: number): Promise<void> {
  await prisma.$executeRaw`
    insert into discount_requests (id, account_id, requester_id, product_id, state, percent, list_amount, net_amount,
      currency, last_day, round, version, policy_version, waiting_for, next_at, decided_at, created_at, changed_at, body)
    select ${prefix}::text || n, 'acme' || n % ${ACCOUNTS}::int, requester_id, 'p' || n, state, percent, list_amount, net_amount, currency, last_day,
      round, version, policy_version, waiting_for, next_at, decided_at, created_at, changed_at,
      replace(replace(body::text, ${template}::text, ${prefix}::text || n), '"p0"', '"p' || n || '"')::jsonb
    from discount_requests, generate_series(1, ${count}::int) n where id = ${template}`
  await prisma.$executeRaw`
    insert into approval_votes (request_id, step_id, slot, seat_id, actor_id, verdict, channel, at)
    select ${prefix}::text || n, step_id, slot, seat_id, actor_id, verdict, channel, at
    from approval_votes, generate_series(1, ${count}::int) n where request_id = ${template}`
  await prisma.$executeRaw`
    insert into notices (id, key, person_id, kind, subject, number, due_at, try_at, state)
    select id || '-' || n, replace(key, ${template}::text, ${prefix}::text || n), person_id, kind, ${prefix}::text || n, number, due_at, try_at, state
    from notices, generate_series(1, ${count}::int) n where subject = ${template}`
  await prisma.notice.deleteMany({ where: { subject: template } })
  await prisma.discountRequest.delete({ where: { id: template } })
}
