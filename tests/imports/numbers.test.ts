import { describe, expect, test } from 'vitest'
import { readInteger, readMoney } from '../../src/domain/imports/numbers.ts'

describe('an amount is read', () => {
  test.each([
    ['1234.5', '1234.50'],
    ['1234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1\u00a0234\u202f567,5', '1234567.50'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234,567', '1234567.00'],
    ['1.234.567', '1234567.00'],
    ["1'234.50", '1234.50'],
    ['0,125 ', null],
    ['0', '0.00'],
    ['.5', null],
    ['9999999999999999.99', '9999999999999999.99'],
  ])('%j', (text, amount) => {
    const read = readMoney(text.trim(), null)
    expect('value' in read ? read.value : null).toBe(amount)
  })

  test.each([
    ['₽1 200', 'RUB'],
    ['1 200 ₽', 'RUB'],
    ['1200 руб.', 'RUB'],
    ['$1,200.00', 'USD'],
    ['1.200,00 €', 'EUR'],
    ['GBP 1200', 'GBP'],
  ])('with its currency: %j', (text, currency) => {
    expect(readMoney(text, null)).toEqual({ value: '1200.00', currency })
  })

  test('in millions, exactly', () => {
    expect(readMoney('1100.04', null, { factor: 1_000_000 })).toEqual({ value: '1100040000.00' })
  })
})

describe('an amount is refused', () => {
  test.each([
    ['1,234', 'may be a thousand or a fraction'],
    ['1.234', 'may be a thousand or a fraction'],
    ['12.5%', 'is a percentage'],
    ['1E+05', 'scientific notation'],
    ['12 34', 'do not group thousands'],
    ['1,23,456.00', 'do not group thousands'],
    ['12.345,6.7', 'is not a number'],
    ['about 5', 'is not a number'],
    ['ABC 5', 'is not a number'],
    ['$5 €', 'is not a number'],
    ['(500)', 'is not a number'],
    ['-5', 'is below zero'],
    ['1.2345', 'more than two decimals'],
    ['12345678901234567', 'is too large'],
  ])('%j', (text, reason) => {
    expect(readMoney(text, null)).toEqual({ refused: expect.stringContaining(reason) })
  })

  test('a lone separator is settled by the option', () => {
    expect(readMoney('1,234', '.')).toEqual({ value: '1234.00' })
    expect(readMoney('1,234', ',')).toEqual({ refused: 'has more than two decimals' })
    expect(readMoney('1.234', ',')).toEqual({ value: '1234.00' })
  })
})

test('a credit note may be below zero', () => {
  expect(readMoney('−1 200,50', null, { negative: true })).toEqual({ value: '-1200.50' })
  expect(readMoney('-$5', null, { negative: true })).toEqual({ value: '-5.00', currency: 'USD' })
  expect(readMoney('$-5', null, { negative: true })).toEqual({ value: '-5.00', currency: 'USD' })
})

test('a whole number may have its thousands grouped, but no fraction', () => {
  expect(readInteger('12 500', 0, 100_000)).toEqual({ value: 12_500 })
  expect(readInteger('12,500', 0, 100_000)).toEqual({ value: 12_500 })
  expect(readInteger('12.0', 0, 100)).toEqual({ value: 12 })
  expect(readInteger('12.5', 0, 100)).toEqual({ refused: 'is not a whole number' })
  expect(readInteger('1899', 1900, 2100)).toEqual({ refused: 'is not between 1900 and 2100' })
})

test.each([
  ['1,000', 1_000],
  ['1.000', 1_000],
  ['250,000', 250_000],
  ['2,000,000', 2_000_000],
  ['2.000.000', 2_000_000],
  ['1,000.000', 1_000],
  ['12 500,00', 12_500],
  ['1000.000', 1_000],
  ['0.000', 0],
])('a whole number keeps the thousands that look like a fraction of zeros: %j', (text, value) => {
  expect(readInteger(text, 0, 100_000_000)).toEqual({ value })
})

test.each(['0,125', '1 234,567', '1,23,456', '-5', '1e3'])(
  'what is no whole number is refused: %j',
  (text) => {
    expect(readInteger(text, 0, 100_000_000)).toEqual({ refused: 'is not a whole number' })
  },
)

test('a lone separator in a whole number is settled by the option too', () => {
  expect(readInteger('12.500', 0, 100_000, ',')).toEqual({ value: 12_500 })
  expect(readInteger('12.500', 0, 100_000, '.')).toEqual({ refused: 'is not a whole number' })
  expect(readInteger('12,000', 0, 100_000, ',')).toEqual({ value: 12 })
})
