import { describe, expect, test } from 'vitest'
import { loadPeopleAndClients, useDesk } from '../../imports/desk.ts'

const desk = useDesk()

const DEALS = `deal_id,account_id,account,agent,product,stage,amount,opened,closed
D1,A1,Ромашка,kim@example.com,GTXPro,Won,"1 234,50",2025-01-02,2025-03-04
D2,A2,Acme,Ольга Орлова,MG Special,Closed Lost,0,2025-01-05,2025-02-01
D3,A2,Acme,,,Engaging,,2025-01-05,
`

describe('an import of deals', () => {
  test('keeps the stage, tells the outcome, and does not take an unknown amount for zero', async () => {
    await loadPeopleAndClients(desk)
    const answer = await desk.load('deals', DEALS)
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('deals: 3 rows: 3 created, 0 changed, 0 unchanged, 0 refused')
    expect(answer.out).toContain('not used: "account", because "account_id" says which account')
    expect(
      await desk.rows(`select d.external_id, d.stage, d.outcome::text, d.amount::text, d.currency, d.closed_on::text, u.email, p.name
        from deals d left join users u on u.id = d.owner_id left join products p on p.id = d.product_id order by 1`),
    ).toEqual([
      {
        external_id: 'D1',
        stage: 'Won',
        outcome: 'WON',
        amount: '1234.50',
        currency: 'EUR',
        closed_on: '2025-03-04',
        email: 'kim@example.com',
        name: 'GTX Pro',
      },
      {
        external_id: 'D2',
        stage: 'Closed Lost',
        outcome: 'LOST',
        amount: '0.00',
        currency: 'EUR',
        closed_on: '2025-02-01',
        email: 'olga@example.com',
        name: 'MG Special',
      },
      {
        external_id: 'D3',
        stage: 'Engaging',
        outcome: 'OPEN',
        amount: null,
        currency: 'EUR',
        closed_on: null,
        email: null,
        name: null,
      },
    ])
  })

  test('changes nothing the second time, says so, and leaves one line in the audit log', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('deals', DEALS)
    const before = await desk.rows('select count(*)::int as n from audit_entries')
    const again = await desk.load('deals', DEALS)
    expect(again.out).toContain('0 created, 0 changed, 3 unchanged, 0 refused\nnothing changed')
    expect(await desk.rows('select count(*)::int as n from audit_entries')).toEqual(before)
    const [entry] = await desk.rows(
      'select channel, action, subject, after from audit_entries order by seq desc limit 1',
    )
    expect(entry).toEqual({
      channel: 'cli',
      action: 'import.deals',
      subject: 'deals.csv',
      after: { rows: 3, created: 3, changed: 0, unchanged: 0, refused: 0 },
    })
  })

  test('updates only the columns that are in the file', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('deals', DEALS)
    const answer = await desk.load('deals', 'deal_id,stage\nD3,Выиграна\nD1,Won\n')
    expect(answer.out).toContain('0 created, 1 changed, 1 unchanged')
    expect(
      await desk.rows(
        `select stage, outcome::text, opened_on::text, currency from deals where external_id = 'D3'`,
      ),
    ).toEqual([{ stage: 'Выиграна', outcome: 'WON', opened_on: '2025-01-05', currency: 'EUR' }])
  })

  test('takes a currency from the option, or from the sign, and refuses two at once', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('deals', 'deal_id,account,stage,amount\nD1,Ромашка,Won,5\nD2,Ромашка,Won,₽5\n')
    expect(await desk.rows('select external_id, currency from deals order by 1')).toEqual([
      { external_id: 'D1', currency: 'EUR' },
      { external_id: 'D2', currency: 'RUB' },
    ])
    const answer = await desk.load('deals', 'deal_id,amount\nD1,7\nD2,₽7\n', '--currency', 'USD')
    expect(answer.code).toBe(1)
    expect(answer.err).toContain('line 3, column "amount": "7.00" is in RUB, but the row is in USD')
  })
})

describe('all or nothing', () => {
  const MIXED =
    'deal_id,account,stage,opened\nD1,Ромашка,Won,2025-01-02\nD2,Nobody,Won,2025-02-30\nD3,A2,Lost,31.01.2025\n'

  test('one bad row stops everything, and each mistake is told by line, column and reason', async () => {
    await loadPeopleAndClients(desk)
    const answer = await desk.load('deals', MIXED)
    expect(answer.code).toBe(1)
    expect(answer.err).toContain('line 3, column "opened": "2025-02-30" is not a day of the calendar')
    expect(answer.err).toContain('nothing was imported: 1 of 3 rows are bad')
    expect(await desk.rows('select count(*)::int as n from deals')).toEqual([{ n: 0 }])
  })

  test('with --skip-bad-rows the sound rows are loaded, and the report lists the others', async () => {
    await loadPeopleAndClients(desk)
    const report = desk.path('bad.csv')
    const answer = await desk.load(
      'deals',
      MIXED.replace('2025-02-30', '2025-02-28'),
      '--skip-bad-rows',
      '--report',
      report,
    )
    expect(answer.code).toBe(0)
    expect(answer.out).toContain('2 created, 0 changed, 0 unchanged, 1 refused')
    expect(answer.err).toContain('line 3, column "account": "Nobody" is an unknown account')
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(report, 'utf8')).toBe(
      '\ufeffline,column,value,reason\r\n3,account,Nobody,is an unknown account\r\n',
    )
  })

  test('the first fifty mistakes are told, and the rest counted', async () => {
    await loadPeopleAndClients(desk)
    const rows = Array.from({ length: 1_234 }, (_, index) => `D${index},Nobody,Won\n`).join('')
    const answer = await desk.load('deals', `deal_id,account,stage\n${rows}`)
    expect(answer.err.match(/^line /gm)).toHaveLength(50)
    expect(answer.err).toContain('… and 1,184 more\nby reason:\n  1,234 × "account" is an unknown account')
  })

  test('a dry run counts everything and writes nothing', async () => {
    await loadPeopleAndClients(desk)
    const audit = await desk.rows('select count(*)::int as n from audit_entries')
    const answer = await desk.load('deals', DEALS, '--dry-run')
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('dry run, nothing was written: deals: 3 rows: 3 created')
    expect(await desk.rows('select count(*)::int as n from deals')).toEqual([{ n: 0 }])
    expect(await desk.rows('select count(*)::int as n from audit_entries')).toEqual(audit)
  })

  test('when the database refuses a late row, the earlier ones are gone too', async () => {
    await loadPeopleAndClients(desk)
    await desk
      .database()
      .prisma.$executeRawUnsafe(`alter table deals add constraint trap check (external_id <> 'D1500')`)
    try {
      const rows = Array.from({ length: 2_000 }, (_, index) => `D${index},A1,Won\n`).join('')
      const answer = await desk.load('deals', `deal_id,account,stage\n${rows}`)
      expect(answer.code).toBe(1)
      expect(answer.err).toMatch(/^nothing was imported: .*"?trap"?/)
      expect(answer.progress).toContain('deals: wrote 1,000 rows')
      expect(await desk.rows('select count(*)::int as n from deals')).toEqual([{ n: 0 }])
    } finally {
      await desk.database().prisma.$executeRawUnsafe('alter table deals drop constraint trap')
    }
  })
})
