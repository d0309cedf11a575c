import { z } from 'zod'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import { blankIsNothing } from '../kit/blank.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { LONGEST_LINE } from '../kit/parse.ts'
import { REQUESTERS } from './access.ts'
import { accountAsked, answered, askAccount } from './ask.ts'
import { discountForm, LONGEST_REASON, openForm } from './form.ts'
import { goOn } from './go-on.ts'
import { wholeForm } from './whole-form.ts'
import { type Picks, readLine, type Said, saidBefore } from './wish.ts'

const id = z.string().max(64)
const optional = (most: number) => z.preprocess(blankIsNothing, z.string().max(most).optional())

const input = z.object({
  line: z.string().max(LONGEST_LINE).optional(),
  draft: z.preprocess(blankIsNothing, id.optional()),
  account: z.preprocess(blankIsNothing, id.optional()),
  price: optional(200),
  product: optional(64),
  list: optional(60),
  reason: z.preprocess(
    blankIsNothing,
    z.string().max(LONGEST_REASON, { error: 'error.discountReasonLong' }).optional(),
  ),
  give: optional(200),
  extra: optional(200),
  /** Shows the whole form with what was said so far. */
  whole: z.literal('yes').optional(),
})
type Input = Readonly<z.infer<typeof input>>

export const discount = defineCommand({
  name: 'discount',
  aliases: ['d', 'скидка'],
  summary: 'discount.summary',
  example: 'discount.example',
  roles: REQUESTERS,
  effect: 'write',
  listed: true,
  input,
  form: discountForm,
  parse: (text) => (text ? { line: text } : {}),

  async run(context, asked) {
    if (asked.line) return fromLine(context, asked.line)
    const before = asked.draft ? await saidBefore(context, asked.draft) : null
    if (asked.draft && !before) return answered()
    if (before && asked.whole) return wholeForm(context, before, asked.draft ?? null)
    const picks = { ...picksIn(asked), ...emptied(asked, before) }
    const account = asked.account ? await accountAsked(context, asked.account) : (before?.account ?? null)
    // A button that names only the account opens the form.
    if (Object.keys(picks).length === 0 && !before)
      return { kind: 'form', form: openForm({ account, picks: {}, draft: null }, {}) }
    const said: Said = before ?? {
      line: '',
      saidAt: context.now.toISOString(),
      named: null,
      account,
      picks: {},
    }
    const { of: _of, another: _another, ...others } = said.picks
    const kept = account?.id === before?.account?.id ? said.picks : others
    return goOn(context, { ...said, account, picks: { ...kept, ...picks } }, asked.draft ?? null)
  },
})

function picksIn({ price, product, list, reason, give, extra }: Input): Picks {
  return {
    ...(price === undefined ? {} : { price }),
    ...(product === undefined ? {} : { subject: `product:${product}` }),
    ...(list === undefined ? {} : { list }),
    ...(reason === undefined ? {} : { reason }),
    ...(give === undefined ? {} : { give }),
    ...(extra === undefined ? {} : { extra }),
  }
}

/** In the form of other terms a field that comes back empty was emptied; shorter forms do not show it at all. */
function emptied({ price, reason, give, extra }: Input, before: Said | null): Picks {
  if (!before?.kept || price === undefined || reason === undefined) return {}
  return { ...(give === undefined ? { give: '' } : {}), ...(extra === undefined ? { extra: '' } : {}) }
}

async function fromLine(context: Context, line: string): Promise<Answer> {
  const saidAt = context.saidAt.toISOString()
  const talk = readLine(context, line, saidAt)
  const found = await findAccountInLine(context, talk.names)
  const near = found.kind === 'several' ? found.accounts : found.kind === 'none' ? found.nearest : []
  // Words that are like no account may name the product.
  const named = found.kind === 'none' && near.length === 0 ? null : found.named
  const said: Said = {
    line,
    saidAt,
    named: named && { from: named.from, to: named.to, text: named.text },
    account: found.kind === 'sure' ? { id: found.account.id, name: found.account.name } : null,
    picks: {},
  }
  if (said.account) return goOn(context, said, null)
  return askAccount(context, said, near, null)
}

/** The answer to one of the questions about a request that is not filed yet. */
export const discountPick = defineCommand({
  name: 'discount-pick',
  aliases: [],
  summary: 'discount.summary',
  roles: REQUESTERS,
  effect: 'write',
  listed: false,
  input: z.object({
    draft: id,
    account: id.optional(),
    subject: z.string().max(80).optional(),
    price: z.string().max(40).optional(),
    of: id.optional(),
    another: id.optional(),
    file: z.literal('yes').optional(),
  }),

  async run(context, { draft, account, subject, price, of, another, file }) {
    const said = await saidBefore(context, draft)
    if (!said) return answered()
    const chosen = account ? await accountAsked(context, account) : said.account
    // What was said about another account or another thing does not hold for this one.
    const { list: _list, of: _of, another: _another, ...others } = said.picks
    const picks = {
      ...(subject || account ? others : said.picks),
      ...(subject ? { subject } : {}),
      ...(price ? { price } : {}),
      ...(of ? { of } : {}),
      ...(another ? { another } : {}),
      ...(file ? { file } : {}),
    }
    return goOn(context, { ...said, account: chosen, picks }, draft)
  },
})
