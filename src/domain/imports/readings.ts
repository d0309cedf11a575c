import { TZDate } from '@date-fns/tz'
import { isCurrency, timeZoneNamed } from '../identity/person.ts'
import type { Read, Reading, ReadingContext } from './definition.ts'
import { readInteger, readMoney, readPercent } from './numbers.ts'
import { meaning, type Words, YES_WORDS } from './words.ts'

const LINE_LIMIT = 500
export const NOTES_LIMIT = 20_000
const ID_LIMIT = 200
const LIST_LIMIT = 200

function text(limit: number, label: string): Reading {
  return { label, read: (value) => (value.length > limit ? tooLong(limit) : { value }) }
}

/** Names stand on one line everywhere: a line break in one could pass for a line of ours. */
function oneLine(limit: number, label: string): Reading {
  const { read } = text(limit, label)
  return {
    label,
    read: (value, context) =>
      /[\n\r\u2028\u2029]/.test(value) ? { refused: 'holds a line break' } : read(value, context),
  }
}

function tooLong(limit: number): Read {
  return { refused: `is longer than ${limit.toLocaleString('en')} characters` }
}

export const line = oneLine(LINE_LIMIT, 'text')
export const notes = text(NOTES_LIMIT, 'text, up to 20,000 characters')
export const identifier = oneLine(ID_LIMIT, 'id, any text')
export const accountName = oneLine(LINE_LIMIT, 'id or exact name of an account')
export const userName = oneLine(LINE_LIMIT, 'e-mail, id or exact name of a user')
export const productName = oneLine(LINE_LIMIT, 'id or name of a product')

export const email: Reading = {
  label: 'e-mail address',
  read(value) {
    const address = value.toLowerCase().replace(/^mailto:/, '')
    const good = address.length <= 254 && /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]{2,}$/.test(address)
    return good && !address.includes('..') ? { value: address } : { refused: 'is not an e-mail address' }
  },
}

export const phone: Reading = {
  label: 'telephone number',
  read(value) {
    if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(value))
      return { refused: 'is in scientific notation: a spreadsheet has lost its digits' }
    const digits = value.replace(/\D/g, '').length
    return digits >= 3 && value.length <= 100 ? { value } : { refused: 'is not a telephone number' }
  },
}

/** Names or addresses in one cell. A comma does not separate: people write `Smith, John`. */
export const list: Reading = {
  label: 'several, separated by ; or |',
  read(value) {
    const items = value
      .split(/[;|\n]/)
      .map((item) => item.trim())
      .filter((item) => item !== '')
    const distinct = [...new Map(items.map((item) => [item.toLowerCase(), item])).values()]
    if (distinct.length > LIST_LIMIT) return { refused: `lists more than ${LIST_LIMIT} names` }
    return distinct.some((item) => item.length > LINE_LIMIT) ? tooLong(LINE_LIMIT) : { value: distinct }
  },
}

export const money: Reading = {
  label: 'amount, not below zero',
  read: (value, { decimal }) => readMoney(value, decimal),
}
export const balance: Reading = {
  label: 'amount',
  read: (value, { decimal }) => readMoney(value, decimal, { negative: true }),
}
export const millions: Reading = {
  label: 'amount in millions',
  read: (value, { decimal }) => readMoney(value, decimal, { factor: 1_000_000 }),
}

export const percent: Reading = {
  label: 'percent, 0 to 100 (12.5)',
  read: (value) => readPercent(value),
}

export function integer(least: number, most: number): Reading {
  return {
    label: `whole number, ${least} to ${most}`,
    read: (value, { decimal }) => readInteger(value, least, most, decimal),
  }
}

/** A coordinate as a decimal number of degrees. */
export function degrees(most: number): Reading {
  return {
    label: `degrees, -${most} to ${most} (55.7539)`,
    read(value) {
      const number = value.replace(/^[−–]/, '-').replace(/\s?°$/, '').replace(',', '.')
      if (!/^[+-]?\d{1,3}(?:\.\d{1,20})?$/.test(number))
        return { refused: 'is not a decimal number of degrees' }
      const found = Number(number)
      return Math.abs(found) <= most ? { value: found } : { refused: `is not between -${most} and ${most}` }
    },
  }
}

export function oneOf(words: Words): Reading {
  const label = Object.keys(words).join(', ')
  return {
    label,
    read(value) {
      const found = meaning(words, value)
      return found ? { value: found } : { refused: `is none of ${label}` }
    },
  }
}

export const yesNo: Reading = {
  label: 'yes or no',
  read(value) {
    const found = meaning(YES_WORDS, value)
    return found ? { value: found === 'yes' } : { refused: 'is neither yes nor no' }
  },
}

export const currency: Reading = {
  label: 'currency, ISO 4217 (EUR)',
  read(value) {
    const code = value.toUpperCase()
    return isCurrency(code)
      ? { value: code }
      : { refused: 'is not a currency: write its three letters, such as EUR' }
  },
}

export const timeZone: Reading = {
  label: 'time zone (Europe/Berlin)',
  read(value) {
    const known = timeZoneNamed(value)
    return known ? { value: known } : { refused: 'is not a time zone: write it like Europe/Berlin' }
  },
}

export const day: Reading = {
  label: 'day',
  read(value, context) {
    const found = value.length > MOMENT_LIMIT ? null : context.day(value)
    return found ? { value: found } : { refused: wrongDay(value) }
  },
}

const MOMENT_LIMIT = 60

function wrongDay(value: string): string {
  if (/^\d{5}(\.\d+)?$/.test(value)) return 'is a spreadsheet day number: format the column as a date'
  if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(value)) {
    return 'is not a day of the calendar in ISO, dd.MM.yyyy or the given --date-format'
  }
  return 'is not a date'
}

const TIME = /^(?<hour>\d{1,2})[:.](?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?<half>[ap]m)?$/i

/** `HH:mm` from any way to write a time, or null. */
function clock(value: string): string | null {
  const { hour, minute, half } = TIME.exec(value)?.groups ?? {}
  if (!hour || !minute || Number(minute) > 59) return null
  const hours = Number(hour)
  if (half ? hours < 1 || hours > 12 : hours > 23) return null
  const shift = half ? (/p/i.test(half) ? 12 : 0) - (hours === 12 ? 12 : 0) : 0
  return `${String(hours + shift).padStart(2, '0')}:${minute}`
}

export const time: Reading = {
  label: 'time of day (15:30)',
  read(value) {
    const found = clock(value)
    return found ? { value: found } : { refused: 'is not a time of day' }
  },
}

/** `2026-11-24`, or with its time `2026-11-24T15:30`; the caller parts them. */
export const dayTime: Reading = {
  label: 'day, with or without a time',
  read(value, context) {
    if (value.length > MOMENT_LIMIT) return { refused: 'is not a date' }
    const whole = context.day(value)
    if (whole) return { value: whole }
    const [, first = '', second = ''] = /^(\S+?)(?:T|,?\s+)(\S.*)$/s.exec(value) ?? []
    const found = context.day(first)
    if (!found) return { refused: wrongDay(value) }
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(second)) return instant.read(`${found}T${second}`, context)
    const hours = clock(second)
    return hours ? { value: `${found}T${hours}` } : { refused: 'has a time that does not exist' }
  },
}

export const instant: Reading = {
  label: 'ISO date and time with its zone (2026-11-24T12:30:00Z)',
  read(value) {
    const whole = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/.exec(value)
    const moment = whole ? new Date(value) : null
    return moment && !Number.isNaN(moment.getTime())
      ? { value: moment.toISOString() }
      : { refused: 'is not an ISO date and time with its zone' }
  },
}

/** The instant of a wall clock time in a time zone. */
export function instantOf(dayText: string, hours: string, context: Pick<ReadingContext, 'timeZone'>): string {
  const [year = 0, month = 1, date = 1] = dayText.split('-').map(Number)
  const [hour = 0, minute = 0] = hours.split(':').map(Number)
  return new Date(
    new TZDate(year, month - 1, date, hour, minute, 0, context.timeZone).getTime(),
  ).toISOString()
}
