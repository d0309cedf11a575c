import type { Definition, Rejection, Values } from '../definition.ts'
import { accountName, currency, degrees, integer, line, list, millions, money, oneOf } from '../readings.ts'
import { DELEGATION_WORDS, TIER_WORDS } from '../words.ts'
import { ACCOUNT_HEADERS, comment, externalId, owner } from './column-headers.ts'

const REVENUE_HINT =
  'the client\'s own revenue, or what it buys from us, and in which unit? Say --map "clientRevenue=…" or --map "clientRevenueMillions=…"'
const REVENUE_WORDS = [
  'revenue',
  'annualrevenue',
  'yearlyrevenue',
  'turnover',
  'выручка',
  'оборот',
  'годоваявыручка',
  'доход',
]

export const accounts: Definition = {
  kind: 'accounts',
  fields: [
    externalId(...(ACCOUNT_HEADERS[0] ?? [])),
    {
      name: 'name',
      reading: line,
      headers: [[...(ACCOUNT_HEADERS[1] ?? []), 'название', 'наименование', 'имя']],
      required: true,
    },
    {
      name: 'aliases',
      reading: list,
      headers: [['alias', 'other names', 'also known as', 'псевдонимы', 'другие названия', 'синонимы']],
    },
    {
      name: 'taxNumber',
      reading: line,
      headers: [['tax_number', 'tax_id', 'vat', 'vat number', 'inn', 'инн', 'налоговый номер']],
    },
    {
      name: 'tier',
      reading: oneOf(TIER_WORDS),
      headers: [['abc', 'class', 'category', 'категория', 'класс', 'тир', 'abc класс']],
    },
    owner,
    {
      name: 'team',
      reading: list,
      headers: [['team_emails', 'account team', 'команда', 'почта команды']],
      reference: 'user',
    },
    {
      name: 'delegationLevel',
      reading: oneOf(DELEGATION_WORDS),
      headers: [['delegation', 'delegation_level', 'уровень делегирования', 'делегирование']],
    },
    {
      name: 'parent',
      reading: accountName,
      headers: [
        ['parent_id', 'parent_account_id', 'код головной компании'],
        [
          'parent',
          'subsidiary_of',
          'parent_account',
          'parent_name',
          'parent company',
          'holding',
          'головная компания',
          'холдинг',
          'материнская компания',
        ],
      ],
      tree: true,
    },
    { name: 'sector', reading: line, headers: [['industry', 'segment', 'отрасль', 'сектор', 'сегмент']] },
    {
      name: 'location',
      reading: line,
      headers: [
        ['office_location', 'city', 'country', 'region', 'город', 'регион', 'страна', 'местоположение'],
      ],
    },
    { name: 'latitude', reading: degrees(90), headers: [['lat', 'широта']] },
    { name: 'longitude', reading: degrees(180), headers: [['lon', 'lng', 'long', 'долгота']] },
    { name: 'website', reading: line, headers: [['site', 'web', 'url', 'web site', 'сайт', 'веб-сайт']] },
    {
      name: 'employees',
      reading: integer(0, 2_000_000_000),
      headers: [
        [
          'number of employees',
          'headcount',
          'staff',
          'сотрудников',
          'число сотрудников',
          'численность',
          'количество сотрудников',
        ],
      ],
    },
    {
      name: 'foundedYear',
      reading: integer(1000, 2200),
      headers: [['year_established', 'founded', 'founded_year', 'year founded', 'год основания']],
    },
    { name: 'clientRevenue', reading: money, headers: [['client_revenue', 'выручка клиента']] },
    {
      name: 'clientRevenueMillions',
      reading: millions,
      headers: [['client_revenue_millions', 'выручка клиента, млн']],
    },
    {
      name: 'clientRevenueCurrency',
      reading: currency,
      headers: [['client_revenue_currency', 'currency', 'валюта', 'валюта выручки']],
    },
    comment('goals', 'client goals', 'цели', 'цели клиента'),
    comment('needs', 'current needs', 'потребности', 'текущие потребности'),
    { name: 'competitors', reading: list, headers: [['competitor', 'конкуренты', 'конкурент']] },
  ],
  identifiedBy: ['name'],
  naturalKey: 'name',
  currency: { field: 'clientRevenueCurrency', amounts: ['clientRevenue', 'clientRevenueMillions'] },
  hints: Object.fromEntries(REVENUE_WORDS.map((word) => [word, REVENUE_HINT])),
  complete(values) {
    const { clientRevenueMillions, ...rest } = values
    const full =
      clientRevenueMillions === undefined ? rest : { ...rest, clientRevenue: clientRevenueMillions }
    return full['competitors'] === null ? { ...full, competitors: [] } : full
  },
  check(values) {
    const both = values['clientRevenue'] !== undefined && values['clientRevenueMillions'] !== undefined
    return [
      ...(both
        ? [{ field: 'clientRevenue', reason: 'stands beside clientRevenueMillions: map only one of the two' }]
        : []),
      ...halfPlace(values),
    ]
  },
}

/** A place is both of its numbers: one alone neither sets nor clears it. */
function halfPlace({ latitude, longitude }: Values): Rejection[] {
  const told = (value: Values[string] | undefined) => (value === null ? 'empty' : typeof value)
  if (told(latitude) === told(longitude)) return []
  const [field, other] =
    typeof latitude === 'number' ? (['latitude', 'longitude'] as const) : (['longitude', 'latitude'] as const)
  return [{ field, reason: `stands without its ${other}` }]
}
