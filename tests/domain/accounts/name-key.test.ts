import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitLegalForms } from '../../../src/domain/accounts/legal-forms.ts'
import { nameKey, queryKeys } from '../../../src/domain/accounts/name-key.ts'
import { CLIENTS } from '../../lookup/accounts.ts'

const wild = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xff_ff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom(
    '',
    '\0',
    '\uD800',
    '😀',
    '\u202E',
    'שלום',
    'مرحبا',
    '株式会社',
    'İ',
    'ß',
    '%_\\',
    "'; drop table accounts",
  ),
)

const realistic = fc
  .array(
    fc.string({
      unit: fc.constantFrom(...Array.from('абвгдежзиклмнопрстуфхцчшщэюя')),
      minLength: 4,
      maxLength: 12,
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '))

describe('nameKey', () => {
  test.each([
    ['ООО «Ромашка»', 'romashka'],
    ['Romashka LLC', 'romashka'],
    ['Общество с ограниченной ответственностью "РОМАШКА"', 'romashka'],
    ['S.p.A. Romashka, S.p.A.', 'spa romashka'],
    ['Henkel AG & Co. KGaA', 'henkel'],
    ['Щёкиноазот', 'shekinoazot'],
    ['Рога и Копыта', 'roga kopita'],
    ['Roga & Kopyta', 'roga kopita'],
    ['Завод № 14', 'zavod 14'],
    ['ЖБИ-5', 'zhbi 5'],
    ["О'КЕЙ", 'okei'],
    ['Сбeр', 'sber'],
    ['ООО', 'uo'],
    ['', ''],
  ])('makes of %s the key %s', (text, key) => {
    expect(nameKey(text)).toBe(key)
  })

  test.each([
    ['Акме', 'Acme'],
    ['Газпром', 'Gazprom'],
    ['Щёкиноазот', 'schekinoazot'],
    ['Щёкиноазот', 'Shchekinoazot'],
    ['Мюллер', 'Müller'],
    ['Мюллер', 'Mueller'],
    ['Цемент', 'Cement'],
    ['Цемент', 'Tsement'],
    ['Бош', 'Bosch'],
    ['Ксерокс', 'Xerox'],
    ['Хлеб', 'Khleb'],
    ['Хлеб', 'Hleb'],
    ['Йокогама', 'Yokogama'],
    ['Джонсон', 'Johnson'],
    ['Байкал', 'Bajkal'],
    ['Байкал', 'Baykal'],
  ])('hears no difference between %s and %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  test.each(['7701234567', 'ИНН 7701234567', 'инн: 77 0123 4567', '7701234567/770101001', 'RU7701234567'])(
    'makes digits of the tax number %s',
    (text) => {
      expect(nameKey(text)).toBe('7701234567')
    },
  )

  test('gives Latin letters, digits and single spaces, whatever comes, and never throws', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(nameKey(text)).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/)
      }),
    )
  })

  test('does not care about case', () => {
    fc.assert(
      fc.property(realistic, (text) => {
        expect(nameKey(text.toUpperCase())).toBe(nameKey(text))
      }),
    )
  })

  test('makes of a key the same key again, unless its last word sounds like a legal form', () => {
    fc.assert(
      fc.property(realistic, (text) => {
        // "Аква Саас" sounds like "akva sas", and a French SAS says nothing about whose it is.
        fc.pre(splitLegalForms(nameKey(text).split(' ')).forms.length === 0)
        expect(nameKey(nameKey(text))).toBe(nameKey(text))
      }),
    )
  })

  test('reads no more of a novel than of a name', () => {
    for (const letters of ['а', 'а.', ' ', "О'"]) {
      expect(nameKey(letters.repeat(1_000_000))).toBe(nameKey(letters.repeat(1_000)))
    }
  })
})

describe('queryKeys', () => {
  test('reads first what was typed, and also the other keyboard layout', () => {
    expect(queryKeys('ufpghjv')).toContain('gazprom')
    expect(queryKeys('фсьу')).toContain('akme')
    expect(queryKeys('газпром')[0]).toBe('gazprom')
  })

  test('finds nothing to look for in a legal form alone', () => {
    expect(queryKeys('ООО')).toEqual([])
    expect(queryKeys('gmbh')).toEqual([])
  })

  test('leaves out a preposition and says ж for j', () => {
    expect(queryKeys('у газпрома')).toContain('gazproma')
    expect(queryKeys('jivaya priroda')).toContain(nameKey('живая природа'))
  })

  test('never throws, has few readings, and begins with the key itself', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const keys = queryKeys(text)
        expect(keys.length).toBeLessThanOrEqual(6)
        expect(keys.slice(0, 1)).toEqual(keys.length === 0 ? [] : [nameKey(text)])
      }),
    )
  })

  test('has the stored key of every name in the client base among the readings of that name', () => {
    const names = CLIENTS.flatMap(({ name, aliases, taxNumber }) => [name, taxNumber, ...aliases])
    expect(names.filter((name) => !queryKeys(name).includes(nameKey(name)))).toEqual([])
  })
})
