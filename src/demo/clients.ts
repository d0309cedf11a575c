import { transliterate } from 'transliteration'
import { nameKey } from '../domain/accounts/name-key.ts'
import { PLACES } from './places.ts'
import { randomFor } from './random.ts'
import type { DemoAccount, DemoAccountName, DemoContact } from './rows.ts'
import type { Story } from './story.ts'
import { kam, userId } from './team.ts'

export const accountId = (key: string) => `demo-account-${key}`
export const contactId = (key: string, at: number) => `demo-contact-${key}-${at + 1}`

export function accountOf(story: Story): DemoAccount {
  const { key, name, tier, level, parent, owner, clientRevenue } = story
  const id = accountId(key)
  const [latitude = null, longitude = null] = PLACES[key] ?? []
  return {
    id,
    externalId: id,
    name,
    tier: tier ?? null,
    ownerId: userId(owner),
    delegationLevel: level ?? null,
    parentId: parent ? accountId(parent) : null,
    sector: story.sector ?? null,
    location: story.location ?? null,
    latitude,
    longitude,
    website: story.website ?? null,
    employees: story.employees ?? null,
    foundedYear: story.foundedYear ?? null,
    clientRevenue: clientRevenue?.toFixed(2) ?? null,
    clientRevenueCurrency: clientRevenue ? kam(owner).currency : null,
    goals: story.goals ?? null,
    needs: story.needs ?? null,
    competitors: [...(story.competitors ?? [])],
  }
}

export function namesOf({ key, name, aliases = [], taxNumber }: Story): DemoAccountName[] {
  const all = [
    { kind: 'NAME' as const, text: name },
    ...aliases.map((text) => ({ kind: 'ALIAS' as const, text })),
    ...(taxNumber ? [{ kind: 'TAX_NUMBER' as const, text: taxNumber }] : []),
  ]
  return all.map(({ kind, text }, at) => ({
    id: `demo-name-${key}-${at + 1}`,
    accountId: accountId(key),
    kind,
    text,
    key: nameKey(text),
  }))
}

export function teamOf({ key, team = [] }: Story) {
  return team.map((person) => ({ accountId: accountId(key), userId: userId(person) }))
}

/** Not everybody's mail and number are known, as in life. */
export function contactsOf({ key, owner, people = [] }: Story): DemoContact[] {
  const random = randomFor(`contacts ${key}`)
  const { language, currency } = kam(owner)
  return people.map((person, at) => {
    const id = contactId(key, at)
    const email = random.next() < 0.85 ? mailbox(person.name, key) : null
    const phone = random.next() < 0.75 ? phoneIn(currency, random.whole(0, 99)) : null
    return { id, externalId: id, accountId: accountId(key), ...person, email, phone, language }
  })
}

function mailbox(name: string, key: string): string {
  const plain = transliterate(name)
    .toLowerCase()
    .replaceAll(/^dr\.\s*/g, '')
  const local = plain
    .replaceAll(/[^a-z ]/g, '')
    .trim()
    .replaceAll(/ +/g, '.')
  return `${local}@${key}.example.org`
}

/** Numbers that are reserved for films and books; where there are none, a code that nobody has. */
function phoneIn(currency: string, number: number): string {
  const two = String(number).padStart(2, '0')
  if (currency === 'RUB') return `+7 000 000-01-${two}`
  return currency === 'USD' ? `+1 312 555 01${two}` : `+49 30 23125 0${two}`
}
