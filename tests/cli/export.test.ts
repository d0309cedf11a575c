import { readFileSync, statSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import { KINDS } from '../../src/domain/imports/definition.ts'
import { loadPeopleAndClients, useDesk } from '../imports/desk.ts'

const desk = useDesk()

/** One of everything, with what is hard to carry over: formulas, quotes, line breaks, rows without an id of their own. */
beforeEach(async () => {
  await loadPeopleAndClients(desk)
  const answers = [
    await desk.load(
      'accounts',
      'id,name,aliases,tax_number,tier,team,parent,competitors,goals,clientRevenue,foundedYear,latitude,longitude\nA1,\'=Ромашка,Daisy|+Flower,7701234567,A,olga@example.com;kim@example.com,A2,\'-one;two,"Line one\nline two, ""quoted""",1200.50,1999,"-33,8688",151.2093\n',
    ),
    await desk.load(
      'contacts',
      'id,account_id,name,phone,email,influence\nC1,A1,Анна,\'+7 495 123-45-67,anna@example.com,ЛПР\nC2,A1,"Smith, John",,,\n',
    ),
    await desk.load(
      'deals',
      'id,account_id,owner,product_id,stage,amount,opened,currency\nD1,A1,kim@example.com,P1,Won,-5.25,2025-01-02,RUB\nD2,A2,,,Engaging,,,USD\n',
    ),
    await desk.load(
      'invoices',
      'id,account_id,number,date,due,amount\nI1,A1,7/1,2026-02-01,2026-02-15,9999999999999999.99\n',
    ),
    await desk.load('contracts', 'id,account_id,number,start,auto_renews\nK1,A1,K-1,2026-01-01,yes\n'),
    await desk.load(
      'targets',
      'id,account_id,user,start,end,plan\nT1,A1,,2026-01-01,2026-12-31,100\nT2,,kim@example.com,2026-01-01,2026-12-31,200\n',
    ),
    await desk.load(
      'meetings',
      'account_id,contact,type,status,date,mood,notes\nA1,Анна;Guest,call,held,2026-01-31 15:30,good,=cmd()\nA2,,,planned,2026-12-01,,\n',
    ),
  ]
  const failed = answers.find(({ code }) => code !== 0)
  if (failed) throw new Error(failed.err)
  const priced = await desk.load(
    'products',
    'sku,name,cost price,min margin\nP1,GTX Pro,3000.10,18 %\nP2,MG Special,,0.5%\n',
  )
  const trusted = await desk.load('users', 'email,level\nkim@example.com,D3\n')
  if (priced.code + trusted.code !== 0) throw new Error(priced.err + trusted.err)
  await desk.rows(`insert into accounts (id, name) values ('chat-1', 'Born in a chat') returning id`)
  await desk.rows(
    `insert into account_names (id, account_id, kind, text, key) values ('n', 'chat-1', 'NAME', 'Born in a chat', '${nameKey('Born in a chat')}') returning id`,
  )
  await desk.rows(
    `insert into deals (id, account_id, stage, outcome, currency) values ('chat-2', 'chat-1', 'Their own word', 'WON', 'EUR') returning id`,
  )
})

describe.each(['csv', 'xlsx'])('an exported %s file', (format) => {
  test.each(KINDS)('of %s imports back without a change', async (kind) => {
    const file = desk.path(`${kind}.${format}`)
    const exported = await desk.run('export', kind, file)
    expect(exported).toMatchObject({ code: 0, err: '' })
    const imported = await desk.run('import', kind, file)
    expect(imported).toMatchObject({ code: 0, err: '' })
    expect(imported.out).toMatch(/: 0 created, 0 changed, [1-9]\d* unchanged, 0 refused\nnothing changed$/)
    expect(imported.out).not.toContain('not recognised')
  })
})

test('an export brings an emptied database back', async () => {
  const all = () =>
    desk.rows(`select d.stage, d.outcome::text, d.amount::text, a.name, p.name as product, u.email from deals d
    join accounts a on a.id = d.account_id left join products p on p.id = d.product_id left join users u on u.id = d.owner_id where d.external_id is not null order by 1`)
  const before = await all()
  await desk.rows(`delete from accounts where id = 'chat-1' returning id`)
  for (const kind of KINDS) await desk.run('export', kind, desk.path(`${kind}-back.csv`))
  await desk.database().prisma.$executeRawUnsafe('delete from accounts')
  for (const kind of ['accounts', 'deals'])
    expect(await desk.run('import', kind, desk.path(`${kind}-back.csv`))).toMatchObject({ code: 0, err: '' })
  expect(await all()).toEqual(before)
})

test('a CSV export shields formulas, begins with a byte order mark, and is for its owner alone', async () => {
  const file = desk.path('contacts.csv')
  await desk.run('export', 'contacts', file)
  const text = readFileSync(file, 'utf8')
  expect(text.startsWith('\ufeffexternalId,account_id,')).toBe(true)
  expect(text).toContain(",'+7 495 123-45-67,")
  expect(text).toContain(",'=Ромашка,")
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('an export is noted in the audit log', async () => {
  await desk.run('export', 'products', desk.path('p.csv'))
  expect(
    await desk.rows('select action, subject, after from audit_entries order by seq desc limit 1'),
  ).toEqual([{ action: 'export.products', subject: 'p.csv', after: { rows: 2 } }])
})

test.each([
  [[], 'usage: export'],
  [['dogs', 'a.csv'], 'there is no kind "dogs"'],
  [['deals', 'a.txt'], 'ends in .csv or .xlsx'],
])('a wrong command is answered in one line: %j', async (args, message) => {
  expect(await desk.run('export', ...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
})

test('a file that cannot be written leaves nothing behind', async () => {
  expect(await desk.run('export', 'deals', desk.path('no/such/folder/d.csv'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('nothing was exported'),
  })
})
