import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { useDesk } from './desk.ts'
import { readParts, workbookOf, zipOf } from './workbooks.ts'

const desk = useDesk()
const HEADER = 'product_id,product,price\n'
const stored = () => desk.rows('select external_id, name, list_price::text from products order by 1')

describe('a file that is no table is refused in one line', () => {
  test.each([
    ['an empty file', '', 'the file is empty'],
    [
      'UTF-16 with its mark',
      Buffer.from('\ufeffproduct_id,product\n1,Öl\n', 'utf16le'),
      'the file is in UTF-16',
    ],
    [
      'UTF-16 without',
      Buffer.from('product_id,product\n1,Oil\n', 'utf16le'),
      'in UTF-16 or is not a text file',
    ],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3, 4, 5, 6]),
      'not a text file',
    ],
    ['a workbook by the name of CSV', zipOf([['a.txt', Buffer.from('a')]]), 'this is a zip or an XLSX file'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old Excel file'],
    [
      'UTF-8 with a broken character',
      Buffer.concat([Buffer.from('id,товар\n1,Мёд и воск\n2,Соль'), Buffer.from([0xd0, 10])]),
      'line 3 is not valid UTF-8',
    ],
    [
      'German and French of Windows-1252',
      Buffer.from('id,product\n1,Müller GmbH à £5\n2,Société à £9\n', 'latin1'),
      'the file is neither UTF-8 nor, by its words, Windows-1251',
    ],
    [
      'a table of other things',
      'colour,shape\nred,round\n',
      'no column of products.csv is recognised as a field of products',
    ],
  ])('%s', async (_, content, message) => {
    const answer = await desk.load('products', content)
    expect(answer.code).toBe(1)
    expect(answer.err).toContain(message)
    expect(answer.err.split('\n')).toHaveLength(1)
    expect(await stored()).toEqual([])
  })

  test('a workbook whose innards are torn over two lines', async () => {
    const sound = readParts(Buffer.from(await workbookOf([['product_id'], ['1']])))
    const torn = sound.map(([name, content]): [string, Buffer] => [
      name,
      name === 'xl/workbook.xml'
        ? Buffer.from(content.toString().replace('</sheets>', `</\nsheet\n${'x'.repeat(5_000)}>`))
        : content,
    ])
    const answer = await desk.run('import', 'products', desk.file('torn.xlsx', zipOf(torn)))
    expect([answer.code, answer.err.split('\n').length]).toEqual([1, 1])
    expect(answer.err).toContain('the XLSX file cannot be read')
    expect(answer.err.length).toBeLessThan(600)
  })

  // It once took a time that doubled with every two quotes.
  test('nothing but quotes', async () => {
    const answer = await desk.load('products', `${'"'.repeat(2_001)}x`)
    expect([answer.code, answer.err.split('\n').length]).toEqual([1, 1])
  })

  test('a missing file, a folder, and an unknown ending', async () => {
    for (const [file, message] of [
      [desk.path('none.csv'), 'there is no such file'],
      [desk.path('.'), 'not a file'],
      [desk.file('x.pdf', '%PDF'), 'only .csv and .xlsx'],
    ]) {
      expect(await desk.run('import', 'products', file ?? '')).toMatchObject({
        code: 1,
        err: expect.stringContaining(message ?? ''),
      })
    }
  })
})

describe('a row that is not sound is told with its line', () => {
  test.each([
    [
      'cells beyond the header',
      '1,Oil,5,more\n',
      'line 2: the row has more cells than the header (4 instead of 3)',
    ],
    [
      'cells that are missing',
      '1,Oil,5\n2,Salt\n',
      'line 3: the row has fewer cells than the header (2 instead of 3)',
    ],
    [
      'a quote that is never closed',
      '1,Oil,5\n2,"Salt,6\n3,Rice,7\n',
      'line 3: a quote is never closed: it opens in line 3',
    ],
    ['a NUL character', '1,Oil\0,5\n', 'line 2, column "product": "Oil\\u0000" contains a NUL character'],
    ['an id that is missing', ',Oil,5\n', 'line 2, column "product_id": is empty'],
    [
      'an id that is there twice',
      '1,Oil,5\n1,Salt,6\n',
      'line 3, column "product_id": "1" stands in an earlier line too (the first is line 2)',
    ],
    ['a name that is missing', '1,,5\n', 'line 2, column "product": is empty'],
    [
      'an error of the spreadsheet',
      '1,Oil,#N/A\n',
      'line 2, column "price": "#N/A" is an error of the spreadsheet',
    ],
  ])('%s', async (_, rows, message) => {
    const answer = await desk.load('products', HEADER + rows)
    expect(answer.code).toBe(1)
    expect(answer.err).toContain(message)
    expect(await stored()).toEqual([])
  })

  test('a cell of a million characters, with its length', async () => {
    const answer = await desk.load('products', `${HEADER}1,${'x'.repeat(1_000_000)},5\n`)
    expect(answer.err).toContain('is longer than 20,000 characters: it has 1,000,000')
    expect(answer.err.length).toBeLessThan(1_000)
  })

  test('mistakes of one kind are counted together, whatever their details', async () => {
    const answer = await desk.load('products', `${HEADER}1,Oil,5\n2,Salt,6\n1,Oil,5\n2,Salt,6\n`)
    expect(answer.err).toContain('by reason:\n  2 × "product_id" stands in an earlier line too\n')
  })

  test('a text that is longer than its field', async () => {
    expect((await desk.load('products', `${HEADER}1,${'x'.repeat(501)},5\n`)).err).toContain(
      'is longer than 500 characters',
    )
  })

  test('columns that a new row cannot do without', async () => {
    expect((await desk.load('products', 'product_id,price\n1,5\n')).err).toContain(
      'line 2: a new row of products needs name',
    )
  })
})

describe('a sound table is read', () => {
  test('though it holds a header only', async () => {
    const answer = await desk.load('products', HEADER)
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('products: 0 rows')
  })

  test('in UTF-8 with a byte order mark, semicolons and a hint for Excel', async () => {
    const answer = await desk.load('products', '\ufeffsep=;\nАртикул;Товар;Цена\n1;Мёд;1 234,50\n')
    expect(answer.out).toContain('read as CSV, UTF-8, separated by semicolons')
    expect(await stored()).toEqual([{ external_id: '1', name: 'Мёд', list_price: '1234.50' }])
  })

  test('in Windows-1251', async () => {
    const answer = await desk.run(
      'import',
      'products',
      new URL('../fixtures/imports/products-windows-1251.csv', import.meta.url).pathname,
    )
    expect(answer.out).toContain('read as CSV, Windows-1251, separated by semicolons')
    expect(await stored()).toEqual([
      { external_id: 'Г-1', name: 'Мёд «Липовый»', list_price: '1234.50' },
      { external_id: 'Г-2', name: 'Воск', list_price: '980.00' },
    ])
  })

  test('in Windows-1251, though some words mix both alphabets', async () => {
    const content = toWindows1251('id;товар\n1;Cырьё\n2;Мёд и воск\n3;GTXПро\n')
    expect((await desk.load('products', content)).out).toContain('read as CSV, Windows-1251')
    expect(await stored()).toMatchObject([{ name: 'Cырьё' }, { name: 'Мёд и воск' }, { name: 'GTXПро' }])
  })

  test('in what is told to be Windows-1251, whatever it looks like', async () => {
    const content = Buffer.from('id,product\n1,M\u00fcller\n', 'latin1')
    expect(await desk.load('products', content, '--encoding', 'windows-1251')).toMatchObject({ code: 0 })
    expect(await stored()).toMatchObject([{ name: 'Mьller' }])
  })

  test('with tabs', async () => {
    expect((await desk.load('products', 'product_id\tproduct\n1\tOil, refined\n')).out).toContain(
      'separated by tabs',
    )
  })

  test('with columns that are not recognised, which are listed', async () => {
    const answer = await desk.load('products', 'product_id,product,Colour,\n1,Oil,red,\n')
    expect(answer.out).toContain('not recognised: "Colour"')
    expect(answer.code).toBe(0)
  })

  test('with columns that are mapped by hand', async () => {
    const answer = await desk.load(
      'products',
      'Nr,"Name, long",What it costs\n1,Oil,5\n',
      '--map',
      'externalId=Nr,name=Name, long,listPrice=What it costs',
    )
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(await stored()).toEqual([{ external_id: '1', name: 'Oil', list_price: '5.00' }])
  })
})

describe('a workbook', () => {
  test('is read with its numbers, dates and empty cells', async () => {
    const workbook = await workbookOf([
      ['product_id', 'product', 'price', 'Notes'],
      [1, 'Oil', 0.1 + 0.2, null],
      ['2', '=SUM(1)', null, 'x'],
    ])
    const answer = await desk.run('import', 'products', desk.file('p.xlsx', workbook))
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('read as XLSX, sheet "Sheet"')
    expect(await stored()).toEqual([
      { external_id: '1', name: 'Oil', list_price: '0.30' },
      { external_id: '2', name: '=SUM(1)', list_price: null },
    ])
  })

  test.each([[], ['--decimal', ','], ['--decimal', '.']])(
    'has no doubt about its numbers, but about its texts: %j %j',
    async (...options) => {
      const load = (cells: [string | number, string | number]) =>
        workbookOf([
          ['name', 'client_revenue_millions', 'employees'],
          ['Acme', ...cells],
        ]).then((workbook) => desk.run('import', 'accounts', desk.file('a.xlsx', workbook), ...options))
      expect(await load([1.234, 12])).toMatchObject({ code: 0, err: '' })
      const figures = 'select client_revenue::text as revenue, employees from accounts'
      expect(await desk.rows(figures)).toEqual([{ revenue: '1234000.00', employees: 12 }])
      expect((await load([1, 1.234])).err).toContain('"1.234" is not a whole number')
      const text = (await load(['1.234', 12])).err
      if (options.length === 0) expect(text).toContain('"1.234" may be a thousand or a fraction')
      else expect(text).toBe('')
    },
  )

  test('may hold the line separators of Unicode', async () => {
    const goals = 'one\u2028two\u2029three'
    const workbook = await workbookOf([
      ['account_id', 'name', 'goals', 'Notes\u2028'],
      ['1', 'Acme', goals, 'x'],
    ])
    const answer = await desk.run('import', 'accounts', desk.file('a.xlsx', workbook))
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(await desk.rows('select goals from accounts')).toEqual([{ goals }])
  })

  test('of several sheets says which are not read, and reads the one that is wanted', async () => {
    const workbook = await writeXlsx({
      sheets: [
        {
          name: 'Old',
          rows: [
            ['product_id', 'product'],
            ['1', 'Oil'],
          ],
        },
        {
          name: 'New',
          rows: [
            ['product_id', 'product'],
            ['1', 'Salt'],
          ],
        },
      ],
    })
    const file = desk.file('two.xlsx', workbook)
    expect((await desk.run('import', 'products', file)).out).toContain(
      'not read: sheets "New"; read another with --sheet',
    )
    await desk.run('import', 'products', file, '--sheet', 'New')
    expect(await stored()).toMatchObject([{ name: 'Salt' }])
    expect((await desk.run('import', 'products', file, '--sheet', 'None')).err).toContain(
      'there is no sheet "None"; there are "Old", "New"',
    )
  })

  test('that is none is refused', async () => {
    for (const content of [Buffer.from('product_id,product\n'), zipOf([['a.txt', Buffer.from('a')]])]) {
      expect(await desk.run('import', 'products', desk.file('p.xlsx', content))).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^nothing was imported: (this is not an XLSX|the XLSX file cannot)/),
      })
    }
  })

  test('that is cut off is refused', async () => {
    const workbook = await workbookOf([
      ['product_id', 'product'],
      ['1', 'Oil'],
    ])
    expect(
      await desk.run('import', 'products', desk.file('p.xlsx', workbook.subarray(0, workbook.length - 40))),
    ).toMatchObject({ code: 1, err: expect.stringContaining('nothing was imported') })
  })

  test('that unpacks to gigabytes is refused before it does', async () => {
    const packing = performance.now()
    const bomb = zipOf([
      ['[Content_Types].xml', Buffer.from('<Types/>')],
      ['xl/worksheets/sheet1.xml', Buffer.alloc(450 * 1024 * 1024, 0x20)],
    ])
    const before = process.memoryUsage.rss()
    const begun = performance.now()
    const answer = await desk.run('import', 'products', desk.file('bomb.xlsx', bomb))
    expect(answer.err).toContain('would unpack to 450 MB; 400 MB are the limit')
    expect(performance.now() - begun).toBeLessThan(begun - packing)
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('that lies about its size is refused', async () => {
    const sheet = Buffer.from(
      `<worksheet><sheetData>${'<row><c t="inlineStr"><is><t>1</t></is></c></row>'.repeat(50_000)}</sheetData></worksheet>`,
    )
    const honest = await workbookOf([
      ['product_id', 'product'],
      ['1', 'Oil'],
    ])
    const liar = zipOf([
      ...(await partsOf(honest)).filter(([name]) => !name.includes('sheet1')),
      ['xl/worksheets/sheet1.xml', sheet, 500],
    ])
    const answer = await desk.run('import', 'products', desk.file('liar.xlsx', liar))
    expect(answer.code).toBe(1)
    expect(deflateRawSync(sheet).length).toBeLessThan(20_000)
    expect(answer.err).toMatch(/Decompressed size exceeds/)
  })
})

async function partsOf(workbook: Uint8Array): Promise<[string, Buffer][]> {
  return readParts(Buffer.from(workbook))
}

/** Node writes no Windows-1251: the letters stand in the order of Unicode, but for ё. */
function toWindows1251(text: string): Buffer {
  const bytes = Array.from(text, (letter) => {
    const code = letter.charCodeAt(0)
    if (letter === 'ё') return 0xb8
    return code < 128 ? code : code - 0x410 + 0xc0
  })
  return Buffer.from(bytes)
}
