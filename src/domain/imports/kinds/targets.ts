import type { Definition, Field, Rejection } from '../definition.ts'
import { day, money, userName } from '../readings.ts'
import { isBefore } from './invoices.ts'
import { account, currencyField, externalId } from './column-headers.ts'

const { required: _, ...accountOrNone } = account
const user: Field = {
  name: 'user',
  reading: userName,
  headers: [
    ['user_email', 'owner_email', 'kam_email', 'почта сотрудника'],
    ['user', 'user_name', 'owner', 'kam', 'employee', 'сотрудник', 'менеджер', 'ответственный'],
  ],
  reference: 'user',
}

export const targets: Definition = {
  kind: 'targets',
  fields: [
    externalId('target_id', 'plan_id', 'код плана'),
    accountOrNone,
    user,
    {
      name: 'startsOn',
      reading: day,
      headers: [['starts_on', 'start', 'start_date', 'from', 'начало', 'дата начала', 'с']],
      required: true,
    },
    {
      name: 'endsOn',
      reading: day,
      headers: [['ends_on', 'end', 'end_date', 'until', 'to', 'окончание', 'дата окончания', 'по']],
      required: true,
    },
    {
      name: 'amount',
      reading: money,
      headers: [['target', 'plan', 'quota', 'target_amount', 'план', 'цель', 'сумма', 'план продаж']],
      required: true,
    },
    currencyField,
  ],
  identifiedBy: ['account', 'user', 'startsOn', 'endsOn'],
  currency: { field: 'currency', amounts: ['amount'] },
  check(values, isNew) {
    const rejections: Rejection[] = []
    if (isBefore(values['endsOn'], values['startsOn']))
      rejections.push({ field: 'endsOn', reason: 'is before the first day' })
    const named = ['account', 'user'].filter((field) => typeof values[field] === 'string').length
    if (named === 2 || (isNew && named === 0))
      rejections.push({
        field: 'account',
        reason: 'a target belongs to an account or to a user, to exactly one of the two',
      })
    return rejections
  },
}
