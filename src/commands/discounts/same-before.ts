import type { AccountRef } from '../../domain/accounts/account.ts'
import { type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import type { Subject } from '../../domain/discounts/terms.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Block, type Button, plain, say, show, type Text } from '../kit/view.ts'
import { mayAnswer, relationTo } from './access.ts'
import { opensRequest, percentValue, stateLine } from './phrases.ts'
import { keepSaid, type Said } from './wish.ts'

type Asked = Readonly<{ account: AccountRef; subject: Subject; said: Said; draft: string | null }>

/** A second request for the same deal shows the first; null when there is none, or it is to be changed or added to. */
export async function sameBefore(context: Context, asked: Asked): Promise<Answer | null> {
  const { work, today } = context
  const { account, subject, said } = asked
  // Two who ask for the same deal at once: the second sees the first.
  await work.discounts.holdAccount(account.id)
  const first = await work.discounts.sameSubject(account.id, subject, today)
  if (!first || said.picks.of === first.id) return null
  if (!isOpen(first) && said.picks.another === first.id) return null
  const relation = await relationTo(context, first)
  const draft = await keepSaid(context, said, asked.draft)
  const pick = (label: Text, args: Readonly<Record<string, string>>): Button => ({
    label,
    command: 'discount-pick',
    args: { draft, ...args },
  })
  const buttons = [
    ...(relation ? [opensRequest(first)] : []),
    ...(relation?.asks && mayAnswer(context.actor, first) && isOpen(first)
      ? [pick(say('discount.same.change'), { of: first.id })]
      : []),
    ...(isOpen(first) ? [] : [pick(say('discount.same.another'), { another: first.id })]),
  ]
  return show([sameText(context, first), { kind: 'buttons', buttons }])
}

/** Whose it is, how much, and how it stands. */
export function sameText({ actor, today }: Pick<Context, 'actor' | 'today'>, first: DiscountRequest): Block {
  const by = first.requester.id === actor.id ? say('discount.same.you') : plain(first.requester.name)
  const params = { by, state: stateLine(first, today).text, percent: percentValue(first.terms.percent) }
  return { kind: 'text', tone: 'warn', text: say('discount.same', params) }
}
