import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import type { Terms } from '../../domain/discounts/terms.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Said, Wish } from './wish.ts'

/** Everything that a request is made of, before the policy has said anything. */
export type Draft = Readonly<{
  account: AccountRef
  /** Whose it is: of a changed one whoever asked first, also when a substitute changes it. */
  requester: PersonId
  terms: Terms
  offer: Offer
  reason: string
  wish: Wish
  said: Said
  draft: string | null
}>
