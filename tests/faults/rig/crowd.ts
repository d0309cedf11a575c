import type { Database } from '../../../src/db/client.ts'
import { policyStore } from '../../../src/db/policies.ts'
import type { Policy } from '../../../src/domain/discounts/policy.ts'
import { nameKey } from '../../../src/domain/accounts/name-key.ts'

/** A seller with one account, and the manager who decides for them. */
export type Pair = Readonly<{
  seller: string
  manager: string
  /** What the account is called. */
  account: string
  sellerSlack: string
  managerSlack: string
  sellerTelegram: number
}>

export type Crowd = Readonly<{ pairs: readonly Pair[]; products: readonly string[] }>

const WORKSPACE = 'T0HOME'
/** Who would hear if somebody had to know of what happens to the program. */
export const ADMIN = 'U0ADA'

const POLICY: Policy = {
  name: 'Managers decide',
  answerHours: 8,
  validDays: 30,
  floors: {},
  escalation: { MANAGER: 'ADMIN' },
  fallback: 'ADMIN',
  rules: [
    { name: 'Managers decide', when: [], outcome: { kind: 'approve', by: { manager: 1 }, need: 'any' } },
  ],
}

/** Always at work and never asleep, so that a test means the same at night and on Sundays. */
const ALWAYS = {
  language: 'en',
  digestAt: 'OFF',
  workFrom: '00:00',
  workTo: '23:59',
  workDays: [1, 2, 3, 4, 5, 6, 7],
  quietFrom: '03:33',
  quietTo: '03:34',
}

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ')

/** A word that is unlike the others and like nothing that a line could mean: `Bafixo`. */
export function wordOf(number: number, length = 4): string {
  const parts: string[] = []
  let rest = number * 7_919 + 104_729
  for (let at = 0; at < length; at += 1) {
    parts.push(SYLLABLES[rest % SYLLABLES.length] ?? '')
    rest = Math.floor(rest / SYLLABLES.length)
  }
  return parts.join('')
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

export async function addPeople(
  database: Database,
  { pairs: count, products: ofThem }: Readonly<{ pairs: number; products: number }>,
): Promise<Crowd> {
  const { prisma } = database
  const pairs = Array.from(
    { length: count },
    (_, at): Pair => ({
      seller: `k${at}`,
      manager: `m${at}`,
      account: `${capital(wordOf(at))} Works`,
      sellerSlack: `U0K${at}`,
      managerSlack: `U0M${at}`,
      sellerTelegram: 5_000_000 + at,
    }),
  )
  const products = Array.from({ length: ofThem }, (_, at) => `${capital(wordOf(at, 5))} Pump`)
  const person = (id: string, role: 'KAM' | 'MANAGER' | 'ADMIN', more: object = {}) => ({
    ...ALWAYS,
    id,
    role,
    name: `${capital(id)} Example`,
    email: `${id}@example.com`,
    ...more,
  })
  await prisma.user.createMany({
    data: [
      person('ada', 'ADMIN'),
      ...pairs.map(({ manager }) => person(manager, 'MANAGER', { preferredChat: 'SLACK' })),
      ...pairs.map(({ seller, manager }) =>
        person(seller, 'KAM', { managerId: manager, preferredChat: 'TELEGRAM' }),
      ),
    ],
  })
  const inSlack = { userId: 'ada', platform: 'SLACK', workspace: WORKSPACE, externalId: ADMIN } as const
  await prisma.identity.createMany({ data: [{ id: 's-ada', ...inSlack }, ...pairs.flatMap(identitiesOf)] })
  await prisma.account.createMany({
    data: pairs.map(({ seller, account }) => ({ id: `acc-${seller}`, name: account, ownerId: seller })),
  })
  await prisma.accountName.createMany({
    data: pairs.map(({ seller, account }) => ({
      id: `name-${seller}`,
      accountId: `acc-${seller}`,
      kind: 'NAME' as const,
      text: account,
      key: nameKey(account),
    })),
  })
  await prisma.product.createMany({
    data: products.map((name, at) => ({
      id: `p${at}`,
      name,
      listPrice: '10000',
      cost: '7000',
      currency: 'EUR',
    })),
  })
  await policyStore(prisma).set(POLICY, '', { authorId: 'ada', channel: 'cli', at: new Date() }, 0)
  return { pairs, products }
}

const identitiesOf = ({ seller, manager, sellerSlack, managerSlack, sellerTelegram }: Pair) => [
  {
    id: `s-${seller}`,
    userId: seller,
    platform: 'SLACK' as const,
    workspace: WORKSPACE,
    externalId: sellerSlack,
  },
  {
    id: `s-${manager}`,
    userId: manager,
    platform: 'SLACK' as const,
    workspace: WORKSPACE,
    externalId: managerSlack,
  },
  { id: `t-${seller}`, userId: seller, platform: 'TELEGRAM' as const, externalId: String(sellerTelegram) },
]

export const slackUsers = ({ pairs }: Crowd) => [
  { id: ADMIN, email: 'ada@example.com' },
  ...pairs.flatMap(({ seller, manager, sellerSlack, managerSlack }) => [
    { id: sellerSlack, email: `${seller}@example.com` },
    { id: managerSlack, email: `${manager}@example.com` },
  ]),
]
