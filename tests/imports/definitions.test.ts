import { describe, expect, test } from 'vitest'
import { type Kind, KINDS } from '../../src/domain/imports/definition.ts'
import { recogniseColumns } from '../../src/domain/imports/headers.ts'
import { DEFINITIONS } from '../../src/domain/imports/kinds.ts'
import { meaning, OUTCOME_WORDS, ROLE_WORDS, squash } from '../../src/domain/imports/words.ts'

describe.each(KINDS)('%s', (kind) => {
  const definition = DEFINITIONS[kind]

  test('no header means two fields', () => {
    const owners = new Map<string, string>()
    for (const field of definition.fields) {
      for (const header of new Set([field.name, ...field.headers.flat()].map(squash))) {
        expect(`${header}: ${owners.get(header) ?? field.name}`).toBe(`${header}: ${field.name}`)
        owners.set(header, field.name)
      }
    }
  })

  test('every field is recognised in Russian, apart from technical ones', () => {
    const latin = definition.fields.filter(
      (field) => !field.headers.flat().some((header) => /\p{Script=Cyrillic}/u.test(header)),
    )
    expect(latin.map(({ name }) => name).filter((name) => !['startsAt'].includes(name))).toEqual([])
  })
})

function columns(kind: Kind, headers: string[], mapping: Record<string, string> = {}) {
  return recogniseColumns(DEFINITIONS[kind], headers, new Map(Object.entries(mapping)))
}

describe('headers', () => {
  test('are recognised whatever their case, spaces and punctuation', () => {
    const found = columns('contacts', ['ACCOUNT-ID', ' Full  Name', 'E-Mail', 'Телефон', 'Должность'])
    expect('byField' in found && [...found.byField]).toEqual([
      ['account', 0],
      ['name', 1],
      ['email', 2],
      ['phone', 3],
      ['position', 4],
    ])
  })

  test('a name beside an id is not used, and said to be so', () => {
    expect(columns('deals', ['account', 'account_id', 'stage'])).toMatchObject({
      notUsed: [{ header: 'account', field: 'account', insteadOf: 'account_id' }],
    })
  })

  test('two of a kind are a mistake until one is chosen', () => {
    expect(columns('contacts', ['email', 'E-mail', 'name'])).toEqual({
      mistakes: [expect.stringContaining('"email" (1) and "E-mail" (2) both mean email')],
    })
    expect(columns('contacts', ['email', 'mail', 'name'], { email: 'mail' })).toMatchObject({
      notRecognised: [{ header: 'email' }],
    })
  })

  test('an own revenue column is not guessed at', () => {
    expect(columns('accounts', ['account', 'Revenue'])).toMatchObject({
      notRecognised: [{ header: 'Revenue', hint: expect.stringContaining('clientRevenueMillions') }],
    })
  })

  test('a mapping to an unknown field or column says what there is', () => {
    expect(columns('products', ['name'], { price: 'name', listPrice: 'Cost' })).toEqual({
      mistakes: [
        expect.stringContaining('no field "price"; there are externalId, name'),
        expect.stringContaining('no column "Cost"; there are "name"'),
      ],
    })
  })
})

test('words mean the same in both languages', () => {
  expect(['Closed Won', 'выиграна', 'УСПЕШНО', 'won'].map((word) => meaning(OUTCOME_WORDS, word))).toEqual([
    'WON',
    'WON',
    'WON',
    'WON',
  ])
  expect(['Руководитель', 'head of sales'].map((word) => meaning(ROLE_WORDS, word))).toEqual([
    'MANAGER',
    'MANAGER',
  ])
  expect(meaning(OUTCOME_WORDS, 'Engaging')).toBeNull()
})
