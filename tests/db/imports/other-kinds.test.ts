import { describe, expect, test } from 'vitest'
import { loadPeopleAndClients, useDesk } from '../../imports/desk.ts'

const desk = useDesk()

describe('meetings', () => {
  const FILE = `account_id,account_name,contact_name,activity_type,status,timestamp,comment
A1,Ромашка,Анна Белова,Meeting,Completed,1/31/25,"First line.
Second line, with ""quotes""."
A1,Ромашка,Анна Белова,Meeting,Completed,1/31/25,The same day again.
A2,Acme,Bob Stone; Eve Moss,Звонок,Scheduled,12/1/26 15:30,Call back
`

  test('without ids get ids from their own words, and equal ones are counted', async () => {
    await loadPeopleAndClients(desk)
    const answer = await desk.load('meetings', FILE, '--date-format', 'M/d/yy')
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('ids are derived from account, day, time, kind, attendees (row:…)')
    const rows = await desk.rows(
      `select external_id, kind::text, status::text, day::text, starts_at, notes from meetings order by day, notes`,
    )
    expect(rows).toMatchObject([
      {
        kind: 'MEETING',
        status: 'HELD',
        day: '2025-01-31',
        starts_at: null,
        notes: 'First line.\nSecond line, with "quotes".',
      },
      { kind: 'MEETING', status: 'HELD', day: '2025-01-31', starts_at: null, notes: 'The same day again.' },
      {
        kind: 'CALL',
        status: 'PLANNED',
        day: '2026-12-01',
        starts_at: new Date('2026-12-01T14:30:00Z'),
        notes: 'Call back',
      },
    ])
    const ids = rows.map((row) => String(row['external_id']))
    expect(new Set(ids).size).toBe(3)
    expect(ids.every((id) => /^row:[0-9a-f]{40}:\d+$/.test(id))).toBe(true)
    expect((await desk.load('meetings', FILE, '--date-format', 'M/d/yy')).out).toContain('nothing changed')
  })

  test('that become held later are changed, not doubled', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('meetings', FILE, '--date-format', 'M/d/yy')
    const answer = await desk.load(
      'meetings',
      FILE.replace('Scheduled', 'состоялась'),
      '--date-format',
      'M/d/yy',
    )
    expect(answer.out).toContain('0 created, 1 changed, 2 unchanged')
  })

  test('link the names of those who were there to contacts, whichever comes first', async () => {
    await loadPeopleAndClients(desk)
    const linked = () =>
      desk.rows(
        `select a.name, c.external_id from meeting_attendees a left join contacts c on c.id = a.contact_id order by 1`,
      )
    await desk.load('contacts', 'contact_id,account_id,name\nC1,A2,bob stone\nC2,A1,Eve Moss\n')
    await desk.load('meetings', FILE, '--date-format', 'M/d/yy')
    expect((await linked()).slice(0, 2)).toEqual([
      { name: 'Bob Stone', external_id: 'C1' },
      { name: 'Eve Moss', external_id: null },
    ])
    await desk.load('contacts', 'contact_id,account_id,name\nC3,A2,Eve Moss\n')
    expect((await linked()).slice(0, 2)).toEqual([
      { name: 'Bob Stone', external_id: 'C1' },
      { name: 'Eve Moss', external_id: 'C3' },
    ])
  })

  test('without a status are held when their day has come, and planned before', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('meetings', 'id,client,date\n1,A1,2026-11-23\n2,A1,24.11.2026\n')
    expect(await desk.rows('select status::text from meetings order by day')).toEqual([
      { status: 'HELD' },
      { status: 'PLANNED' },
    ])
  })
})

test('a contact takes the place of somebody of that name who was only named in talk', async () => {
  await loadPeopleAndClients(desk)
  await desk.load('meetings', 'id,account_id,contact_name,date\nM1,A2,Жанна Мосс,2026-11-20\n')
  await desk.rows(`insert into contacts (id, account_id, name, phone, verified)
    select 'named', id, 'ЖАННА МОСС', '+7 900 000-00-00', false from accounts where external_id in ('A2') returning id`)
  await desk.rows(`insert into contacts (id, account_id, name, verified)
    select 'other', id, 'Bob Stone', false from accounts where external_id = 'A2' returning id`)
  await desk.rows(`update meeting_attendees set contact_id = 'named' returning name`)
  await desk.load('contacts', 'contact_id,account_id,name\nC1,A2,Жанна Мосс\nC2,A1,Bob Stone\n')
  const known = await desk.rows(
    `select coalesce(external_id, id) as id, phone, verified from contacts where account_id = (select id from accounts where external_id = 'A2') order by 1`,
  )
  expect(known).toEqual([
    { id: 'C1', phone: '+7 900 000-00-00', verified: true },
    { id: 'other', phone: null, verified: false },
  ])
  expect(
    await desk.rows(
      'select c.external_id as id from meeting_attendees a join contacts c on c.id = a.contact_id',
    ),
  ).toEqual([{ id: 'C1' }])
})

test('contacts keep their telephone number as it was written', async () => {
  await loadPeopleAndClients(desk)
  const answer = await desk.load(
    'contacts',
    "Клиент;ФИО;Телефон;Влияние;Отношение\nРомашка;Анна;'+7 (495) 123-45-67;ЛПР;сторонник\n",
  )
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(await desk.rows('select phone, influence::text, attitude::text from contacts')).toEqual([
    { phone: '+7 (495) 123-45-67', influence: 'DECISION_MAKER', attitude: 'SUPPORTER' },
  ])
})

test('invoices are due on or after the day of issue, and what is not paid is zero', async () => {
  await loadPeopleAndClients(desk)
  const answer = await desk.load(
    'invoices',
    'Клиент;Номер;Дата;Срок оплаты;Сумма;Оплачено\nA1;7/1;01.02.2026;15.02.2026;1 200,00 ₽;\nA1;7/2;01.02.2026;31.01.2026;5;\n',
    '--skip-bad-rows',
  )
  expect(answer.err).toContain('line 3, column "Срок оплаты": "2026-01-31" is before the day of issue')
  expect(await desk.rows('select number, paid_amount::text, currency, due_on::text from invoices')).toEqual([
    { number: '7/1', paid_amount: '0.00', currency: 'RUB', due_on: '2026-02-15' },
  ])
})

test('contracts renew by themselves only when it says so', async () => {
  await loadPeopleAndClients(desk)
  await desk.load(
    'contracts',
    'contract_id,client,number,start,end,auto_renewal\n1,A1,K-1,2026-01-01,2026-12-31,да\n2,A1,K-2,2026-01-01,,\n',
  )
  expect(await desk.rows('select number, auto_renews, ends_on::text from contracts order by 1')).toEqual([
    { number: 'K-1', auto_renews: true, ends_on: '2026-12-31' },
    { number: 'K-2', auto_renews: false, ends_on: null },
  ])
})

test('a target belongs to an account or to a user, never to both or to nobody', async () => {
  await loadPeopleAndClients(desk)
  const answer = await desk.load(
    'targets',
    'id,account,user,start,end,plan\n1,A1,,2026-01-01,2026-12-31,100\n2,,kim@example.com,2026-01-01,2026-12-31,200\n3,A1,kim@example.com,2026-01-01,2026-12-31,300\n4,,,2026-01-01,2026-12-31,400\n',
    '--skip-bad-rows',
  )
  expect(answer.err.match(/a target belongs to an account or to a user/g)).toHaveLength(3)
  expect(await desk.rows('select external_id from targets order by 1')).toEqual([
    { external_id: '1' },
    { external_id: '2' },
  ])
})

describe('products', () => {
  test('bring what they cost and the least margin, in the currency of their price', async () => {
    const file =
      'Артикул;Название;Цена;Себестоимость;Минимальная маржа;Валюта\n1;A;100;60,50;18 %;RUB\n2;B;100;;12,5;RUB\n3;C;100;0;0;RUB\n'
    expect(await desk.load('products', file)).toMatchObject({ code: 0, err: '' })
    expect(
      await desk.rows(
        'select cost::text, trim_scale(floor_margin)::text as floor, currency from products order by name',
      ),
    ).toEqual([
      { cost: '60.50', floor: '18', currency: 'RUB' },
      { cost: null, floor: '12.5', currency: 'RUB' },
      { cost: '0.00', floor: '0', currency: 'RUB' },
    ])
    expect((await desk.load('products', file)).out).toContain('nothing changed')
  })

  test.each([
    ['101', 'is not between 0 and 100 %'],
    ['-1', 'is not a percentage such as 12.5'],
    ['lots', 'is not a percentage such as 12.5'],
    ['0.18', 'may be a share of one: write it with its sign, 18 % or 0.18 %'],
  ])('with a least margin of %s are refused', async (floor, message) => {
    expect((await desk.load('products', `sku,name,floor margin\n1,A,${floor}\n`)).err).toContain(message)
  })
})
