import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Offer } from '../../../src/domain/discounts/offer.ts'
import { readMoney } from '../../../src/domain/imports/numbers.ts'
import { readFigure } from '../../../src/domain/talk/figures.ts'
import { readDiscount, subjectsIn } from '../../../src/domain/talk/read-discount.ts'
import type { TalkContext } from '../../../src/domain/talk/talk.ts'

/** Monday 23 November 2026, 14:30 in Moscow. */
const RU: TalkContext = { now: new Date('2026-11-23T11:30:00Z'), timeZone: 'Europe/Moscow', language: 'ru' }

const read = (line: string) => readDiscount(line, RU)

describe('the percentage of a discount', () => {
  test.each([
    ['Acme 12%', '12'],
    ['Acme 12.50 %', '12.5'],
    ['Acme 12,5%', '12.5'],
    ['Acme -12%', '12'],
    ['Acme −12%', '12'],
    ['Acme １２，５％', '12.5'],
    ['Acme 12\u00A0%', '12'],
    ['Acme 12\u202F%', '12'],
    ['Acme 12\u2009%', '12'],
    ['Acme 0.01%', '0.01'],
    ['Acme 99.99%', '99.99'],
    ['Acme twelve percent', '12'],
    ['Acme ninety-nine percent', '99'],
    ['Ромашка двенадцать процентов', '12'],
    ['Ромашка двадцати пяти процентов', '25'],
    ['Ромашка полтора процента', '1.5'],
    ['Ромашка 12-процентная скидка', '12'],
    ['Acme 12% instead of 5%', '12'],
    ['Acme 12%, not 15%', '12'],
    ['raise the discount for Acme from 5% to 12%', '12'],
    ['Acme 12% 12%', '12'],
  ])('%s', (line, value) => {
    expect(read(line)).toMatchObject({ price: { percent: value }, wrong: null })
  })

  test.each([
    ['Acme 0%', 'zero', '0%'],
    ['Acme -0%', 'zero', '-0%'],
    ['Acme 0,00 %', 'zero', '0,00 %'],
    ['Acme 100 %', 'tooLarge', '100 %'],
    ['Acme 101%', 'tooLarge', '101%'],
    ['Acme 12,345.6%', 'tooLarge', '12,345.6%'],
    ['Acme 1 000%', 'tooLarge', '1 000%'],
    [`Acme ${'9'.repeat(39)}%`, 'tooLarge', `${'9'.repeat(39)}%`],
    [`Acme ${'9'.repeat(400)}%`, 'notANumber', `${'9'.repeat(400)}%`],
    ['Acme 1e3 %', 'notANumber', '1e3 %'],
    ['Acme 12.5.3%', 'notANumber', '12.5.3%'],
    ['Acme 12..5%', 'notANumber', '12..5%'],
    ['Acme 1,234%', 'ambiguous', '1,234%'],
    ['Acme 10-12%', 'ambiguous', '10-12%'],
    ['Acme 10% 12%', 'ambiguous', '10%, 12%'],
    ['Acme +12%', 'negative', '+12%'],
    ['Acme １００％', 'tooLarge', '１００％'],
  ])('%s is none', (line, why, text) => {
    expect(read(line)).toMatchObject({ price: { percent: null }, wrong: { why, text } })
  })

  test.each(['Acme', 'Acme margin 25%', 'Ромашка предоплата 50%', 'Acme competitor gives 15%', ''])(
    '%s names none',
    (line) => {
      expect(read(line)).toMatchObject({ price: { percent: null, off: null, net: null }, wrong: null })
    },
  )

  test('is told from a percentage that belongs to a name, once its place is known', () => {
    const line = 'Acme Acid 98% 5%'
    expect(read(line).wrong).toMatchObject({ why: 'ambiguous' })
    const taken = { from: 5, to: 13 }
    expect(readDiscount(line, RU, [taken])).toMatchObject({ price: { percent: '5' }, wrong: null })
  })
})

describe('an amount', () => {
  test.each([
    ['Acme minus 1000 EUR', { off: '1000' }, 'EUR'],
    ['Ромашка минус 1000 евро', { off: '1000' }, 'EUR'],
    ['Acme 1,000 off', { off: '1000' }, null],
    ['Acme -500 €', { off: '500' }, 'EUR'],
    ['Acme for 8800 instead of 10000', { net: '8800' }, null],
    ['Ромашка за 8 800,50 ₽', { net: '8800.5' }, 'RUB'],
    ['Ромашка цена 9к', { net: '9000' }, null],
    ['Ромашка скинуть 1,5 тыс. руб', { off: '1500' }, 'RUB'],
    ['Acme for CZK 8800', { net: '8800' }, 'CZK'],
    ['Acme 12% for 8800', { net: '8800', percent: '12' }, null],
  ])('%s', (line, price, currency) => {
    expect(read(line)).toMatchObject({ price, currency, wrong: null })
  })

  test.each([
    ['Acme 1,234 off', 'ambiguous'],
    ['Acme 0 EUR off', 'zero'],
    ['Acme for -8800 EUR', 'negative'],
    ['Acme 12.5.3 EUR off', 'notANumber'],
    ['Acme 1e3 EUR off', 'notANumber'],
    ['Acme for 12345678901234567 EUR', 'tooLarge'],
    ['скидка 12', 'ambiguous'],
  ])('%s is none', (line, why) => {
    expect(read(line)).toMatchObject({ price: { off: null, net: null }, wrong: { why } })
  })

  test.each([
    'Acme P-200',
    'Acme Care 24/7',
    'Acme in 2027',
    'до 2027 года Ромашка',
    'Acme for 3 years',
    'price of 3M parts',
    'Acme bought for 50000 EUR last year',
    'Ромашка бюджет до 9000 евро',
    'Acme call me at 89161234567',
    'at 10:30 Acme',
  ])('%s has none', (line) => {
    expect(read(line)).toMatchObject({ price: { percent: null, off: null, net: null }, wrong: null })
  })

  test('is judged as cells of an import are, but for round thousands', () => {
    const judged = (text: string) => {
      const said = readFigure(text)
      return 'value' in said ? String(Number(said.value)) : said.why
    }
    const asCell = (text: string) => {
      const cell = readMoney(text, null)
      if ('value' in cell) return String(Number(cell.value))
      return cell.refused.startsWith('may be')
        ? 'ambiguous'
        : cell.refused.startsWith('is not')
          ? 'notANumber'
          : '*'
    }
    const figure = fc
      .stringMatching(/^\d{1,5}(?:[.,' ]\d{1,4}){0,3}$/)
      .filter((text) => !/^[1-9]\d{0,2}[.,]\d00$/.test(text.replaceAll(/[ ']/g, '')))
    const differs = fc.sample(figure, 2000).filter((text) => ![judged(text), '*'].includes(asCell(text)))
    expect(differs).toEqual([])
  })
})

describe('what else is counted', () => {
  test.each([
    ['Acme 7% on orders over 100 units', null, 'on orders over 100 units'],
    ['Acme 7% 100 units', 100, ''],
    ['Acme 7% 100 units, then 200 units', null, ''],
  ])('%s: %s', (line, quantity, reason) => {
    const said = read(line)
    expect(said.quantity).toBe(quantity)
    expect(said.reasonWithout(said.names[0] ?? null, null)).toBe(reason)
  })

  test('stays with what the client gives when a date stands beside it', () => {
    expect(read('Ромашка 7% при объёме от 50 шт до конца года').gives).toMatchObject([
      { kind: 'VOLUME', what: 'объёме от 50 шт', when: { kind: 'clear', when: { day: '2026-12-31' } } },
    ])
  })
})

const offer = (name: string, dealId: string | null = null, product: string | null = name): Offer => ({
  subject: { dealId, productId: product, title: name, product, productGroup: null },
  list: null,
  costShare: null,
  floorMargin: null,
})

describe('what a discount is on', () => {
  const offers = ['GTX Pro', 'Hydro P-200', 'Hydro P-500', 'Care Standard', 'Care 24/7', 'Acid 98%'].map(
    (name) => offer(name),
  )
  const told = (line: string, of: readonly Offer[] = offers) => {
    const found = subjectsIn(line, of, [])
    if (found.kind === 'none') return '-'
    const at = `[${line.slice(found.at.from, found.at.to)}]`
    const names = found.kind === 'sure' ? [found.offer] : found.offers
    return `${found.kind === 'sure' ? '' : '? '}${names.map(({ subject }) => subject.title).join(' ~ ')} ${at}`
  }

  test.each([
    ['Acme gtx pro 5%', 'GTX Pro [gtx pro]'],
    ['Ромашка гтх про 5%', 'GTX Pro [гтх про]'],
    ['GTXPro', '-'],
    ['P200', 'Hydro P-200 [P200]'],
    ['hydro p 500 x 3', 'Hydro P-500 [hydro p 500]'],
    ['hydor p-200', 'Hydro P-200 [hydor p-200]'],
    ['hydro', '? Hydro P-200 ~ Hydro P-500 [hydro]'],
    ['Hydro P-300', '? Hydro P-200 ~ Hydro P-500 [Hydro P-300]'],
    ['care', '? Care Standard ~ Care 24/7 [care]'],
    ['care 24/7', 'Care 24/7 [care 24/7]'],
    ['5% on Acid 98%', 'Acid 98% [Acid 98%]'],
    ['спросили про скидку 24%', '-'],
    ['200', '-'],
    ['', '-'],
  ])('%s: %s', (line, right) => {
    expect(told(line)).toBe(right)
  })

  test('is the name that is written to the letter, and asked for when a name beside it sounds like what is written', () => {
    const alike = [offer('Wejenadiyo Pump'), offer('Wehadijeyo Pump')]
    expect(told('Acme 12% Wejenadiyo Pump rival', alike)).toBe('Wejenadiyo Pump [Wejenadiyo Pump]')
    expect(told('Acme 12% Wejedanijo Pump rival', alike)).toContain('? ')
  })

  test('is the open deal about a product that is named, unless there are two', () => {
    const deal = offer('Насосы на участок 7', 'deal-1', 'Hydro P-200')
    expect(told('Ромашка P200 5%', [deal, ...offers])).toBe('Насосы на участок 7 [P200]')
    const other = offer('Замена насосов', 'deal-2', 'Hydro P-200')
    expect(told('P200 5%', [deal, other, ...offers])).toBe(
      '? Насосы на участок 7 ~ Замена насосов ~ Hydro P-200 [P200]',
    )
    expect(told('участок 7 5%', [deal, other, ...offers])).toBe('Насосы на участок 7 [участок 7]')
  })

  test('is not what is named at a place that means something else', () => {
    expect(subjectsIn('GTX Pro', offers, [{ from: 0, to: 7 }])).toEqual({ kind: 'none' })
  })

  test('does not depend on the order of the offers', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(offers, { minLength: offers.length }), (shuffled) => {
        expect(subjectsIn('Acme P200', shuffled, [])).toEqual(subjectsIn('Acme P200', offers, []))
      }),
    )
  })
})

const wordsOf = (text: string) => text.match(/\p{L}+|\d+/gu) ?? []

function isSubsequence(some: readonly string[], all: readonly string[]): boolean {
  let at = 0
  for (const word of all) if (at < some.length && some[at] === word) at += 1
  return at === some.length
}

const PIECES = [
  'Acme',
  'Ромашка',
  '12%',
  '12,5 %',
  '-',
  '?',
  ',',
  ';',
  '(',
  'если',
  'because',
  'взамен:',
  'предоплата 50%',
  'до 1 декабря',
  'until 31 Dec',
  'за',
  '8800',
  '1 000',
  '€',
  'off',
  'x20',
  '20 шт',
  'net 45',
  'конкурент даёт',
  'offers 9000',
  '𝟙',
  '\u0301',
  '\n',
  'GTX-9',
  "'s",
  'и',
  '.',
]

describe('any line at all', () => {
  const talk = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' '))
  const glued = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''))
  const anything = fc.oneof(
    talk,
    glued,
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
  )

  test('is read without an error, and the reason has its words in its order and no others', () => {
    fc.assert(
      fc.property(anything, (line) => {
        const said = read(line)
        for (const account of [null, ...said.names.slice(0, 2)]) {
          const reason = said.reasonWithout(account, said.names.at(-1) ?? null)
          expect(isSubsequence(wordsOf(reason), wordsOf(line)), `${line} → ${reason}`).toBe(true)
        }
        for (const { from, to, text } of said.names) expect(line.slice(from, to)).toContain(text)
      }),
      { numRuns: 1000 },
    )
  })

  test('says a percentage only between 0 and 100, and amounts above 0', () => {
    const strange = fc.sample(anything, 1000).filter((line) => {
      const { price, competitorPrice } = read(line)
      const amounts = [price.off, price.net, competitorPrice?.amount ?? null].filter(
        (amount) => amount !== null,
      )
      const isOff = price.percent !== null && !(Number(price.percent) > 0 && Number(price.percent) < 100)
      return isOff || amounts.some((amount) => !/^\d+(?:\.\d{1,2})?$/.test(amount) || Number(amount) === 0)
    })
    expect(strange).toEqual([])
  })
})

describe('a long line', () => {
  const UNITS = [
    'a',
    'ж',
    '1',
    ' ',
    '%',
    '1%',
    '1% ',
    '12,',
    '1 000 ',
    '1.',
    '-',
    '(',
    '"',
    "'",
    '. ',
    'x20 ',
    'if they sign ',
    'конкурент 1 ',
    'предоплата ',
    'скидка ',
    'за 8800 ',
    'до 31 декабря ',
    'twelve percent ',
    'Acme ',
    '20 шт ',
    'взамен: ',
    '?',
    '€',
    '\n',
    '\u0301',
  ]
  const LONG = 10_000
  const MOST = 3.2
  const shortest = (run: () => unknown): number => {
    const times = Array.from({ length: 3 }, () => {
      const started = performance.now()
      run()
      return performance.now() - started
    })
    return Math.min(...times)
  }

  test.each(UNITS)('of nothing but %j is read in proportion to its length', (unit) => {
    const once = unit.repeat(Math.ceil(LONG / unit.length)).slice(0, LONG)
    const both = (line: string) => () => {
      const said = read(line)
      said.reasonWithout(said.names[0] ?? null, null)
      subjectsIn(line, [offer('GTX Pro'), offer('Hydro P-200')], [])
    }
    // Below a few milliseconds the clock tells nothing of proportions. A busy machine is asked again: what grows by the
    // square never looks better.
    const ratio = () => shortest(both(once + once)) / Math.max(shortest(both(once)), 4)
    const ratios = [ratio()]
    while (ratios.length < 5 && Math.min(...ratios) >= MOST) ratios.push(ratio())
    expect(Math.min(...ratios)).toBeLessThan(MOST)
  })
})
