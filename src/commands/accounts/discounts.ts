import type { AccountFacts } from '../../domain/accounts/account.ts'
import { type Field, parts, plain, say } from '../kit/view.ts'

/** What is pending approval, and what was granted and until when. */
export const discountFields = ({ discounts }: Pick<AccountFacts, 'discounts'>): Field[] =>
  discounts.map(({ title, percent, state, lastDay, requester }): Field => {
    const isGranted = state === 'GRANTED'
    const value = parts(
      say('discount.percent', { percent: { percent } }),
      plain(title),
      { key: `discount.state.${state}` },
      isGranted
        ? say('discount.granted.until', { day: { day: lastDay } })
        : say('discount.asker', { name: plain(requester) }),
    )
    return { label: say('account.discount'), value, tone: isGranted ? 'good' : 'warn' }
  })
