import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey } from '../../../src/domain/accounts/name-key.ts'
import { judgeNames, type NameCandidate } from '../../../src/domain/accounts/name-match.ts'
import { CLIENTS } from '../../lookup/accounts.ts'

type Kind = NameCandidate['kind']

const candidate = (
  accountId: string,
  text: string,
  kind: Kind = 'NAME',
  accountName = text,
): NameCandidate => ({
  accountId,
  accountName,
  text,
  key: nameKey(text),
  kind,
})

const FAMILY = [
  candidate('romashka', 'ООО «Ромашка»'),
  candidate('plus', 'ООО «Ромашка Плюс»'),
  candidate('new', 'ООО «Новая ромашка»'),
]

describe('judgeNames', () => {
  test('is sure of a whole name, though longer names contain it', () => {
    expect(judgeNames('ромашка', FAMILY)).toEqual({ kind: 'sure', accountId: 'romashka' })
    expect(judgeNames('плюс ромашка', FAMILY)).toEqual({ kind: 'sure', accountId: 'plus' })
    expect(judgeNames('рамашка', FAMILY)).toEqual({ kind: 'sure', accountId: 'romashka' })
  })

  test('asks when the beginning of several names was typed', () => {
    const match = judgeNames('ромаш', FAMILY)
    expect(match).toMatchObject({ kind: 'several' })
    expect(match.kind === 'several' && match.accountIds.toSorted()).toEqual(['new', 'plus', 'romashka'])
  })

  test('never tosses a coin between two accounts of one name', () => {
    const twins = [candidate('b', 'ООО «Вектор»'), candidate('a', 'АО «Вектор»')]
    expect(judgeNames('вектор', twins)).toEqual({ kind: 'several', accountIds: ['a', 'b'] })
    expect(judgeNames('пао вектор', twins)).toMatchObject({ kind: 'several' })
  })

  test('lets the legal form decide between namesakes', () => {
    const twins = [candidate('ooo', 'ООО «Вектор»'), candidate('ao', 'АО «Вектор»')]
    expect(judgeNames('ао вектор', twins)).toEqual({ kind: 'sure', accountId: 'ao' })
    expect(judgeNames('vector llc', twins)).toEqual({ kind: 'sure', accountId: 'ooo' })
  })

  test('does not take another number, word or tax number for a slip', () => {
    expect(judgeNames('завод 13', [candidate('12', 'Завод № 12')])).toMatchObject({ kind: 'none' })
    expect(judgeNames('ромашка экспорт', FAMILY)).toMatchObject({ kind: 'none' })
    expect(judgeNames('7701234568', [candidate('a', '7701234567', 'TAX_NUMBER')])).toMatchObject({
      kind: 'none',
    })
  })

  test('offers the nearest, at most five, when nobody fits', () => {
    const many = Array.from({ length: 20 }, (_, at) => candidate(`m${at}`, `Магнит ${at + 10}`))
    const match = judgeNames('магнит экспорт', many)
    expect(match).toMatchObject({ kind: 'none' })
    expect(match.kind === 'none' && match.nearest.length).toBe(5)
    expect(judgeNames('абракадабра', FAMILY)).toEqual({ kind: 'none', nearest: [] })
  })

  test('offers at most eight of many', () => {
    const many = Array.from({ length: 20 }, (_, at) => candidate(`m${at}`, `Магнит ${at + 10}`))
    const match = judgeNames('магнит', many)
    expect(match.kind === 'several' && match.accountIds.length).toBe(8)
  })

  test('finds nobody without candidates or without a name', () => {
    expect(judgeNames('ромашка', [])).toEqual({ kind: 'none', nearest: [] })
    expect(judgeNames('', FAMILY)).toEqual({ kind: 'none', nearest: [] })
    expect(judgeNames('ооо', FAMILY)).toEqual({ kind: 'none', nearest: [] })
  })

  const base = CLIENTS.flatMap(({ id, name, taxNumber, aliases }) => [
    candidate(id, name),
    candidate(id, taxNumber, 'TAX_NUMBER', name),
    ...aliases.map((alias) => candidate(id, alias, 'ALIAS', name)),
  ])

  test('finds every stored name by itself, and is sure unless another account bears it too', () => {
    // Every fifth: each of them is judged against the whole base.
    const sample = base.filter((_, at) => at % 5 === 0)
    const unfound = sample.filter(({ text, key, accountId }) => {
      const match = judgeNames(text, base)
      if (match.kind === 'sure') return match.accountId !== accountId
      const shared = base.some((other) => other.key === key && other.accountId !== accountId)
      return !shared || match.kind !== 'several' || !match.accountIds.includes(accountId)
    })
    expect(unfound.map(({ text }) => text)).toEqual([])
  })

  test('does not depend on the order of the candidates, nor on case', () => {
    const queries = fc.constantFrom(
      'ромаш',
      'вектор',
      'gazprom',
      'строй',
      'банк',
      'мюллер',
      'адуванчик',
      'завод 12',
    )
    fc.assert(
      fc.property(queries, fc.shuffledSubarray(base, { minLength: base.length }), (query, shuffled) => {
        expect(judgeNames(query, shuffled)).toEqual(judgeNames(query, base))
        expect(judgeNames(query.toUpperCase(), shuffled)).toEqual(judgeNames(query, base))
      }),
      { numRuns: 10 },
    )
  })

  test('never throws, whatever was typed', () => {
    const unit = fc.integer({ min: 0, max: 0xff_ff }).map((code) => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.string({ unit }), (query) => {
        expect(judgeNames(query, FAMILY).kind).toBeTypeOf('string')
      }),
    )
  })
})
