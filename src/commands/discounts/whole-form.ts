import type { Terms } from '../../domain/discounts/terms.ts'
import type { Language } from '../../domain/shared/actor.ts'
import type { Answer, Context } from '../kit/command.ts'
import { openForm } from './form.ts'
import { type Picks, type Said, type Wish, wishOf } from './wish.ts'

/** Every field, with what the line said already, so that nobody types anything twice. */
export function wholeForm(context: Context, said: Said, draft: string | null): Answer {
  const wish = wishOf(context, said)
  const price = priceText(wish, context.actor.language)
  const reason = wish.talk.reasonWithout(said.named, null)
  const picks: Picks = {
    ...(price === '' ? {} : { price }),
    ...(reason === '' ? {} : { reason }),
    ...said.picks,
  }
  return { kind: 'form', form: openForm({ account: said.account, picks, draft }, {}) }
}

/** In words that are read back as they are meant. */
const WORDS = {
  en: { off: (sum: string) => `${sum} off`, net: (sum: string) => `for ${sum}` },
  ru: { off: (sum: string) => `минус ${sum}`, net: (sum: string) => `за ${sum}` },
} as const

const EXTRA = {
  en: { deferral: 'deferral', days: 'days', until: 'until', quantity: (count: number) => `x${count}` },
  ru: { deferral: 'отсрочка', days: 'дней', until: 'до', quantity: (count: number) => `${count} шт` },
} as const

/** Further terms as one would type them, and as they are read back. */
export function extraText({ deferralDays, lastDay }: Terms, quantity: number, language: Language): string {
  const words = EXTRA[language]
  return [
    ...(deferralDays > 0 ? [`${words.deferral} ${deferralDays} ${words.days}`] : []),
    `${words.until} ${lastDay}`,
    ...(quantity > 1 ? [words.quantity(quantity)] : []),
  ].join(', ')
}

function priceText({ price: { percent, off, net }, currency }: Wish, language: Language): string {
  const money = (amount: string) => (currency ? `${amount} ${currency}` : amount)
  if (percent !== null) return `${percent}%`
  if (off !== null) return WORDS[language].off(money(off))
  return net === null ? '' : WORDS[language].net(money(net))
}
