import type { AccountRef } from '../accounts/account.ts'
import type { Give } from './terms.ts'

/** VOID: the discount was withdrawn, so nothing is owed for it any more. */
export type CommitmentState = 'OPEN' | 'KEPT' | 'BROKEN' | 'VOID'

/** What the client gives for a granted discount, to be checked at its date. */
export type Commitment = Give &
  Readonly<{
    id: string
    requestId: string
    requestNumber: number
    account: AccountRef
    requesterId: string
    state: CommitmentState
    delays: number
    /** ISO instant. */
    checkedAt: string | null
  }>

/** How an account kept its side of the discounts it was given. */
export type CommitmentScore = Readonly<{ kept: number; broken: number; open: number; overdue: number }>

/** How long «not yet» puts the question off, and how often it can be said. */
export const DELAY_DAYS = 7
export const MOST_DELAYS = 4
