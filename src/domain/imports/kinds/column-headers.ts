import type { Field } from '../definition.ts'
import { accountName, currency, identifier, notes, productName, userName } from '../readings.ts'

const anyId = ['external_id', 'id', 'внешний код', 'внешний id', 'код', 'ид']

export const externalId = (...names: string[]): Field => ({
  name: 'externalId',
  reading: identifier,
  headers: [[...names, ...anyId.slice(0, 1)], anyId.slice(1)],
})

export const ACCOUNT_HEADERS = [
  [
    'account_id',
    'account external id',
    'client_id',
    'customer_id',
    'company_id',
    'код клиента',
    'ид клиента',
    'id клиента',
    'код контрагента',
  ],
  [
    'account',
    'account_name',
    'client',
    'client name',
    'customer',
    'customer name',
    'company',
    'company name',
    'клиент',
    'название клиента',
    'компания',
    'контрагент',
    'организация',
  ],
]

export const account: Field = {
  name: 'account',
  reading: accountName,
  headers: ACCOUNT_HEADERS,
  reference: 'account',
  required: true,
}

export const owner: Field = {
  name: 'owner',
  reading: userName,
  headers: [
    ['owner_email', 'owner_id', 'kam_email', 'почта ответственного'],
    [
      'owner',
      'owner_name',
      'kam',
      'account manager',
      'sales_agent',
      'agent',
      'responsible',
      'ответственный',
      'менеджер',
      'кам',
      'владелец',
    ],
  ],
  reference: 'user',
}

export const product: Field = {
  name: 'product',
  reading: productName,
  headers: [
    ['product_id', 'sku', 'артикул', 'код товара', 'код продукта'],
    ['product', 'product_name', 'товар', 'продукт', 'номенклатура'],
  ],
  reference: 'product',
}

export const currencyField: Field = {
  name: 'currency',
  reading: currency,
  headers: [['currency_code', 'валюта', 'код валюты']],
}

export const comment = (name: string, ...headers: string[]): Field => ({
  name,
  reading: notes,
  headers: [headers],
})
