import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { moneyText } from '../accounts/phrases.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Button, parts, plain, say, show, type Text } from '../kit/view.ts'
import { cutText, percentValue } from './phrases.ts'
import { keepSaid, type Said, subjectKey } from './wish.ts'

const MOST_OFFERED = 8

/** An account of the asker's, or the same refusal as for one that does not exist. */
export async function accountAsked({ actor, work }: Context, id: string): Promise<AccountRef> {
  const [account] = await work.accounts.refs([id], actor.sight)
  if (!account) throw new DomainError('account.gone')
  return { id: account.id, name: account.name }
}

const pick = (draft: string, label: Text, args: Readonly<Record<string, string>>): Button => ({
  label,
  command: 'discount-pick',
  args: { draft, ...args },
})

const wholeForm = (draft: string): Button => ({
  label: say('discount.ask.form'),
  command: 'discount',
  args: { draft, whole: 'yes' },
})

export async function askAccount(
  context: Context,
  said: Said,
  near: readonly AccountRef[],
  kept: string | null,
): Promise<Answer> {
  const draft = await keepSaid(context, said, kept)
  const buttons = near.map(({ id, name }) => pick(draft, plain(name), { account: id }))
  return show([
    { kind: 'text', text: say('discount.ask.account') },
    ...(said.line ? [{ kind: 'note' as const, text: cutText(said.line, 'word') }] : []),
    { kind: 'buttons', buttons: [...buttons, wholeForm(draft)] },
  ])
}

/** Which deal or product, each with its price. */
export async function askSubject(
  context: Context,
  said: Said,
  offers: readonly Offer[],
  kept: string | null,
): Promise<Answer> {
  const draft = await keepSaid(context, said, kept)
  const shown = offers.slice(0, MOST_OFFERED)
  return show([
    { kind: 'text', text: say('discount.ask.subject', { account: plain(said.account?.name ?? '') }) },
    {
      kind: 'buttons',
      buttons: [
        ...shown.map((offer) => pick(draft, offerText(offer), { subject: subjectKey(offer) })),
        wholeForm(draft),
      ],
    },
  ])
}

const offerText = ({ subject, list }: Offer): Text =>
  parts(cutText(subject.title, 'title'), list ? moneyText(list) : null)

/** Percent and amount do not lead to the same price: which one is meant? */
export async function askPrice(
  context: Context,
  said: Said,
  choices: readonly string[],
  list: Text,
  kept: string | null,
): Promise<Answer> {
  const draft = await keepSaid(context, said, kept)
  return show([
    { kind: 'text', tone: 'warn', text: say('discount.ask.price', { list }) },
    {
      kind: 'buttons',
      buttons: choices.map((percent) =>
        pick(draft, say('discount.percent', { percent: percentValue(percent) }), { price: `${percent}%` }),
      ),
    },
  ])
}

/** Of two answers to one question the second finds nothing to answer. */
export const answered = (): Answer => show([{ kind: 'text', tone: 'warn', text: say('followup.answered') }])
