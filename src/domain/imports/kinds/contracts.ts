import type { Definition } from '../definition.ts'
import { balance, day, line, yesNo } from '../readings.ts'
import { isBefore } from './invoices.ts'
import { account, currencyField, externalId } from './column-headers.ts'

export const contracts: Definition = {
  kind: 'contracts',
  fields: [
    externalId('contract_id', 'код договора', 'id договора'),
    account,
    {
      name: 'number',
      reading: line,
      headers: [['contract', 'contract_number', 'contract no', 'номер', 'номер договора', 'договор']],
      required: true,
    },
    {
      name: 'title',
      reading: line,
      headers: [['subject', 'contract_name', 'название', 'предмет', 'предмет договора']],
    },
    {
      name: 'startsOn',
      reading: day,
      headers: [
        [
          'starts_on',
          'start',
          'start_date',
          'from',
          'signed',
          'дата начала',
          'начало',
          'дата договора',
          'действует с',
        ],
      ],
    },
    {
      name: 'endsOn',
      reading: day,
      headers: [
        ['ends_on', 'end', 'end_date', 'until', 'expires', 'дата окончания', 'окончание', 'действует до'],
      ],
    },
    {
      name: 'autoRenews',
      reading: yesNo,
      headers: [['auto_renews', 'auto_renewal', 'renews', 'автопродление', 'пролонгация']],
    },
    {
      name: 'amount',
      reading: balance,
      headers: [['value', 'contract_value', 'total', 'sum', 'сумма', 'сумма договора']],
    },
    currencyField,
  ],
  identifiedBy: ['account', 'number'],
  currency: { field: 'currency', amounts: ['amount'] },
  complete: (values) => (values['autoRenews'] === null ? { ...values, autoRenews: false } : values),
  check: (values) =>
    isBefore(values['endsOn'], values['startsOn'])
      ? [{ field: 'endsOn', reason: 'is before the first day' }]
      : [],
}
