import type { DelegationLevel } from '../domain/accounts/account.ts'
import type { Language, Platform, Role } from '../domain/shared/actor.ts'

export type DemoUser = Readonly<{
  id: string
  externalId: string
  email: string
  name: string
  role: Role
  managerId: string | null
  language: Language
  timeZone: string
  currency: string
  preferredChat: Platform | null
  delegationLevel: DelegationLevel | null
}>

/** How far each is trusted with discounts. Finance asks for none. */
const LEVELS: Readonly<Partial<Record<Person, DelegationLevel>>> = {
  marat: 'D1',
  james: 'D2',
  anna: 'D3',
  lena: 'D4',
  olga: 'D4',
  thomas: 'D4',
  viktor: 'D4',
}

/** Those who own accounts. */
export type Kam = 'anna' | 'marat' | 'lena' | 'james'
export type Person = Kam | 'olga' | 'thomas' | 'viktor' | 'sophie'

export const userId = (person: Person) => `demo-user-${person}`

/** From the top down, so that a manager is always there before their people. */
export const demoTeam: readonly DemoUser[] = [
  user('viktor', 'Виктор Лебедев', 'viktor.lebedev', 'DIRECTOR', null, ['ru', 'Europe/Moscow', 'EUR']),
  user('sophie', 'Sophie Martin', 'sophie.martin', 'FINANCE', 'viktor', ['en', 'Europe/Paris', 'EUR']),
  user('olga', 'Ольга Смирнова', 'olga.smirnova', 'MANAGER', 'viktor', ['ru', 'Europe/Moscow', 'RUB']),
  user('thomas', 'Thomas Weber', 'thomas.weber', 'MANAGER', 'viktor', ['en', 'Europe/Berlin', 'EUR']),
  user('anna', 'Анна Орлова', 'anna.orlova', 'KAM', 'olga', ['ru', 'Europe/Moscow', 'RUB']),
  {
    ...user('marat', 'Марат Галиев', 'marat.galiev', 'KAM', 'olga', ['ru', 'Asia/Yekaterinburg', 'RUB']),
    preferredChat: 'TELEGRAM',
  },
  user('lena', 'Lena Brandt', 'lena.brandt', 'KAM', 'thomas', ['en', 'Europe/Berlin', 'EUR']),
  user('james', 'James Carter', 'james.carter', 'KAM', 'thomas', ['en', 'America/Chicago', 'USD']),
]

/** What a newcomer sees as each of them, for the console's first page. */
export const demoAbout: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  [userId('anna')]: {
    en: 'Clients in Moscow: the Romashka family, and one empty dossier',
    ru: 'Клиенты в Москве: семья «Ромашек» и одно пустое досье',
  },
  [userId('marat')]: {
    en: 'On the road in the Urals: a silent key account and a debtor',
    ru: 'В дороге по Уралу: молчащий ключевой клиент и должник',
  },
  [userId('lena')]: {
    en: 'Germany and France; stands in for James, who is away',
    ru: 'Германия и Франция; замещает Джеймса, пока он в отъезде',
  },
  [userId('james')]: {
    en: 'The United States: two clients called Acme, steel in trouble',
    ru: 'США: два клиента с именем Acme и сталь, у которой беда',
  },
  [userId('olga')]: {
    en: 'Leads Anna and Marat, sees what they see',
    ru: 'Руководит Анной и Маратом, видит то же, что они',
  },
  [userId('thomas')]: {
    en: 'Leads Lena and James, sees what they see',
    ru: 'Руководит Леной и Джеймсом, видит то же, что они',
  },
  [userId('viktor')]: {
    en: 'Sees every account, in three currencies',
    ru: 'Видит всех клиентов, в трёх валютах',
  },
  [userId('sophie')]: {
    en: 'Sees every account and every debt, changes none',
    ru: 'Видит всех клиентов и все долги, ничего не меняет',
  },
}

/** James has a week off; Lena looks after his clients. Days are counted from today. */
export const demoAbsence = { person: 'james', substitute: 'lena', startsIn: -2, endsIn: 5 } as const

export function memberOf(person: Person): DemoUser {
  const found = demoTeam.find(({ id }) => id === userId(person))
  if (!found) throw new Error(`${person} is not in the demo team`)
  return found
}

export const kam = (person: Kam): DemoUser => memberOf(person)

function user(
  person: Person,
  name: string,
  mailbox: string,
  role: Role,
  manager: Person | null,
  [language, timeZone, currency]: readonly [Language, string, string],
): DemoUser {
  const id = userId(person)
  const managerId = manager && userId(manager)
  const email = `${mailbox}@example.com`
  return {
    id,
    externalId: id,
    email,
    name,
    role,
    managerId,
    language,
    timeZone,
    currency,
    preferredChat: null,
    delegationLevel: LEVELS[person] ?? null,
  }
}
