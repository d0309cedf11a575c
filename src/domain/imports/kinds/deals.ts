import type { Definition } from '../definition.ts'
import { balance, day, line, oneOf } from '../readings.ts'
import { meaning, OUTCOME_WORDS } from '../words.ts'
import { account, currencyField, externalId, owner, product } from './column-headers.ts'

export const deals: Definition = {
  kind: 'deals',
  fields: [
    externalId('deal_id', 'opportunity_id', 'код сделки', 'id сделки', 'номер сделки'),
    account,
    owner,
    product,
    {
      name: 'title',
      reading: line,
      headers: [
        [
          'deal',
          'deal_name',
          'opportunity',
          'opportunity_name',
          'subject',
          'сделка',
          'название',
          'название сделки',
          'тема',
        ],
      ],
    },
    {
      name: 'stage',
      reading: line,
      headers: [['deal_stage', 'sales stage', 'этап', 'стадия', 'этап сделки', 'стадия сделки']],
      required: true,
    },
    { name: 'outcome', reading: oneOf(OUTCOME_WORDS), headers: [['result', 'результат', 'итог']] },
    {
      name: 'amount',
      reading: balance,
      headers: [
        ['close_value', 'value', 'deal_value', 'deal_amount', 'sum', 'сумма', 'сумма сделки', 'бюджет'],
      ],
    },
    currencyField,
    {
      name: 'openedOn',
      reading: day,
      headers: [
        [
          'opened_on',
          'opened',
          'open_date',
          'engage_date',
          'created',
          'created_on',
          'created_date',
          'дата создания',
          'дата открытия',
          'дата начала',
        ],
      ],
    },
    {
      name: 'expectedOn',
      reading: day,
      headers: [
        [
          'expected_on',
          'expected_close',
          'expected_close_date',
          'forecast_date',
          'ожидаемая дата',
          'ожидаемая дата закрытия',
          'план закрытия',
        ],
      ],
    },
    {
      name: 'closedOn',
      reading: day,
      headers: [['closed_on', 'closed', 'close_date', 'closed_date', 'дата закрытия', 'закрыта']],
    },
  ],
  identifiedBy: ['account', 'owner', 'product', 'title', 'openedOn'],
  currency: { field: 'currency', amounts: ['amount'] },
  /** The stage stays in the source's words; without a column of its own, the outcome is what the stage means. */
  complete(values) {
    const stage = values['stage']
    if (typeof stage !== 'string' || typeof values['outcome'] === 'string') return values
    return { ...values, outcome: meaning(OUTCOME_WORDS, stage) ?? 'OPEN' }
  },
}
