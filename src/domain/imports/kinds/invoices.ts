import type { Definition, Value } from '../definition.ts'
import { balance, day, line } from '../readings.ts'
import { account, currencyField, externalId } from './column-headers.ts'

export const invoices: Definition = {
  kind: 'invoices',
  fields: [
    externalId('invoice_id', 'код счета', 'id счета'),
    account,
    {
      name: 'number',
      reading: line,
      headers: [['invoice', 'invoice_number', 'invoice no', 'номер', 'номер счета', 'счет']],
      required: true,
    },
    {
      name: 'issuedOn',
      reading: day,
      headers: [
        [
          'issued_on',
          'issued',
          'issue_date',
          'invoice_date',
          'date',
          'дата',
          'дата счета',
          'дата выставления',
        ],
      ],
      required: true,
    },
    {
      name: 'dueOn',
      reading: day,
      headers: [['due_on', 'due', 'due_date', 'pay until', 'срок', 'срок оплаты', 'оплатить до']],
      required: true,
    },
    {
      name: 'amount',
      reading: balance,
      headers: [['total', 'sum', 'invoice_amount', 'сумма', 'сумма счета', 'итого']],
      required: true,
    },
    { name: 'paidAmount', reading: balance, headers: [['paid_amount', 'paid', 'оплачено', 'сумма оплаты']] },
    { name: 'paidOn', reading: day, headers: [['paid_on', 'paid_date', 'payment_date', 'дата оплаты']] },
    currencyField,
  ],
  identifiedBy: ['account', 'number'],
  currency: { field: 'currency', amounts: ['amount', 'paidAmount'] },
  complete: (values) => (values['paidAmount'] === null ? { ...values, paidAmount: '0.00' } : values),
  check: (values) =>
    isBefore(values['dueOn'], values['issuedOn'])
      ? [{ field: 'dueOn', reason: 'is before the day of issue' }]
      : [],
}

/** Both are days in ISO, which compare as text. */
export function isBefore(later: Value | undefined, earlier: Value | undefined): boolean {
  return typeof later === 'string' && typeof earlier === 'string' && later < earlier
}
