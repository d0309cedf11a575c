import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import { isNothing, isTooLarge, readPrice, type Terms } from '../../domain/discounts/terms.ts'
import { readMoney } from '../../domain/imports/numbers.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Span } from '../../domain/when/reading.ts'
import { moneyText } from '../accounts/phrases.ts'
import type { Answer, Context } from '../kit/command.ts'
import type { OpenForm } from '../kit/form.ts'
import { plain, say, type Text } from '../kit/view.ts'
import { officeFor, relationTo } from './access.ts'
import { askAccount, askPrice, askSubject } from './ask.ts'
import { givesOf, lastDayOf } from './dates.ts'
import { settle } from './file.ts'
import { openForm } from './form.ts'
import { listOf } from './prepare.ts'
import { sameBefore } from './same-before.ts'
import { keepSaid, type Said, subjectOf, type Wish, wishOf } from './wish.ts'

type Found = Readonly<{ offer: Offer; at: Span | null }>

/** As far as what was said goes: the next question, the preview, or the request. */
export async function goOn(context: Context, before: Said, draft: string | null): Promise<Answer> {
  const { account } = before
  if (!account) return askAccount(context, before, [], draft)
  const { said, requester } = await ofWhom(context, before, account)
  const first = wishOf(context, said)
  const found = await subjectOf(context, said, account, first.talk)
  const wish = found.kind === 'sure' && found.at ? wishOf(context, said, [found.at]) : first
  if (wish.wrong) return again(context, said, draft, { price: wrongText(wish.wrong) }, ['price'])
  const isPriced = Object.values(wish.price).some((value) => value !== null)
  if (!isPriced && found.kind !== 'none')
    return again(context, said, draft, said.picks.price ? { price: say('error.discountPrice') } : {}, [
      'price',
    ])
  if (wish.unread !== '') {
    const errors = { extra: say('error.discountExtra', { text: shortened(wish.unread) }) }
    return again(context, said, draft, errors, ['extra'])
  }
  if (found.kind === 'several') return askSubject(context, said, found.offers, draft)
  if (found.kind === 'none') {
    const errors = { product: say('error.discountProduct') }
    return again(context, said, draft, errors, ['price', 'product', 'reason'])
  }
  return priced(context, said, { account, requester, wish, found, draft })
}

type Whose = Readonly<{ said: Said; requester: PersonId }>

/** A changed request stays its first author's, and is one of this very account; else it is a new one. */
async function ofWhom(context: Context, said: Said, account: AccountRef): Promise<Whose> {
  const { of, ...picks } = said.picks
  if (of === undefined) return { said, requester: context.actor.id }
  const request = await context.work.discounts.find(of)
  const relation = request && (await relationTo(context, request))
  if (request && relation?.asks && request.account.id === account.id)
    return { said, requester: request.requester.id }
  const { kept: _kept, ...rest } = said
  return { said: { ...rest, picks }, requester: context.actor.id }
}

type Step = Readonly<{
  account: AccountRef
  requester: PersonId
  wish: Wish
  found: Found
  draft: string | null
}>

/** The list price, and the discount on it. What the price list or the deal says comes before what anybody names. */
async function priced(context: Context, said: Said, step: Step): Promise<Answer> {
  const { wish, found, draft } = step
  const known = listOf(found.offer, wish.quantity)
  const list = known ?? listSaid(said, context)
  if (!list) {
    const errors = said.picks.list === undefined ? {} : { list: say('error.discountList') }
    return again(context, said, draft, errors, ['list'])
  }
  if (isTooLarge(list)) return again(context, said, draft, { extra: say('error.discountTooMuch') }, ['extra'])
  if (wish.currency !== null && wish.currency !== list.currency) {
    const error = say('error.discountCurrency', { currency: list.currency })
    return again(context, said, draft, { price: error }, ['price'])
  }
  const price = readPrice(list.amount, wish.price)
  if (price.kind === 'disagree') return askPrice(context, said, price.choices, moneyText(list), draft)
  if (price.kind !== 'price' || price.net === list.amount)
    return again(context, said, draft, { price: say('error.discountRange') }, ['price'])
  const same = wish.kept.price
  const net = { amount: price.net, currency: list.currency }
  // What stays as it was stays to the cent, also where a percentage is only nearly that.
  const stays = same !== null && said.kept?.terms.list.amount === list.amount
  const offer = known ? found.offer : { ...found.offer, list: null }
  return dated(context, said, {
    ...step,
    found: { ...found, offer },
    price: stays ? { list, ...same } : { list, percent: price.percent, net },
  })
}

/** `10000`, or with another currency than the usual one: `10000 USD`. */
function listSaid({ picks }: Said, { actor }: Context): Terms['list'] | null {
  if (picks.list === undefined) return null
  const read = readMoney(picks.list.trim(), actor.language === 'ru' ? ',' : '.')
  if ('refused' in read) return null
  const list = {
    amount: String(read.value),
    currency: ('currency' in read && read.currency) || actor.currency,
  }
  return isNothing(list) ? null : list
}

type Priced = Step & Readonly<{ price: Pick<Terms, 'list' | 'percent' | 'net'> }>

/** The last day, what the client gives and until when, and the reason. */
async function dated(context: Context, said: Said, step: Priced): Promise<Answer> {
  const { wish, found, draft, account, requester, price } = step
  const office = await officeFor(context, requester)
  const lastDay = lastDayOf(context, wish, office.policy.validDays)
  if (!lastDay) return again(context, said, draft, { extra: say('error.discountLastDay') }, ['extra'])
  const gives = givesOf(context, wish, lastDay)
  if (!gives) return again(context, said, draft, { give: say('error.discountDue') }, ['give'])
  const { offer } = found
  const first = wish.isPreview
    ? null
    : await sameBefore(context, { account, subject: offer.subject, said, draft })
  if (first) return first
  const reason = (said.picks.reason ?? wish.talk.reasonWithout(said.named, found.at)).trim()
  if (reason === '' && !wish.isPreview) return again(context, said, draft, {}, ['reason'])
  const terms = { subject: offer.subject, ...price, deferralDays: wish.deferralDays, lastDay, gives }
  return settle(context, { account, requester, terms, offer, reason, wish, said, draft }, office)
}

const shortened = (text: string): Text => plain([...text].slice(0, 40).join(''))

const wrongText = ({ text, why }: NonNullable<Wish['wrong']>): Text => ({
  key: `error.discountWrong.${why}`,
  params: { text: shortened(text) },
})

type Fields = Exclude<Parameters<typeof openForm>[2], undefined>

/** The fields that are missing or wrong, with everything else kept. */
async function again(
  context: Context,
  said: Said,
  kept: string | null,
  errors: OpenForm['errors'],
  only: Fields,
): Promise<Answer> {
  const draft = await keepSaid(context, said, kept)
  return { kind: 'form', form: openForm({ account: said.account, picks: said.picks, draft }, errors, only) }
}
