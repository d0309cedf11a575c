import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountOff,
  atPercent,
  isInRange,
  netAt,
  percentText,
  readPrice,
  type SaidPrice,
} from '../../../src/domain/discounts/terms.ts'
import { TERMS } from './office.sample.ts'

function priceOf(list: string, said: Partial<SaidPrice>): string {
  const read = readPrice(list, { percent: null, off: null, net: null, ...said })
  if (read.kind === 'price') return `${read.percent}% ${read.net}`
  return read.kind === 'disagree' ? `disagree ${read.choices.join(' or ')}` : read.kind
}

describe('what was said of a price', () => {
  it('is a percentage, an amount off or the price itself', () => {
    expect(priceOf('10000', { percent: '12.5' })).toBe('12.5% 8750.00')
    expect(priceOf('10000', { off: '1250' })).toBe('12.5% 8750.00')
    expect(priceOf('10000', { net: '8750' })).toBe('12.5% 8750.00')
    expect(priceOf('10000', {})).toBe('nothing')
  })

  it('may be said in several ways, as long as they lead to one price', () => {
    expect(priceOf('10000', { percent: '12.5', off: '1250', net: '8750' })).toBe('12.5% 8750.00')
    expect(priceOf('10000', { percent: '12', net: '8750' })).toBe('disagree 12 or 12.5')
    expect(priceOf('10000', { off: '1000', net: '8750' })).toBe('disagree 10 or 12.5')
  })

  it('agrees within the rounding of the percentage, and then the price counts that was named', () => {
    expect(priceOf('999.99', { percent: '33.33', net: '666.67' })).toBe('33.33% 666.67')
    expect(priceOf('1000', { percent: '33.33', off: '333.33' })).toBe('33.33% 666.67')
    expect(priceOf('3', { percent: '33.33', off: '1' })).toBe('33.33% 2.00')
    expect(priceOf('1000000', { percent: '33.33', off: '333333.33' })).toBe('33.33% 666666.67')
    expect(priceOf('1000', { percent: '33.3', off: '333.33' })).toBe('disagree 33.3 or 33.33')
  })

  it('agrees within half a cent of the price, and a whole cent is another price', () => {
    expect(priceOf('10.05', { percent: '10', off: '1.01' })).toBe('10% 9.04')
    expect(priceOf('10', { percent: '10', off: '1.01' })).toBe('disagree 10 or 10.1')
    expect(priceOf('10', { off: '1', net: '8.99' })).toBe('disagree 10 or 10.1')
  })

  it('lies between nothing and everything, both refused', () => {
    for (const percent of ['0', '-5', '100', '101', '0.00', '100.00'])
      expect(priceOf('1000', { percent }), percent).toBe('outOfRange')
    for (const off of ['0', '-1', '1000', '1000.01']) expect(priceOf('1000', { off }), off).toBe('outOfRange')
    for (const net of ['0', '-1', '1000', '1200']) expect(priceOf('1000', { net }), net).toBe('outOfRange')
    expect(priceOf('1000', { percent: '12', net: '0' })).toBe('outOfRange')
    expect(priceOf('1000', { percent: '0.01' })).toBe('0.01% 999.90')
    expect(priceOf('1000', { percent: '99.99' })).toBe('99.99% 0.10')
  })

  it('is refused too when only its rounding is nothing or everything', () => {
    expect(priceOf('1000', { percent: '0.001' })).toBe('outOfRange')
    expect(priceOf('1000', { percent: '99.999' })).toBe('outOfRange')
    expect(priceOf('1000000', { off: '1' })).toBe('outOfRange')
    expect(priceOf('1000000', { net: '1' })).toBe('outOfRange')
  })

  it('is no discount on a price of nothing', () => {
    expect(priceOf('0', { off: '1' })).toBe('outOfRange')
    expect(priceOf('0', { off: '0' })).toBe('outOfRange')
  })

  it('comes out the same whichever way it is said, to the cent', () => {
    const cents = fc.integer({ min: 100, max: 100_000_000 })
    const hundredths = fc.integer({ min: 1, max: 9_999 })
    fc.assert(
      fc.property(cents, hundredths, (price, part) => {
        const list = new Decimal(price).div(100).toFixed(2)
        const percent = new Decimal(part).div(100).toString()
        const net = netAt(list, percent)
        const off = new Decimal(list).minus(net).toFixed(2)
        expect(priceOf(list, { percent })).toBe(`${percentText(percent)}% ${net}`)
        const isReal = new Decimal(off).gt(0) && new Decimal(net).gt(0)
        if (isReal) expect(priceOf(list, { percent, off, net })).toBe(`${percentText(percent)}% ${net}`)
      }),
      { numRuns: 2_000, seed: 4 },
    )
  })
})

describe('a percentage', () => {
  it('reads without needless zeros, to two decimals', () => {
    expect(['12.50', '12', '12.345', '0.1', '99.994'].map(percentText)).toEqual([
      '12.5',
      '12',
      '12.35',
      '0.1',
      '99.99',
    ])
  })

  it('is in range between 0 and 100, both excluded', () => {
    expect(['0', '0.01', '99.99', '100', '101', '-1'].map(isInRange)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('makes a price that is rounded half up, never by way of floating point', () => {
    expect(netAt('1.05', '50')).toBe('0.53')
    expect(netAt('1.005', '0')).toBe('1.01')
    expect(netAt('999999999999.99', '12.5')).toBe('874999999999.99')
    expect(atPercent(TERMS, '12.5').net).toEqual({ amount: '875.00', currency: 'EUR' })
    expect(amountOff(atPercent(TERMS, '12.5'))).toEqual({ amount: '125.00', currency: 'EUR' })
  })
})
