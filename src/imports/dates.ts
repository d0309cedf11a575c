// date-fns' package.json is parsed again for each of its 304 ESM modules under Node 24: 1 s and 330 MB. Its CommonJS
// build loads in 0.1 s.
import { createRequire } from 'node:module'
import { tz } from '@date-fns/tz'
import type { Day } from '../domain/shared/day.ts'

const require = createRequire(import.meta.url)
const { isValid, parse } = require('date-fns') as typeof import('date-fns')

/** Dates repeat in a file; more different ones than this are read anew. */
const REMEMBERED = 20_000
const UTC = tz('UTC')

export type DayReader = (text: string) => Day | null

export class WrongDateFormat extends Error {}

/** Reads days in ISO, as dd.MM.yyyy, and in the pattern of date-fns that was given. Nothing passes through local time. */
export function dayReader(pattern: string | null, now: Date): DayReader {
  if (pattern !== null) refuseWrongPattern(pattern, now)
  const known = new Map<string, Day | null>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    if (known.size >= REMEMBERED) known.clear()
    const day = (pattern === null ? null : byPattern(text, pattern, now)) ?? plainDay(text)
    known.set(text, day)
    return day
  }
}

function plainDay(text: string): Day | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso) return realDay(iso[1], iso[2], iso[3])
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  return dotted ? realDay(dotted[3], dotted[2], dotted[1]) : null
}

function realDay(year = '', month = '', day = ''): Day | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${text}T00:00:00Z`)
  const there = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
  return there && inReach(Number(year)) ? text : null
}

/** A year out of this reach is a slip of the keyboard. */
function inReach(year: number): boolean {
  return year >= 1900 && year <= 2200
}

const two = (value: number) => String(value).padStart(2, '0')

function byPattern(text: string, pattern: string, now: Date): Day | null {
  const found = parse(text, pattern, now, { in: UTC })
  if (!isValid(found) || !inReach(found.getFullYear())) return null
  return `${found.getFullYear()}-${two(found.getMonth() + 1)}-${two(found.getDate())}`
}

/** ISO is read beside the pattern, so a pattern that reads an ISO day as another day would make two readings of one text. */
function refuseWrongPattern(pattern: string, now: Date): void {
  if (/[YD]/.test(pattern)) throw new WrongDateFormat('its day is d and its year is y, in small letters')
  let sample: Day | null
  try {
    sample = byPattern('2025-01-02', pattern, now)
    byPattern('x', pattern, now)
  } catch (error) {
    throw new WrongDateFormat(
      error instanceof Error ? (error.message.split('; see')[0] ?? '') : String(error),
    )
  }
  if (sample !== null && sample !== '2025-01-02')
    throw new WrongDateFormat('it reads 2025-01-02 as another day')
  for (const [part, name] of [
    ['d', 'day'],
    ['M', 'month'],
    ['y', 'year'],
  ] as const) {
    if (!pattern.includes(part)) throw new WrongDateFormat(`it has no ${name} (${part})`)
  }
}
