import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import { type Give, readPrice, type Terms } from '../../domain/discounts/terms.ts'
import { readMoney } from '../../domain/imports/numbers.ts'
import { addDays, type Day } from '../../domain/shared/day.ts'
import type { Span } from '../../domain/when/reading.ts'
import { moneyText } from '../accounts/phrases.ts'
import type { Answer, Context } from '../kit/command.ts'
import type { OpenForm } from '../kit/form.ts'
import { plain, say, type Text } from '../kit/view.ts'
import { officeFor } from './access.ts'
import { askAccount, askPrice, askSubject } from './ask.ts'
import type { Draft } from './draft.ts'
import { settle } from './file.ts'
import { sameBefore } from './same-before.ts'
import { openForm } from './form.ts'
import { listOf } from './prepare.ts'
import { keepSaid, type Said, subjectOf, type Wish, wishOf } from './wish.ts'

/** No discount is promised for longer. */
const LONGEST_DAYS = 366

type Found = Readonly<{ offer: Offer; at: Span | null }>

/** As far as what was said goes: the next question, the preview, or the request. */
export async function goOn(context: Context, said: Said, draft: string | null): Promise<Answer> {
  const { account } = said
  if (!account) return askAccount(context, said, [], draft)
  const first = wishOf(context, said)
  const found = await subjectOf(context, said, account, first.talk)
  const wish = found.kind === 'sure' && found.at ? wishOf(context, said, [found.at]) : first
  if (wish.wrong) return again(context, said, draft, { price: wrongText(wish.wrong) }, ['price'])
  const isPriced = Object.values(wish.price).some((value) => value !== null)
  if (!isPriced && found.kind !== 'none')
    return again(context, said, draft, said.picks.price ? { price: say('error.discountPrice') } : {}, [
      'price',
    ])
  if (found.kind === 'several') return askSubject(context, said, found.offers, draft)
  if (found.kind === 'none') {
    const errors = { product: say('error.discountProduct') }
    return again(context, said, draft, errors, ['price', 'product', 'reason'])
  }
  return priced(context, said, { account, wish, found, draft })
}

type Step = Readonly<{ account: AccountRef; wish: Wish; found: Found; draft: string | null }>

/** The list price, and the discount on it. */
async function priced(context: Context, said: Said, step: Step): Promise<Answer> {
  const { wish, found, draft } = step
  const list = listSaid(said, context) ?? listOf(found.offer, wish.quantity)
  if (!list) {
    const errors = said.picks.list === undefined ? {} : { list: say('error.discountList') }
    return again(context, said, draft, errors, ['list'])
  }
  if (wish.currency !== null && wish.currency !== list.currency) {
    const error = say('error.discountCurrency', { currency: list.currency })
    return again(context, said, draft, { price: error }, ['price'])
  }
  const price = readPrice(list.amount, wish.price)
  if (price.kind === 'nothing' || price.kind === 'outOfRange')
    return again(context, said, draft, { price: say('error.discountRange') }, ['price'])
  if (price.kind === 'disagree') return askPrice(context, said, price.choices, moneyText(list), draft)
  const net = { amount: price.net, currency: list.currency }
  return dated(context, said, { ...step, price: { list, percent: price.percent, net } })
}

/** `10000`, or with another currency than the usual one: `10000 USD`. */
function listSaid({ picks }: Said, { actor }: Context): Terms['list'] | null {
  if (picks.list === undefined) return null
  const read = readMoney(picks.list.trim(), actor.language === 'ru' ? ',' : '.')
  if ('refused' in read || Number(read.value) <= 0) return null
  return { amount: String(read.value), currency: ('currency' in read && read.currency) || actor.currency }
}

type Priced = Step & Readonly<{ price: Pick<Terms, 'list' | 'percent' | 'net'> }>

/** The last day, what the client gives and until when, and the reason. */
async function dated(context: Context, said: Said, step: Priced): Promise<Answer> {
  const { wish, found, draft, account, price } = step
  const office = await officeFor(context, context.actor.id)
  const lastDay = lastDayOf(context, wish, office.policy.validDays)
  if (!lastDay) return again(context, said, draft, { extra: say('error.discountLastDay') }, ['extra'])
  const gives = givesOf(context, wish, lastDay)
  if (!gives) return again(context, said, draft, { give: say('error.discountDue') }, ['give'])
  const first = wish.isPreview
    ? null
    : await sameBefore(context, { account, subject: found.offer.subject, said, draft })
  if (first) return first
  const reason = (said.picks.reason ?? wish.talk.reasonWithout(said.named, found.at)).trim()
  if (reason === '' && !wish.isPreview) return again(context, said, draft, {}, ['reason'])
  const { offer } = found
  const terms: Terms = {
    subject: offer.subject,
    ...price,
    deferralDays: wish.deferralDays,
    lastDay,
    gives,
  }
  const isNamed = said.picks.list !== undefined
  const request: Draft = {
    account,
    terms,
    offer: isNamed ? { ...offer, list: null } : offer,
    reason,
    wish,
    said,
    draft,
  }
  return settle(context, request, office)
}

function lastDayOf({ today }: Context, { lastDay }: Wish, validDays: number): Day | null {
  if (!lastDay) return addDays(today, validDays)
  if (lastDay.kind !== 'clear') return null
  const day = lastDay.when.until?.day ?? lastDay.when.day
  return day >= today && day <= addDays(today, LONGEST_DAYS) ? day : null
}

/** A give without a date is due by the last day of the discount. */
function givesOf({ today }: Context, { gives }: Wish, lastDay: Day): readonly Give[] | null {
  const all = gives.map(({ give, when }) => {
    if (!when) return { ...give, dueOn: lastDay }
    return when.kind === 'clear' && when.when.day >= today ? { ...give, dueOn: when.when.day } : null
  })
  return all.some((give) => give === null) ? null : all.filter((give) => give !== null)
}

function wrongText({ text, why }: NonNullable<Wish['wrong']>): Text {
  const shown = plain([...text].slice(0, 40).join(''))
  return { key: `error.discountWrong.${why}`, params: { text: shown } }
}

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
