import { nameKey } from '../../src/domain/accounts/name-key.ts'
import type { Role } from '../../src/domain/shared/actor.ts'
import type { Database } from '../../src/db/client.ts'

/** Mon, 23 Nov 2026, 14:30 in Moscow. */
export const NOW = new Date('2026-11-23T11:30:00Z')
export const TODAY = '2026-11-23'

export type TestUser = Readonly<{
  id: string
  role: Role
  managerId?: string
  language?: 'en' | 'ru'
  active?: boolean
}>

/** Dana leads Max (manager of Anna and Boris) and Vera; Fay is finance, Ada administers. */
const TEAM: readonly TestUser[] = [
  { id: 'dana', role: 'DIRECTOR' },
  { id: 'max', role: 'MANAGER', managerId: 'dana' },
  { id: 'anna', role: 'KAM', managerId: 'max' },
  { id: 'boris', role: 'KAM', managerId: 'max', language: 'ru' },
  { id: 'vera', role: 'KAM', managerId: 'dana' },
  { id: 'fay', role: 'FINANCE', managerId: 'dana' },
  { id: 'ada', role: 'ADMIN' },
]

export const emailOf = (id: string) => `${id}@example.com`
const nameOf = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1)} Example`

export async function addTeam({ prisma }: Database, team: readonly TestUser[] = TEAM): Promise<void> {
  const createdAt = (index: number) => new Date(NOW.getTime() + index)
  const data = team.map((user, index) => ({
    ...user,
    email: emailOf(user.id),
    name: nameOf(user.id),
    createdAt: createdAt(index),
  }))
  await prisma.user.createMany({ data })
}

export type TestAccount = Readonly<{
  id: string
  name: string
  ownerId?: string
  team?: readonly string[]
  aliases?: readonly string[]
  taxNumber?: string
  tier?: 'A' | 'B' | 'C'
}>

export async function addAccount({ prisma }: Database, account: TestAccount): Promise<void> {
  const { team = [], aliases = [], taxNumber, ...own } = account
  await prisma.account.create({ data: own })
  const names = [
    { kind: 'NAME' as const, text: account.name },
    ...aliases.map((text) => ({ kind: 'ALIAS' as const, text })),
    ...(taxNumber ? [{ kind: 'TAX_NUMBER' as const, text: taxNumber }] : []),
  ]
  await prisma.accountName.createMany({
    data: names.map(({ kind, text }, index) => ({
      id: `${account.id}-${index}`,
      accountId: account.id,
      kind,
      text,
      key: nameKey(text),
    })),
  })
  await prisma.accountTeamMember.createMany({
    data: team.map((userId) => ({ accountId: account.id, userId })),
  })
}

/** Acme is Anna's, with everything worth showing; Ромашка is Boris's with almost nothing; Globex is Vera's. */
export async function addClients(database: Database): Promise<void> {
  await addAccount(database, {
    id: 'acme',
    name: 'Acme Corporation',
    ownerId: 'anna',
    team: ['boris'],
    aliases: ['АКМЕ'],
    taxNumber: '7701234567',
    tier: 'A',
  })
  await addAccount(database, { id: 'romashka', name: 'ООО «Ромашка»', ownerId: 'boris' })
  await addAccount(database, { id: 'romashka-plus', name: 'ООО «Ромашка Плюс»', ownerId: 'boris' })
  await addAccount(database, { id: 'globex', name: 'Globex GmbH', ownerId: 'vera', tier: 'B' })
  await addAcmeFacts(database)
}

const day = (text: string) => new Date(`${text}T00:00:00Z`)

async function addAcmeFacts({ prisma }: Database): Promise<void> {
  const own = { accountId: 'acme', currency: 'EUR' }
  await prisma.account.update({
    where: { id: 'acme' },
    data: {
      sector: 'Machinery',
      delegationLevel: 'D2',
      goals: 'Open a second plant',
      latitude: 55.7539,
      longitude: 37.6208,
      competitors: ['Initech'],
    },
  })
  const won = (id: string, amount: string, closedOn: string) => ({
    ...own,
    id,
    stage: 'Won',
    outcome: 'WON' as const,
    amount,
    closedOn: day(closedOn),
  })
  const open = (id: string, stage: string, amount: string | null) => ({
    ...own,
    id,
    stage,
    outcome: 'OPEN' as const,
    amount,
  })
  await prisma.deal.createMany({
    data: [
      won('w1', '1000.50', '2026-02-01'),
      won('w2', '500', '2026-11-23'),
      won('w3', '1200', '2025-11-23'),
      won('w4', '9000', '2025-11-24'),
      open('o1', 'Proposal', '700'),
      open('o2', 'Proposal', null),
      open('o3', 'Qualification', '50'),
      { ...own, id: 'l1', stage: 'Lost', outcome: 'LOST', amount: '99999', closedOn: day('2026-03-03') },
    ],
  })
  const invoice = (id: string, dueOn: string, amount: string, paidAmount: string, paidOn: string | null) => ({
    ...own,
    id,
    number: id,
    issuedOn: day('2026-09-01'),
    dueOn: day(dueOn),
    amount,
    paidAmount,
    paidOn: paidOn ? day(paidOn) : null,
  })
  await prisma.invoice.createMany({
    data: [
      invoice('INV-1', '2026-10-14', '300', '100', null),
      invoice('INV-2', '2026-11-22', '50', '0', null),
      invoice('INV-3', '2026-11-23', '70', '0', null),
      invoice('INV-4', '2026-09-30', '400', '400', '2026-09-29'),
    ],
  })
  await prisma.target.create({
    data: { ...own, id: 't1', startsOn: day('2026-01-01'), endsOn: day('2026-12-31'), amount: '3001' },
  })
  await prisma.contract.create({
    data: { ...own, id: 'c1', number: 'C-17', startsOn: day('2025-01-01'), endsOn: day('2026-12-23') },
  })
  await prisma.contact.createMany({
    data: [
      {
        id: 'olga',
        accountId: 'acme',
        name: 'Olga Smirnova',
        position: 'Purchasing director',
        influence: 'DECISION_MAKER',
        attitude: 'SUPPORTER',
      },
      {
        id: 'ken',
        accountId: 'acme',
        name: 'Ken Ono',
        position: 'Engineer',
        influence: 'USER',
        attitude: 'CRITIC',
        phone: '+49 30 1234567',
      },
    ],
  })
  const held = (id: string, on: string, mood: 'GOOD' | 'BAD' | null, notes: string) => ({
    id,
    accountId: 'acme',
    kind: 'VISIT' as const,
    status: 'HELD' as const,
    day: day(on),
    mood,
    notes,
    authorId: 'anna',
    createdAt: day('2026-11-20'),
  })
  await prisma.meeting.createMany({
    data: [
      held('m1', '2026-08-01', 'BAD', 'First talk'),
      held('m2', '2026-09-01', 'GOOD', 'Second talk'),
      {
        ...held('m3', '2026-10-01', 'GOOD', 'Discussed the 2027 price list\nlong notes follow'),
        startsAt: new Date('2026-10-01T12:00:00Z'),
      },
      held('m4', '2026-07-01', null, 'Older'),
      {
        ...held('m5', '2026-11-25', null, ''),
        status: 'PLANNED',
        kind: 'ONLINE',
        notes: null,
        startsAt: new Date('2026-11-25T09:00:00Z'),
      },
      { ...held('m6', '2026-11-20', null, ''), status: 'PLANNED', notes: null },
    ],
  })
  await prisma.meetingAttendee.createMany({
    data: [
      { meetingId: 'm3', name: 'Olga Smirnova', contactId: 'olga' },
      { meetingId: 'm2', name: 'Sam Stranger', contactId: null },
      { meetingId: 'm5', name: 'Olga Smirnova', contactId: 'olga' },
    ],
  })
}
