import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceRow } from '../../src/domain/imports/row.ts'
import { CsvParser, type Delimiter } from '../../src/imports/csv-parser.ts'
import { csvCell, revealed, shielded } from '../../src/imports/csv-cell.ts'

function parse(chunks: readonly string[], delimiter: Delimiter = ','): SourceRow[] {
  const parser = new CsvParser(delimiter)
  return [...chunks.flatMap((chunk) => [...parser.push(chunk)]), ...parser.finish()]
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const cells = (text: string, delimiter?: Delimiter) => parse([text], delimiter).map((row) => row.cells)

describe('CSV', () => {
  test('keeps line breaks, commas and doubled quotes inside quotes, and knows each line number', () => {
    const rows = parse(['a,b\r\n"one\r\ntwo","say ""hi"", you"\r\n\r\nx,y'])
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['one\r\ntwo', 'say "hi", you'] },
      { line: 5, cells: ['x', 'y'] },
    ])
  })

  test('takes every kind of line break', () => {
    expect(parse(['a\rb\nc\r\nd']).map(({ line, cells: [cell] }) => [line, cell])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ])
  })

  test('leaves a quote in the middle of a cell alone', () => {
    expect(cells('5" pipe,ООО "Ромашка"')).toEqual([['5" pipe', 'ООО "Ромашка"']])
  })

  test('names the line where a quote opens that is never closed', () => {
    expect(parse(['a,b\n1,"two\nthree\n'])).toMatchObject([
      { line: 1 },
      { line: 2, broken: 'a quote is never closed: it opens in line 2' },
    ])
  })

  test('tells of text behind a closing quote', () => {
    expect(parse(['"a"b,c'])[0]?.broken).toBe('text stands after a closing quote')
  })

  test('counts a giant cell without keeping it', () => {
    const [row] = parse(['x,', ...Array.from({ length: 100 }, () => 'y'.repeat(10_000))])
    expect(row?.oversize).toEqual(new Map([[1, 1_000_000]]))
    expect(row?.cells[1]).toHaveLength(20_000)
  })

  test('reads the same whatever chunks it comes in', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ж', '"', ',', '\n', '\r', ' ', "'") })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 5 }), (rows, size) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n')
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
          text.slice(index * size, (index + 1) * size),
        )
        expect(parse(chunks).map((row) => row.cells)).toEqual(rows)
      }),
    )
  })
})

describe('a cell that a spreadsheet would run', () => {
  test.each(['=1+1', '+7 495 123-45-67', '-cmd', '@sum', "'=1", "''+"])(
    '%s is shielded, and comes back as it was',
    (cell) => {
      expect(shielded(cell)).toBe(`'${cell}`)
      expect(revealed(shielded(cell))).toBe(cell)
    },
  )

  test.each(['-5.50', 'plain', "it's", "'quoted'", ''])('%s needs no shield', (cell) => {
    expect(shielded(cell)).toBe(cell)
    expect(revealed(cell)).toBe(cell)
  })

  test('any text survives the way out and in', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        fc.pre(first + second !== '')
        const [row] = parse([`${csvCell(first)},${csvCell(second)}\r\n`])
        expect(row?.cells.map(revealed)).toEqual([first, second])
      }),
    )
  })
})
