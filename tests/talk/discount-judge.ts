import { findAccountInLine } from '../../src/commands/accounts/find-in-line.ts'
import { type DiscountTalk, readDiscount } from '../../src/domain/talk/read-discount.ts'
import { type SubjectsFound, subjectsIn } from '../../src/domain/talk/subjects.ts'
import type { Found } from '../../src/domain/when/reading.ts'
import { toldWhen } from '../when/judge.ts'
import { OFFERS, type SaidDiscount } from './discount-table.ts'
import { askerWith } from './judge.ts'
import { ACCOUNTS } from './table.ts'

export const FIELDS = ['A', 'P', 'S', 'Q', 'D', 'U', 'R', 'G', 'W', '?'] as const
type Field = (typeof FIELDS)[number]
type Understood = Readonly<Record<Field, string>>
export type MarkedDiscount = Readonly<{
  said: SaidDiscount
  meant: Understood
  understood: Understood
  missed: readonly Field[]
}>

export const markDiscounts = (all: readonly SaidDiscount[]): Promise<readonly MarkedDiscount[]> =>
  Promise.all(all.map(markDiscount))

async function markDiscount(said: SaidDiscount): Promise<MarkedDiscount> {
  const { line, context, right } = said
  const first = readDiscount(line, context)
  const account = await findAccountInLine(askerWith(ACCOUNTS), first.names)
  const named = account.kind === 'sure' ? account.named : null
  const subject = subjectsIn(line, OFFERS, [...(named ? [named] : []), ...first.givesAt])
  const at = subject.kind === 'none' ? null : subject.at
  const talk = readDiscount(line, context, subject.kind === 'sure' ? [subject.at] : [])
  const meant = meantBy(right)
  const understood = {
    ...toldTalk(talk),
    A:
      account.kind === 'sure'
        ? account.account.name
        : account.kind === 'none'
          ? '-'
          : `? ${toldNames(account.accounts)}`,
    S: toldSubject(subject),
    W: talk.reasonWithout(named, at) || '-',
  }
  return { said, meant, understood, missed: FIELDS.filter((field) => meant[field] !== understood[field]) }
}

const toldNames = (all: readonly { name: string }[]) => inOrder(all.map(({ name }) => name))
const inOrder = (texts: readonly string[]) => texts.toSorted().join(' ~ ')

function meantBy(right: string): Understood {
  const told = new Map(right.split(' | ').map((part) => [part.slice(0, 1), part.slice(2)] as const))
  const of = (field: Field) => told.get(field) ?? '-'
  const subject = of('S')
  return {
    A: of('A'),
    P: of('P'),
    Q: of('Q'),
    D: of('D'),
    U: of('U'),
    R: of('R'),
    G: of('G'),
    W: of('W'),
    S: subject.startsWith('? ') ? `? ${inOrder(subject.slice(2).split(' ~ '))}` : subject,
    '?': told.has('?') ? 'yes' : '-',
  }
}

function toldTalk(talk: DiscountTalk): Omit<Understood, 'A' | 'S' | 'W'> {
  return {
    P: toldPrice(talk),
    Q: String(talk.quantity ?? '-'),
    D: String(talk.deferralDays ?? '-'),
    U: talk.lastDay ? toldFound(talk.lastDay) : '-',
    R: talk.competitorPrice ? withCurrency(talk.competitorPrice.amount, talk.competitorPrice.currency) : '-',
    G:
      talk.gives
        .map(({ kind, what, when }) => `${kind} ${what}${when ? ` @${toldFound(when)}` : ''}`)
        .join(' ; ') || '-',
    '?': talk.preview ? 'yes' : '-',
  }
}

const withCurrency = (amount: string, currency: string | null) =>
  currency === null ? amount : `${amount} ${currency}`

function toldPrice({ price, currency, wrong }: DiscountTalk): string {
  if (wrong) return `! ${wrong.why} ${wrong.text}`
  const parts = [
    price.percent === null ? null : `${price.percent}%`,
    price.off === null ? null : `off ${withCurrency(price.off, currency)}`,
    price.net === null ? null : `net ${withCurrency(price.net, currency)}`,
  ]
  return parts.filter((part) => part !== null).join(' ') || '-'
}

function toldFound(found: Found): string {
  if (found.kind === 'impossible') return `! ${found.reason}`
  return found.kind === 'clear' ? toldWhen(found.when) : `? ${inOrder(found.choices.map(toldWhen))}`
}

function toldSubject(subject: SubjectsFound): string {
  if (subject.kind === 'none') return '-'
  if (subject.kind === 'sure') return subject.offer.subject.title
  return `? ${inOrder(subject.offers.map((offer) => offer.subject.title))}`
}

/** A percentage, an amount or a product that was claimed and is not the one that was meant: what must not happen. */
export const isWrongClaim = ({ understood, meant, missed }: MarkedDiscount): boolean =>
  (missed.includes('P') && understood.P !== '-' && !understood.P.startsWith('!')) ||
  (missed.includes('S') && understood.S !== '-' && !understood.S.startsWith('?') && meant.S !== understood.S)

export const toldMissed = ({ said, understood, meant, missed }: MarkedDiscount): string =>
  `${said.line}\n${missed.map((field) => `    ${field} "${understood[field]}", meant "${meant[field]}"`).join('\n')}`
