import type { Definition, Kind } from './definition.ts'
import { accounts } from './kinds/accounts.ts'
import { contacts } from './kinds/contacts.ts'
import { contracts } from './kinds/contracts.ts'
import { deals } from './kinds/deals.ts'
import { invoices } from './kinds/invoices.ts'
import { meetings } from './kinds/meetings.ts'
import { products } from './kinds/products.ts'
import { targets } from './kinds/targets.ts'
import { users } from './kinds/users.ts'

export const DEFINITIONS: Readonly<Record<Kind, Definition>> = {
  users,
  accounts,
  contacts,
  products,
  deals,
  invoices,
  contracts,
  targets,
  meetings,
}
