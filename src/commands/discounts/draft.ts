import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import type { Terms } from '../../domain/discounts/terms.ts'
import type { Said, Wish } from './wish.ts'

/** Everything that a request is made of, before the policy has said anything. */
export type Draft = Readonly<{
  account: AccountRef
  terms: Terms
  offer: Offer
  reason: string
  wish: Wish
  said: Said
  draft: string | null
}>
