import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kind, KINDS } from '../../../src/domain/imports/definition.ts'
import { recogniseColumns } from '../../../src/domain/imports/headers.ts'
import { DEFINITIONS } from '../../../src/domain/imports/kinds.ts'
import { readRow } from '../../../src/domain/imports/row.ts'
import { CsvParser } from '../../../src/imports/csv-parser.ts'
import { dayReader } from '../../../src/imports/dates.ts'
import { openSource } from '../../../src/imports/open-source.ts'
import { UnreadableFile } from '../../../src/imports/source.ts'
import { readParts, workbookOf, zipOf } from '../../imports/workbooks.ts'
import { figure, isLong } from '../../support/figures.ts'
import { createBudget } from './budget.ts'
import { countOf } from './counts.ts'
import { SEED } from './seed.ts'

const CONTEXT = {
  day: dayReader(null, new Date('2026-11-23T11:30:00Z')),
  timeZone: 'Europe/Moscow',
  decimal: null,
}
/** A disk and a temporary folder have their part in a file. */
const MOST_MS = 250

const TABLE = 'product_id,product,price\r\n1,Oil,"1 200,50"\r\n2,"Salt ""fine""",5\r\n3,"two\r\nlines",-7\r\n'
const EVERY_HEADER = [...new Set(KINDS.flatMap((kind) => DEFINITIONS[kind].fields.map(({ name }) => name)))]

const cell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      '1',
      'Acme',
      '=1+1',
      "'=x",
      '2026-02-31',
      '31.12.26',
      '1.234',
      '1,234',
      '1e400',
      '-0',
      '50 %',
      'D3',
      'yes',
      '#N/A',
      '15:30',
      'EUR',
      '1 200 000 ₽',
      'Moscow',
      'a@b.cd',
      '"',
      '\u0000',
      '\uD83D',
      'a|b;c',
      '\uFEFF',
    ),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(' ', '1', '.', ',', 'a@', '₽', '-', ' 1', 'T'), fc.nat(20_500))
      .map(([one, times]) => one.repeat(times)),
  },
)

let folder = ''
let workbook: Buffer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kamerton-files-'))
  workbook = Buffer.from(
    await workbookOf([
      ['product_id', 'product', 'price'],
      ['1', 'Oil', 5.5],
      ['2', '=1+1', new Date(0)],
      ['3', true, null],
    ]),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** To the last row, as an import does; how many there were, or in one sentence why there are none. */
async function readFile(name: string, bytes: Buffer | string): Promise<number | string> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  try {
    const source = await openSource(path, { encoding: null, sheet: null })
    const columns = recogniseColumns(DEFINITIONS.products, source.headers, new Map())
    let rows = 0
    try {
      for await (const row of source.rows()) {
        rows += 1
        if ('byField' in columns) readRow(DEFINITIONS.products, columns, row, CONTEXT)
      }
    } finally {
      await source.close()
    }
    return rows
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    expect(error.message).not.toContain('\n')
    return error.message
  }
}

type Damage = Readonly<{ at: number; how: 'flip' | 'cut' | 'double' | 'insert'; bytes: Uint8Array }>
const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(100_000),
  how: fc.constantFrom('flip', 'cut', 'double', 'insert'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
})
const damaged = (bytes: Buffer, damages: readonly Damage[]): Buffer => damages.reduce(damagedOnce, bytes)

function damagedOnce(bytes: Buffer, { at, how, bytes: put }: Damage): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)]
  if (how === 'cut') return before
  if (how === 'double') return Buffer.concat([before, after, after])
  return Buffer.concat([before, put, how === 'flip' ? after.subarray(put.length) : after])
}

describe('H-01 a row of a file', () => {
  it('is read cell by cell by every kind of import, whatever is in it and however it is cut into pieces', async () => {
    const budget = createBudget('H-01', 'records of every kind of import')
    const record = fc.tuple(
      fc.constantFrom<Kind>(...KINDS),
      fc.array(cell, { minLength: 1, maxLength: 30 }),
      fc.nat(60),
      fc.boolean(),
    )
    fc.assert(
      fc.property(record, ([kind, cells, at, isQuoted]) => {
        budget.spend(cells, () => {
          const text = cells.map((one) => (isQuoted ? `"${one.replaceAll('"', '""')}"` : one)).join(',')
          const parser = new CsvParser(',')
          const rows = [...parser.push(text.slice(0, at)), ...parser.push(text.slice(at)), ...parser.finish()]
          const columns = recogniseColumns(DEFINITIONS[kind], EVERY_HEADER.slice(0, cells.length), new Map())
          for (const row of rows) if ('byField' in columns) readRow(DEFINITIONS[kind], columns, row, CONTEXT)
        })
      }),
      { numRuns: countOf('records'), seed: SEED },
    )
    expect(await budget.settle()).toEqual([])
  })
})

describe('H-01 a CSV file', () => {
  it('that is damaged, in another encoding or no table is read or refused in one sentence', async () => {
    const budget = createBudget('H-01', 'CSV files')
    const encodings = fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1', 'base64', 'hex')
    const written = fc.oneof(
      fc.tuple(fc.constant(TABLE), encodings),
      fc.tuple(
        fc
          .array(
            fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(',')),
            { maxLength: 8 },
          )
          .map((rows) => rows.join('\n')),
        encodings,
      ),
    )
    await fc.assert(
      fc.asyncProperty(written, fc.array(damage, { maxLength: 3 }), async ([text, encoding], damages) => {
        const bytes = damaged(
          encoding === 'base64' || encoding === 'hex'
            ? Buffer.from(Buffer.from(text).toString(encoding))
            : Buffer.from(text, encoding),
          damages,
        )
        await budget.spendAsync(bytes.toString('latin1'), () => readFile('a.csv', bytes))
      }),
      { numRuns: countOf('csvFiles'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
  })
})

describe('H-01 a workbook', () => {
  it('that is damaged, in its archive or in its parts, is read or refused in one sentence', async () => {
    const budget = createBudget('H-01', 'workbooks')
    const parts = readParts(workbook)
    const broken = fc.oneof(
      fc.array(damage, { minLength: 1, maxLength: 4 }).map((damages) => damaged(workbook, damages)),
      fc
        .tuple(fc.nat(parts.length - 1), fc.array(damage, { minLength: 1, maxLength: 3 }))
        .map(([which, damages]) =>
          zipOf(
            parts.map(([name, content], at) => [name, at === which ? damaged(content, damages) : content]),
          ),
        ),
      fc.nat(parts.length - 1).map((which) => zipOf(parts.filter((_, at) => at !== which))),
    )
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        await budget.spendAsync(bytes.toString('latin1'), () => readFile('a.xlsx', bytes))
      }),
      { numRuns: countOf('workbooks'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
  })

  // Takes half a gigabyte to make; tests/imports/bad-files.test.ts has it without the memory.
  it.runIf(isLong)('that would unpack to gigabytes is refused before it does', async () => {
    const sheet = Buffer.alloc(450 << 20, ' ')
    const before = process.memoryUsage().rss
    const bomb = zipOf([['xl/worksheets/sheet1.xml', sheet]])
    const liar = zipOf([['xl/worksheets/sheet1.xml', sheet, 10]])
    const held = process.memoryUsage().rss
    expect(await readFile('bomb.xlsx', bomb)).toMatch(/would unpack to 450 MB/)
    expect(typeof (await readFile('liar.xlsx', liar))).toBe('string')
    const grown = (process.memoryUsage().rss - Math.max(before, held)) / (1 << 20)
    expect(grown).toBeLessThan(100)
    figure(
      'H-01',
      `a workbook that unpacks to 450 MB, and one that lies about it: refused, ${grown.toFixed(0)} MiB more`,
    )
  })
})
