import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { loadPeopleAndClients, useDesk } from '../imports/desk.ts'
import { readParts } from '../imports/workbooks.ts'

const desk = useDesk()

/** Formulas of every spreadsheet, pieces of SQL, ways out of a folder, and lines of a header. */
const HOSTILE = [
  '=1+1',
  '+7 495 123-45-67',
  '-2+3',
  '@SUM(A1:A9)',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://evil.example","x")',
  "'=1+1",
  "''@x",
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  'a;=1+1',
  'a,=1+1',
  'a\t=1+1',
  '"=1+1"',
  "'; drop table accounts; --",
  "x' or '1'='1",
  'x"; delete from users where "a"="a',
  '$1 %s ? :name \\',
  '../../etc/passwd',
  '..\\..\\boot.ini',
  '/etc/passwd',
  'a%0d%0aSet-Cookie: x=1',
  '<script>alert(1)</script>',
  '{{7*7}} ${7*7}',
]
const NOTES = [...HOSTILE, 'a\nSet-Cookie: x=1', 'a\n=1+1']
/** What a spreadsheet takes for the beginning of a formula. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/

/** An apostrophe before a formula is the shield of an export and falls on the way in, so one that is meant has two. */
const quoted = (text: string) => `"${text.replace(/^'(?='*[=+\-@＝＋－＠])/, "''").replaceAll('"', '""')}"`
const table = (header: string, rows: readonly (readonly string[])[]) =>
  [header, ...rows.map((row) => row.map(quoted).join(','))].join('\n')

/** Read by hand, as a spreadsheet does, without a word of our own reader. */
function cellsOf(csv: string): string[] {
  const cells = csv.replace(/^\ufeff/, '').match(/"(?:[^"]|"")*"|[^",\r\n]+/g) ?? []
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
}

async function loadHostile(): Promise<void> {
  await loadPeopleAndClients(desk)
  const loads = [
    await desk.load(
      'accounts',
      table(
        'id,name,owner,goals,competitors',
        NOTES.map((text, at) => [
          `H${at}`,
          `${text.replaceAll('\n', ' ')} ${at}`,
          'kim@example.com',
          text,
          text.replaceAll('\n', ' '),
        ]),
      ),
    ),
    await desk.load(
      'contacts',
      table(
        'id,account_id,name',
        HOSTILE.map((text, at) => [`C${at}`, 'A1', text]),
      ),
    ),
    await desk.load(
      'products',
      table(
        'sku,name,price',
        HOSTILE.map((text, at) => [text, `${text} ${at}`, '5']),
      ),
    ),
    await desk.load(
      'meetings',
      table(
        'account_id,type,status,date,notes',
        NOTES.map((text, at) => [
          'A2',
          'call',
          'held',
          `2026-0${1 + (at % 9)}-1${at % 10} 1${at % 10}:30`,
          text,
        ]),
      ),
    ),
  ]
  expect(loads.map(({ code, err }) => [code, err])).toEqual(loads.map(() => [0, '']))
}

describe('H-04 hostile words in a table', () => {
  test('are stored to the letter, and nothing else happens', async () => {
    await loadHostile()
    const stored = await desk.rows(
      `select name from contacts where external_id like 'C%' order by external_id`,
    )
    expect(stored.map(({ name }) => String(name)).toSorted()).toEqual(HOSTILE.toSorted())
    const goals = await desk.rows(`select goals from accounts where external_id like 'H%'`)
    expect(goals.map((row) => String(row['goals'])).toSorted()).toEqual(NOTES.toSorted())
    expect(await desk.rows('select count(*)::int as n from users')).toEqual([{ n: 3 }])
  })

  test.each(['accounts', 'contacts', 'products', 'meetings'])(
    'run in no spreadsheet from an export of %s, and come back as they were',
    async (kind) => {
      await loadHostile()
      const csv = desk.path(`${kind}.csv`)
      expect(await desk.run('export', kind, csv)).toMatchObject({ code: 0, err: '' })
      const running = cellsOf(readFileSync(csv, 'utf8')).filter(
        (cell) => RUNS.test(cell) && !/^-\d+(?:\.\d+)?$/.test(cell),
      )
      expect(running).toEqual([])
      expect((await desk.run('import', kind, csv)).out).toMatch(/: 0 created, 0 changed/)

      const workbook = desk.path(`${kind}.xlsx`)
      expect(await desk.run('export', kind, workbook)).toMatchObject({ code: 0, err: '' })
      const parts = readParts(readFileSync(workbook))
      expect(
        parts.filter(([name, xml]) => name.includes('worksheets/') && /<f[ >]/.test(xml.toString())),
      ).toEqual([])
      expect((await desk.run('import', kind, workbook)).out).toMatch(/: 0 created, 0 changed/)
      figure(
        'H-04',
        `${NOTES.length} hostile texts in every text field, CSV and XLSX: 0 formulas, all back as they were`,
      )
    },
  )

  test('lead to no other file: an export writes the one that was named, and its draft is gone', async () => {
    await loadHostile()
    const file = desk.path('only.csv')
    const before = readdirSync(dirname(file))
    await desk.run('export', 'products', file)
    expect(readdirSync(dirname(file)).toSorted()).toEqual([...new Set([...before, 'only.csv'])].toSorted())
  })
})
