import type { Terms } from '../../domain/discounts/terms.ts'
import { type Field, say } from '../kit/view.ts'
import { giveText } from './phrases.ts'

const GIVES_SHOWN = 3

/** What belongs to the terms beside the price. */
export function termFields({ deferralDays, lastDay, gives }: Terms): Field[] {
  return [
    ...(deferralDays > 0
      ? [{ label: say('discount.deferral'), value: say('discount.days', { count: deferralDays }) }]
      : []),
    { label: say('discount.lastDay'), value: say('when', { when: { day: lastDay } }) },
    ...(gives.length > 0
      ? [
          {
            label: say('discount.gives'),
            value: say('list', { items: { list: gives.slice(0, GIVES_SHOWN).map(giveText) } }),
          },
        ]
      : []),
  ]
}
