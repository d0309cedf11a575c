import type { Span } from '../when/reading.ts'
import { inOrder } from './plain.ts'

/** What is left of a line without these spans, without the commas and dashes that then lead nowhere. */
export function leftover(line: string, cuts: readonly Span[]): string {
  const parts: string[] = []
  let at = 0
  for (const { from, to } of inOrder(cuts)) {
    parts.push(line.slice(at, from))
    at = Math.max(at, to)
  }
  parts.push(line.slice(at))
  return tidied(parts.join(' '))
}

/** Every sign that may be left without its words; a full stop that ends a sentence stays. */
const SEPARATOR = /^[,;:|/·•\-–—]$/
const EMPTY_BRACKETS = /\([\s,;:.-]{0,8}\)|\[[\s,;:.-]{0,8}\]|«\s?»|"\s?"/g

function tidied(text: string): string {
  const tokens = text.replaceAll(EMPTY_BRACKETS, ' ').match(/\n|[^\S\n]+|[^\s]+/g) ?? []
  const kept: string[] = []
  let broken = false
  let pending = ''
  for (const token of tokens) {
    if (token === '\n') broken = kept.length > 0
    else if (isSeparator(token)) pending = kept.length > 0 ? stronger(pending, token) : ''
    else if (token.trim() !== '') {
      const [signs, word] = apart(token)
      if (signs !== '') pending = kept.length > 0 ? stronger(pending, signs) : ''
      if (word === '') continue
      kept.push(broken ? '\n' : joint(kept.at(-1) ?? '', pending), word)
      broken = false
      pending = ''
    }
  }
  return withoutEnd(kept.join('').trim())
}

/** `, word` that lost what stood before its comma. */
function apart(token: string): readonly [string, string] {
  let at = 0
  while (at < token.length - 1 && /[,;:.]/.test(token.charAt(at)) && !/\d/.test(token.charAt(at + 1))) at += 1
  return [token.slice(0, at), token.slice(at)]
}

const isSeparator = (token: string) => SEPARATOR.test(token) || /^[,;:.|]{1,4}$/.test(token)

function stronger(one: string, other: string): string {
  const rank = (sign: string) => ['', ',', ';', '.'].indexOf(sign.charAt(0))
  return rank(other) >= rank(one) ? other : one
}

/** Between two words: one space, and the sign that stood between what was taken out. */
function joint(before: string, pending: string): string {
  if (before === '') return ''
  if (pending === '' || /[,;:.!?]$/.test(before)) return ' '
  return /^[-–—]/.test(pending) ? ` ${pending.charAt(0)} ` : `${pending.charAt(0)} `
}

function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && /[\s,;:|/·•\-–—]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
