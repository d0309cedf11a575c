import type { AccountStore } from '../accounts/account.ts'
import type { LinkStore } from '../identity/linking.ts'
import type { PeopleStore } from '../identity/person.ts'
import type { AuditRecord } from './audit.ts'

/** Everything a command may touch, bound to one transaction (or, for reads, to none). Nothing else is in scope. */
export type Work = Readonly<{
  accounts: AccountStore
  people: PeopleStore
  links: LinkStore
  audit: Readonly<{ write(record: AuditRecord): Promise<void> }>
}>
