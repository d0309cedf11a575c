import { describe, expect, test } from 'vitest'
import { KINDS } from '../../src/domain/imports/definition.ts'
import { DEFINITIONS } from '../../src/domain/imports/kinds.ts'
import { useDesk } from '../imports/desk.ts'

const desk = useDesk()

describe('a wrong command is answered in one line, with exit code 2', () => {
  test.each([
    [[], 'usage: import <kind> <file.csv|xlsx>'],
    [['deals'], 'usage: import <kind>'],
    [['dogs', 'a.csv'], 'there is no kind "dogs"; there are users, accounts'],
    [['discounts', 'a.csv'], 'discounts are only written, with export'],
    [['deals', 'a.csv', 'b.csv'], 'one file at a time; "b.csv"'],
    [['deals', 'a.csv', '--fast'], "Unknown option '--fast'"],
    [['deals', 'a.csv', '--map', 'amount'], '--map "amount" is not field=Column'],
    [['deals', 'a.csv', '--currency', 'EURO'], '--currency "EURO" is not a currency'],
    [['deals', 'a.csv', '--time-zone', 'Mars'], '--time-zone "Mars" is not a time zone'],
    [['deals', 'a.csv', '--date-format', 'yyyy-dd-MM'], 'it reads 2025-01-02 as another day'],
    [['deals', 'a.csv', '--report', './a.csv'], '--report would overwrite the file'],
    [['deals', 'a.csv', '--decimal', 'x'], '--decimal is one of . ,'],
    [['deals', 'a.csv', '--encoding', 'koi8-r'], '--encoding is one of utf-8 windows-1251'],
  ])('%j', async (args, message) => {
    const answer = await desk.run('import', ...args)
    expect(answer).toMatchObject({ code: 2, out: '' })
    expect(answer.err).toContain(message)
    expect(answer.err.split('\n')).toHaveLength(1)
  })

  test('a mapping to a field that is not there', async () => {
    const answer = await desk.load('products', 'a,b\n1,2\n', '--map', 'weight=b')
    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining('products have no field "weight"') })
  })
})

test('--help lists every kind with its fields and headers', async () => {
  const { code, out } = await desk.run('import', '--help')
  expect(code).toBe(0)
  for (const kind of KINDS) {
    expect(out).toContain(`${kind}: fields`)
    for (const field of DEFINITIONS[kind].fields) expect(out).toContain(`  ${field.name}`)
  }
})

test('--help of one kind lists that one alone', async () => {
  const { out } = await desk.run('import', 'deals', '--help')
  expect(out).toContain('close_value')
  expect(out).not.toContain('users:')
})

test('progress is told on the way, and cleared at the end', async () => {
  const { progress } = await desk.load('products', 'id,name\n1,Oil\n')
  expect(progress).toEqual(['products: checked 1 rows', 'products: wrote 1 rows', ''])
})
