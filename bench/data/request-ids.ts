import { ACCOUNTS_EACH, TEAM } from './fill.ts'

/** Whose request it is, and about which of their accounts: all sellers of the first manager, in turn. */
export const requesterOf = (request: number): number => request % TEAM
export const accountOf = (request: number): number =>
  requesterOf(request) * ACCOUNTS_EACH + (Math.floor(request / TEAM) % ACCOUNTS_EACH)
