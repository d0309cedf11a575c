import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { percentText, type Give, type SaidPrice, type Terms } from '../../domain/discounts/terms.ts'
import type { Day } from '../../domain/shared/day.ts'
import { type DiscountTalk, readDiscount, subjectsIn } from '../../domain/talk/read-discount.ts'
import type { Named } from '../../domain/talk/talk.ts'
import type { Found, Span } from '../../domain/when/reading.ts'
import type { Context } from '../kit/command.ts'
import { keepDraft, withAccountNow } from '../kit/draft.ts'
import { talkContext } from '../kit/talk-context.ts'

/** What somebody chose or typed into a form, beside or instead of the line. All as text. */
const PICKS = [
  'price',
  'subject',
  'list',
  'reason',
  'extra',
  'give',
  'competitor',
  'file',
  'of',
  'another',
] as const
export type Picks = Readonly<Partial<Record<(typeof PICKS)[number], string>>>

/** What was said so far. The line is read anew each time, so that an answer may change what it means. */
export type Said = Readonly<{
  line: string
  /** ISO instant at which it was said. */
  saidAt: string
  named: Named | null
  account: AccountRef | null
  picks: Picks
  kept?: Kept
}>

/** What a request had when its terms were opened to be changed: a field that stays as it was shown keeps its value. */
type Kept = Readonly<{
  terms: Terms
  competitor: string | null
  quantity: number
  round: number
  state: DiscountRequest['state']
  shown: Picks
}>

const KIND = 'discount'

export const keepSaid = (context: Context, said: Said, draft: string | null): Promise<string> =>
  keepDraft(context, KIND, said, draft)

/** Null once it was answered or has expired. */
export async function saidBefore(context: Context, draft: string): Promise<Said | null> {
  const { work, actor, now } = context
  const content = await work.drafts.find(draft, actor.id, KIND, now)
  return content ? withAccountNow(context, content as unknown as Said) : null
}

/** A date in it that is doubtful or over is kept as it was found, to be asked about. */
export type Wish = Readonly<{
  account: AccountRef | null
  talk: DiscountTalk
  price: SaidPrice
  currency: string | null
  wrong: DiscountTalk['wrong']
  quantity: number
  deferralDays: number
  lastDay: Found | null
  gives: readonly Readonly<{ give: Omit<Give, 'dueOn'>; when: Found | null }>[]
  competitor: string | null
  isPreview: boolean
  /** Of a request that is changed: what stays as it was. */
  kept: Readonly<{
    price: Pick<Terms, 'percent' | 'net'> | null
    lastDay: Day | null
    gives: readonly Give[] | null
  }>
  /** What stands among the further terms and says nothing that is known. */
  unread: string
}>

export const readLine = (
  { actor }: Context,
  text: string,
  saidAt: string,
  taken: readonly Span[] = [],
): DiscountTalk => readDiscount(text, talkContext(actor, new Date(saidAt)), taken)

/**
 * The line with what was picked since; a form's fields are read like a line of their own. `taken` is where the subject is
 * named: a figure in its name is no discount.
 */
export function wishOf(
  context: Context,
  { line, saidAt, account, picks, kept }: Said,
  taken: readonly Span[] = [],
): Wish {
  const talk = readLine(context, line, saidAt, taken)
  const now = context.now.toISOString()
  const price = picks.price === undefined ? null : priceIn(context, picks.price)
  const extra = picks.extra ? readLine(context, picks.extra, now) : null
  const gives = picks.give ? givesIn(context, picks.give) : talk.gives
  const isKept = (name: keyof Picks) => kept !== undefined && picks[name] === kept.shown[name]
  const keptExtra = kept && isKept('extra') ? kept : null
  return {
    account,
    kept: {
      price: kept && isKept('price') ? { percent: kept.terms.percent, net: kept.terms.net } : null,
      lastDay: keptExtra?.terms.lastDay ?? null,
      gives: kept && isKept('give') ? kept.terms.gives : null,
    },
    unread: extra ? extra.reasonWithout(null, null) : '',
    talk,
    price: price?.price ?? talk.price,
    currency: price ? price.currency : talk.currency,
    wrong: price ? price.wrong : talk.wrong,
    quantity: keptExtra?.quantity ?? extra?.quantity ?? price?.quantity ?? talk.quantity ?? 1,
    deferralDays: keptExtra?.terms.deferralDays ?? extra?.deferralDays ?? talk.deferralDays ?? 0,
    lastDay: extra?.lastDay ?? talk.lastDay,
    gives: gives.map(({ kind, what, when }) => ({ give: { kind, what }, when })),
    competitor: picks.competitor ?? kept?.competitor ?? competitorIn(talk),
    isPreview: talk.preview && picks.file === undefined,
  }
}

const BARE = /^[-−–]?\s*(\d{1,3}(?:[.,]\d{1,4})?)$/u

/** In a field that asks for a discount, a bare small number is a percentage. */
function priceIn(context: Context, text: string): DiscountTalk {
  const bare = BARE.exec(text.trim())?.[1]
  return readLine(context, bare === undefined ? text : `${bare}%`, context.now.toISOString())
}

/** The percentage in what was typed, or null. */
export function percentIn(context: Context, text: string): string | null {
  const { price, wrong } = priceIn(context, text)
  return wrong || price.percent === null ? null : percentText(price.percent)
}

function givesIn(context: Context, text: string): DiscountTalk['gives'] {
  const said = readLine(context, `взамен: ${text}`, context.now.toISOString()).gives
  return said.length > 0 ? said : [{ kind: 'OTHER', what: text, when: null }]
}

function competitorIn({ competitorPrice }: DiscountTalk): string | null {
  return competitorPrice
    ? [competitorPrice.amount, competitorPrice.currency].filter((part) => part !== null).join(' ')
    : null
}

export type SubjectFound =
  | Readonly<{ kind: 'sure'; offer: Offer; at: Span | null }>
  | Readonly<{ kind: 'several'; offers: readonly Offer[] }>
  | Readonly<{ kind: 'none' }>

/** `deal:<id>` or `product:<id>`. */
export const subjectKey = ({ subject: { dealId, productId } }: Offer): string =>
  dealId ? `deal:${dealId}` : `product:${productId ?? ''}`

/** What the discount is on: picked, named in the line, or the one deal that is open. */
export async function subjectOf(
  { work }: Context,
  said: Said,
  account: AccountRef,
  { givesAt }: Pick<DiscountTalk, 'givesAt'>,
): Promise<SubjectFound> {
  const [deals, products] = await Promise.all([work.offers.deals(account.id), work.offers.products()])
  const taken = [...(said.named ? [said.named] : []), ...givesAt]
  const found = subjectsIn(said.line, [...deals, ...products], taken)
  const at = found.kind === 'none' ? null : found.at
  const [kind, id = ''] = (said.picks.subject ?? '').split(':')
  if (kind === 'deal' || kind === 'product') {
    const offer = kind === 'deal' ? await work.offers.deal(id, account.id) : await work.offers.product(id)
    // What was picked is what the words meant: they are not part of the reason.
    if (offer) return { kind: 'sure', offer, at }
    // It has closed since it was picked: nothing takes its place unasked.
    return deals.length > 0 ? { kind: 'several', offers: deals } : { kind: 'none' }
  }
  if (found.kind === 'sure') return dealFor(found.offer, found.at, deals)
  if (found.kind === 'several') return { kind: 'several', offers: found.offers }
  const [only, ...others] = deals
  if (only && others.length === 0) return { kind: 'sure', offer: only, at: null }
  return deals.length > 0 ? { kind: 'several', offers: deals } : { kind: 'none' }
}

/** A product that is named stands for the open deal about it; of several such deals one must be chosen. */
function dealFor(offer: Offer, at: Span, deals: readonly Offer[]): SubjectFound {
  if (offer.subject.dealId) return { kind: 'sure', offer, at }
  const about = deals.filter(({ subject }) => subject.productId === offer.subject.productId)
  const [deal, ...more] = about
  if (!deal) return { kind: 'sure', offer, at }
  return more.length === 0
    ? { kind: 'sure', offer: deal, at }
    : { kind: 'several', offers: [...about, offer] }
}
