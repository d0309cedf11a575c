import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Choice, Form, FormField, OpenForm } from '../kit/form.ts'
import { plain, type Text } from '../kit/view.ts'
import type { Picks } from './wish.ts'

export const LONGEST_REASON = 1_000

const FIELDS = {
  account: { name: 'account', label: 'discount.account', kind: 'account' },
  price: { name: 'price', label: 'discount.form.price', kind: 'line', hint: 'discount.form.price.hint' },
  product: {
    name: 'product',
    label: 'discount.form.product',
    kind: 'product',
    hint: 'discount.form.product.hint',
    optional: true,
  },
  list: { name: 'list', label: 'discount.form.list', kind: 'line', hint: 'discount.form.list.hint' },
  reason: { name: 'reason', label: 'discount.reason', kind: 'paragraph', hint: 'discount.form.reason.hint' },
  give: {
    name: 'give',
    label: 'discount.gives',
    kind: 'line',
    hint: 'discount.form.give.hint',
    optional: true,
  },
  extra: {
    name: 'extra',
    label: 'discount.form.extra',
    kind: 'line',
    hint: 'discount.form.extra.hint',
    optional: true,
  },
} as const satisfies Readonly<Record<string, FormField>>

type FieldName = keyof typeof FIELDS

export const discountForm: Form = {
  title: 'discount.form',
  submit: 'discount.form.submit',
  fields: [FIELDS.account, FIELDS.price, FIELDS.product, FIELDS.reason, FIELDS.give, FIELDS.extra],
}

type Filled = Readonly<{
  account: AccountRef | null
  picks: Picks
  product?: Choice | null
  draft: string | null
}>

/** The whole form, or only the fields that are missing; what is known already comes back with it, unseen. */
export function openForm(
  { account, picks, product, draft }: Filled,
  errors: Readonly<Record<string, Text>>,
  only: readonly FieldName[] | 'all' = 'all',
): OpenForm {
  const fields = only === 'all' ? discountForm.fields : only.map((name) => FIELDS[name])
  const values: Record<string, Choice> = {}
  const set = (name: string, value: string | undefined, label: Text = plain(value ?? '')) => {
    if (value !== undefined && value !== '') values[name] = { value, label }
  }
  set('draft', draft ?? undefined)
  if (only === 'all') {
    if (account) set('account', account.id, plain(account.name))
    if (product) values['product'] = product
  }
  for (const { name } of fields) if (name in picks) set(name, picks[name as keyof Picks])
  return { command: 'discount', form: { ...discountForm, fields }, values, errors }
}
