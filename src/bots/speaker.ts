import { FORMER_COLLEAGUE } from '../domain/identity/person.ts'
import type { Reader } from '../domain/shared/actor.ts'
import type { Money } from '../domain/shared/money.ts'
import type { Text, Value } from '../commands/kit/view.ts'
import { sentence } from '../i18n/translate.ts'

/** Turns texts into words for one reader: language, number and date format, time zone. Nothing is escaped here. */
export type Speaker = (text: Text) => string

/** How people nobody knows yet are spoken to, where the settings do not say. */
export const DEFAULT_READER: Reader = { language: 'en', timeZone: 'UTC', currency: 'EUR' }

/** British English shows days before months, so that 3/4 is never in doubt. */
const LOCALES = { en: 'en-GB', ru: 'ru-RU' } as const

export function speakerFor(reader: Reader): Speaker {
  const formats = formatsFor(reader)
  const speak = (text: Text): string => {
    if ('plain' in text) return named(text.plain)
    if ('parts' in text) return text.parts.map(speak).join(' · ')
    const params = Object.entries(text.params ?? {}).map(([name, value]) => [name, word(value)] as const)
    return sentence(reader.language, text.key, Object.fromEntries(params))
  }
  const named = (text: string): string =>
    text === FORMER_COLLEAGUE ? sentence(reader.language, 'person.former') : text
  const word = (value: Value): string | number => {
    if (typeof value === 'string') return named(value)
    if (typeof value === 'number') return value
    if ('money' in value) return formats.money(value.money)
    if ('day' in value) return formats.day(value.day)
    if ('instant' in value) return formats.instant(value.instant)
    if ('share' in value) return formats.share(value.share)
    if ('percent' in value) return formats.percent(value.percent)
    if ('change' in value) return formats.change(value.change)
    if ('daysAway' in value) return formats.daysAway(value.daysAway)
    if ('list' in value) return formats.list(value.list.map(speak))
    return speak(value)
  }
  return speak
}

type Formats = ReturnType<typeof makeFormats>

const known = new Map<string, Formats>()

/** Intl objects are slow to make and few in kind: one set per language and zone lives as long as the process. */
function formatsFor({ language, timeZone }: Reader): Formats {
  const key = `${language} ${timeZone}`
  const formats = known.get(key) ?? makeFormats(LOCALES[language], timeZone)
  known.set(key, formats)
  return formats
}

function makeFormats(locale: string, timeZone: string) {
  const dayParts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  const day = new Intl.DateTimeFormat(locale, { ...dayParts, timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, {
    ...dayParts,
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: 2 })
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const list = new Intl.ListFormat(locale)
  return {
    money: (money: Money) => formatMoney(locale, money),
    day: (value: string) => withoutYearMark(day.format(new Date(`${value}T00:00:00Z`))),
    instant: (value: string) => withoutYearMark(instant.format(new Date(value))),
    share: (value: number) => share.format(value),
    percent: (value: string) => percent.format(value as Intl.StringNumericLiteral),
    change: (value: number) => change.format(value).replace('-', '−'),
    daysAway: (days: number) => relative.format(days, 'day'),
    list: (words: readonly string[]) => list.format(words),
  }
}

/** Russian writes «2026 г.»; ten times on one card it is noise. */
const withoutYearMark = (text: string) => text.replace(/\sг\./u, '')

function formatMoney(locale: string, { amount, currency }: Money): string {
  const whole = /\.0*$|^-?\d+$/.test(amount)
  // As text, so that amounts beyond 2^53 stay exact.
  return moneyFormat(locale, currency, whole).format(amount as Intl.StringNumericLiteral)
}

const moneyFormats = new Map<string, Intl.NumberFormat>()

/** One takes longer to make than a whole card. There are as many as there are currencies. */
function moneyFormat(locale: string, currency: string, whole: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${whole}`
  const made = moneyFormats.get(key)
  if (made) return made
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  })
  moneyFormats.set(key, format)
  return format
}
