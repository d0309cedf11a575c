import { describe, expect, it } from 'vitest'
import {
  countryName,
  countryNamed,
  isNever,
  timeOfDay,
  timesFromTo,
  weekdaysNamed,
} from '../../../src/domain/identity/hours.ts'

describe('a time of day', () => {
  it.each([
    ['9', '09:00'],
    ['9:05', '09:05'],
    ['09.30', '09:30'],
    [' 23:59 ', '23:59'],
    ['24:00', null],
    ['9:60', null],
    ['9:5', null],
    ['nine', null],
    ['', null],
  ])('“%s” is %s', (text, expected) => {
    expect(timeOfDay(text)).toBe(expected)
  })
})

describe('from one time to another', () => {
  it.each([
    ['9-18', ['09:00', '18:00']],
    ['09:00–18:30', ['09:00', '18:30']],
    ['from 9 to 18', ['09:00', '18:00']],
    ['с 9 до 18', ['09:00', '18:00']],
    ['20:00 — 08:00', ['20:00', '08:00']],
    ['9', null],
    ['9-18-20', null],
    ['9-25', null],
  ])('“%s” is %j', (text, expected) => {
    expect(timesFromTo(text)).toEqual(expected)
  })
})

describe('weekdays', () => {
  it.each([
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['1–5', [1, 2, 3, 4, 5]],
    ['sun - thu', [1, 2, 3, 4, 7]],
    ['пн–пт', [1, 2, 3, 4, 5]],
    ['пн, ср и пт', [1, 3, 5]],
    ['Mon, Tue, Wed, Thu and Sat', [1, 2, 3, 4, 6]],
    ['вторник четверг', [2, 4]],
    ['Monday; Monday', [1]],
    ['someday', null],
    ['0', null],
    ['8', null],
    ['Mon-Tue-Wed', null],
    ['', null],
  ])('“%s” are %j', (text, expected) => {
    expect(weekdaysNamed(text)).toEqual(expected)
  })
})

describe('a country', () => {
  it.each([
    ['de', 'DE'],
    ['Germany', 'DE'],
    ['Россия', 'RU'],
    ['UK', 'GB'],
    ['united kingdom', 'GB'],
    ['EU', null],
    ['ZZ', null],
    ['XX', null],
    ['Atlantis', null],
    ['', null],
  ])('“%s” is %s', (text, expected) => {
    expect(countryNamed(text)).toBe(expected)
  })

  it('has a name in both languages', () => {
    expect([countryName('DE', 'en'), countryName('DE', 'ru')]).toEqual(['Germany', 'Германия'])
  })
})

describe('not at all', () => {
  it.each(['off', 'None', 'нет', '-'])('is said by “%s”', (text) => {
    expect(isNever(text)).toBe(true)
  })

  it('is not said by a time', () => {
    expect(isNever('08:30')).toBe(false)
  })
})
