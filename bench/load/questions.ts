import { ACCOUNTS_EACH, DIRECTORS, TELEGRAM_FROM } from '../data/fill.ts'
import { nameOf, sharedName, sharedNames, sharersOf, typoOf, withoutForm } from '../data/names.ts'
import { accountOf } from '../data/request-ids.ts'
import type { RunName, Slice } from './orders.ts'

/** One thing that somebody asks, and what the answer must hold. */
export type Question = Readonly<
  { expect: readonly string[] } & (
    | { kind: 'command'; user: string; command: string; text: string }
    | { kind: 'press'; user: string; args: Readonly<Record<string, string>> }
    | { kind: 'telegram'; user: number; text: string }
  )
>

/** Any number below `most`, spread evenly, and the same ones for both sides. */
const spread = (n: number, most: number): number => (Math.imul(n + 1, 2_654_435_761) >>> 0) % most

const director = (n: number) => `UD${n % DIRECTORS}`
const SAID = 'yesterday 15:00 discussed the price list, mood good, next: send the quote tomorrow'

/** The first seller's accounts hold the requests for discounts, so they are left alone. */
function sellersAccount(n: number, accounts: number): Readonly<{ seller: number; account: number }> {
  const seller = 1 + spread(n, accounts / ACCOUNTS_EACH - 1)
  return { seller, account: seller * ACCOUNTS_EACH + (n % ACCOUNTS_EACH) }
}

/** `/account` of the program finds out by itself what the floor is told by another command. */
const commandFor = ({ side }: Slice, floor: string) => (side === 'floor' ? floor : '/account')

const ASK: Readonly<Record<RunName, (n: number, slice: Slice) => Question>> = {
  exact(n, { accounts }) {
    const { seller, account } = sellersAccount(n, accounts)
    const text = withoutForm(nameOf(account))
    return {
      kind: 'command',
      user: `UK${seller}`,
      command: '/account',
      text,
      expect: [nameOf(account), 'Revenue 20'],
    }
  },
  typo(n, slice) {
    const account = spread(n, slice.accounts)
    const command = commandFor(slice, '/find')
    return {
      kind: 'command',
      user: director(n),
      command,
      text: typoOf(account),
      expect: [withoutForm(nameOf(account))],
    }
  },
  ambiguous(n, slice) {
    const group = spread(n, sharedNames(slice.accounts))
    const expect = sharersOf(group, slice.accounts).map(nameOf)
    const command = commandFor(slice, '/choose')
    return { kind: 'command', user: director(n), command, text: sharedName(group), expect }
  },
  today(n, { accounts }) {
    const { seller } = sellersAccount(n, accounts)
    return { kind: 'command', user: `UK${seller}`, command: '/today', text: '', expect: ['oday'] }
  },
  meeting(n, { accounts }) {
    const { seller, account } = sellersAccount(n, accounts)
    const text = `${withoutForm(nameOf(account))} ${SAID}`
    return { kind: 'command', user: `UK${seller}`, command: '/meeting', text, expect: [nameOf(account)] }
  },
  click(n, { side }) {
    const request = 2 * n + (side === 'floor' ? 0 : 1)
    const args = { id: `q${request}`, s: '1.1' }
    return { kind: 'press', user: 'UM0', args, expect: [nameOf(accountOf(request))] }
  },
  telegram(n, { accounts }) {
    const { seller, account } = sellersAccount(n, accounts)
    const text = `/account ${withoutForm(nameOf(account))}`
    return { kind: 'telegram', user: TELEGRAM_FROM + seller, text, expect: [nameOf(account), 'Revenue 20'] }
  },
}

export const questionOf = (n: number, slice: Slice): Question => ASK[slice.run](n, slice)
