const CENTURY = /^20\d{2}-/
const DAY_LENGTH = 'YYYY-MM-DD'.length
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** A day that the calendar has, in this century: a button of ours names no other. */
export function isDay(text: string): boolean {
  if (text.length !== DAY_LENGTH || !CENTURY.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** A day, or a day and a time of it: `2026-11-25`, `2026-11-25 09:30`. */
export function isMoment(text: string): boolean {
  const [day = '', time, ...more] = text.split(' ')
  return more.length === 0 && isDay(day) && (time === undefined || TIME.test(time))
}
