import type { Database } from '../../src/db/client.ts'
import { policyStore } from '../../src/db/policies.ts'
import type { Role } from '../../src/domain/shared/actor.ts'
import { addAccount, addTeam, NOW } from '../support/clients.ts'
import type { Person } from './table.ts'

export const ID_OF: Readonly<Record<Person | 'departed', string>> = {
  owner: 'anna',
  team: 'boris',
  above: 'max',
  substitute: 'sven',
  colleague: 'vera',
  otherManager: 'mona',
  director: 'dana',
  finance: 'fay',
  admin: 'ada',
  departed: 'ned',
}

export const ROLE_OF: Readonly<Record<Person | 'departed', Role>> = {
  owner: 'KAM',
  team: 'KAM',
  above: 'MANAGER',
  substitute: 'KAM',
  colleague: 'KAM',
  otherManager: 'MANAGER',
  director: 'DIRECTOR',
  finance: 'FINANCE',
  admin: 'ADMIN',
  departed: 'KAM',
}

const MANAGER_OF: Partial<Record<Person | 'departed', Person>> = {
  owner: 'above',
  team: 'above',
  departed: 'above',
  above: 'director',
  otherManager: 'director',
  substitute: 'otherManager',
  colleague: 'otherManager',
}

/** Words that only the account of the table and what belongs to it have. */
export const SECRETS = /copper|quentin|zedd|obsidian|marzipan|walrus|heliotrope|narwhal|77[\s,.]?777/iu

/** What is typed for the account, and for one that there is not. */
export const NAMES = {
  name: ['Zanzibar Copper Works', 'Zanzibar Topper Works'],
  alias: ['Qubricon', 'Qubrilon'],
  taxNumber: ['7707083893', '7707083894'],
} as const

export const NOBODYS = '01930000-0000-7000-8000-00000000dead'

export async function layHouse(database: Database): Promise<void> {
  const { prisma } = database
  const everybody = Object.entries(ID_OF) as [Person | 'departed', string][]
  // Whoever manages comes before whom they manage.
  const order: readonly string[] = ['director', 'admin', 'finance', 'above', 'otherManager']
  const team = everybody
    .toSorted(([a], [b]) => Number(order.includes(b)) - Number(order.includes(a)))
    .toSorted(([a], [b]) => Number(b === 'director') - Number(a === 'director'))
  await addTeam(
    database,
    team.map(([who, id]) => {
      const above = MANAGER_OF[who]
      return {
        id,
        role: ROLE_OF[who],
        language: 'en',
        active: who !== 'departed',
        ...(above ? { managerId: ID_OF[above] } : {}),
      }
    }),
  )
  await prisma.absence.create({
    data: {
      id: 'away-now',
      userId: ID_OF.owner,
      substituteId: ID_OF.substitute,
      startsOn: new Date('2026-11-20'),
      endsOn: new Date('2026-11-27'),
    },
  })
  await layAccounts(database)
}

async function layAccounts(database: Database): Promise<void> {
  const { prisma } = database
  await addAccount(database, {
    id: 'copper',
    name: NAMES.name[0],
    ownerId: ID_OF.owner,
    team: [ID_OF.team, ID_OF.departed],
    aliases: [NAMES.alias[0]],
    taxNumber: NAMES.taxNumber[0],
    tier: 'A',
  })
  await prisma.account.update({
    where: { id: 'copper' },
    data: { latitude: 55.7539, longitude: 37.6208, goals: 'Obsidian plant' },
  })
  // Theirs, and near enough to be offered for the name that they may not see.
  await addAccount(database, { id: 'spices', name: 'Zanzibar Spices', ownerId: ID_OF.colleague })
  await addAccount(database, { id: 'harbour', name: 'Zanzibar Harbour', ownerId: ID_OF.otherManager })
  await prisma.contact.create({
    data: {
      id: 'quentin',
      accountId: 'copper',
      name: 'Quentin Zedd',
      position: 'Buyer',
      phone: '+7 900 77777',
    },
  })
  await prisma.product.create({
    data: { id: 'paper', name: 'Plain Paper', listPrice: '10000', cost: '5000', currency: 'EUR' },
  })
  const own = { accountId: 'copper', currency: 'EUR' }
  await prisma.deal.create({
    data: {
      ...own,
      id: 'obsidian',
      title: 'Obsidian line',
      stage: 'Proposal',
      outcome: 'OPEN',
      amount: '77777',
    },
  })
  await prisma.invoice.create({
    data: {
      ...own,
      id: 'narwhal',
      number: 'NARWHAL-1',
      issuedOn: new Date('2026-09-01'),
      dueOn: new Date('2026-12-22'),
      amount: '77777',
      paidAmount: '0',
    },
  })
  const manager = { manager: 1 } as const
  const outcome = { kind: 'approve', by: manager, need: 'any' } as const
  const policy = {
    name: 'The manager decides',
    answerHours: 8,
    validDays: 30,
    floors: {},
    escalation: {},
    fallback: 'ADMIN' as const,
    rules: [{ name: 'The manager decides', when: [], outcome }],
  }
  await policyStore(prisma).set(policy, '', { authorId: ID_OF.admin, channel: 'cli', at: NOW }, 0)
}
