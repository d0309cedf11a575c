import { describe, expect, test } from 'vitest'
import { loadPeopleAndClients, useDesk } from '../../imports/desk.ts'

const desk = useDesk()

describe('users', () => {
  test('may name a manager who stands later in the file', async () => {
    const answer = await desk.load(
      'users',
      'ФИО;Почта;Роль;Руководитель;Часовой пояс;Язык\nКим;KIM@Example.com;КАМ;boss@example.com;Europe/Moscow;русский\nБосс;boss@example.com;Директор;;;\n',
    )
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toContain('separated by semicolons')
    expect(
      await desk.rows(
        `select u.email, u.role::text, u.language, u.time_zone, m.email as manager from users u left join users m on m.id = u.manager_id order by 1`,
      ),
    ).toEqual([
      { email: 'boss@example.com', role: 'DIRECTOR', language: null, time_zone: null, manager: null },
      {
        email: 'kim@example.com',
        role: 'KAM',
        language: 'ru',
        time_zone: 'Europe/Moscow',
        manager: 'boss@example.com',
      },
    ])
  })

  test('are refused when their managers form a circle, which is named whole', async () => {
    const answer = await desk.load(
      'users',
      'email,name,role,manager\na@example.com,A,KAM,b@example.com\nb@example.com,B,MANAGER,c@example.com\nc@example.com,C,MANAGER,a@example.com\nd@example.com,D,KAM,a@example.com\n',
    )
    expect(answer.code).toBe(1)
    for (const line of [2, 3, 4])
      expect(answer.err).toContain(
        `line ${line}, column "manager": closes a circle: a@example.com → b@example.com → c@example.com → a@example.com`,
      )
    expect(answer.err).toContain(
      'line 5, column "manager": "a@example.com" is not stored, and no sound row of this file',
    )
  })

  test('who report to a refused row are refused too, and the others are loaded', async () => {
    const answer = await desk.load(
      'users',
      'email,name,role,manager,time_zone\na@example.com,A,KAM,b@example.com,\nb@example.com,B,MANAGER,,Mars/Base\nc@example.com,C,KAM,,\n',
      '--skip-bad-rows',
    )
    expect(answer.err).toContain('"Mars/Base" is not a time zone')
    expect(answer.err).toContain(
      'line 2, column "manager": "b@example.com" is not stored, and no sound row of this file',
    )
    expect(await desk.rows('select email from users')).toEqual([{ email: 'c@example.com' }])
  })

  test('stand once in a file, by address whatever its case', async () => {
    const answer = await desk.load(
      'users',
      'email,name,role\nk@example.com,K,KAM\nK@Example.com,K,KAM\nno-address,N,KAM\n',
    )
    expect(answer.err).toContain(
      'line 3, column "email": "k@example.com" stands in an earlier line too (the first is line 2)',
    )
    expect(answer.err).toContain('line 4, column "email": "no-address" is not an e-mail address')
  })

  test('who were known by their address alone are given their id', async () => {
    await desk.load('users', 'email,name,role\na@example.com,A,KAM\n')
    expect((await desk.load('users', 'user_id,email,name,role\n7,a@example.com,A,KAM\n')).out).toContain(
      '0 created, 1 changed',
    )
    expect((await desk.load('users', 'user_id,email,name,role\n7,b@example.com,A,KAM\n')).out).toContain(
      '0 created, 1 changed',
    )
    expect(await desk.rows('select external_id, email from users')).toEqual([
      { external_id: '7', email: 'b@example.com' },
    ])
  })

  test('cannot take the address of another', async () => {
    await desk.load('users', 'user_id,email,name,role\n1,a@example.com,A,KAM\n2,b@example.com,B,KAM\n')
    const answer = await desk.load('users', 'user_id,email\n1,b@example.com\n')
    expect(answer.err).toContain('line 2, column "email": "b@example.com" belongs to another user')
  })
})

describe('accounts', () => {
  const FULL = `account_id,account,aliases,tax_id,class,owner,team,delegation,subsidiary_of,competitors,client_revenue_millions,revenue
A1,ООО «Ромашка»,Daisy|Ромашка Трейд,7701234567,A,kim@example.com,olga@example.com;lead@example.com,D2,Holding One,Northwind; Contoso,12.5,99
A2,Holding One,,,b,,,,,,,
`

  test('are written with every name, team and parent, also one that stands later', async () => {
    await loadPeopleAndClients(desk)
    await desk.rows('delete from accounts returning id')
    const answer = await desk.load('accounts', FULL)
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(answer.out).toMatch(/not recognised: "revenue" \(the client's own revenue, or what it buys/)
    expect(
      await desk.rows(`select a.name, a.tier::text, a.delegation_level::text, p.name as parent, a.competitors, a.client_revenue::text, a.client_revenue_currency as currency,
        (select array_agg(kind || ' ' || text order by kind, text) from account_names where account_id = a.id) as names,
        (select array_agg(u.email order by 1) from account_team_members m join users u on u.id = m.user_id where m.account_id = a.id) as team
        from accounts a left join accounts p on p.id = a.parent_id order by a.external_id`),
    ).toEqual([
      {
        name: 'ООО «Ромашка»',
        tier: 'A',
        delegation_level: 'D2',
        parent: 'Holding One',
        competitors: ['Northwind', 'Contoso'],
        client_revenue: '12500000.00',
        currency: 'EUR',
        names: ['NAME ООО «Ромашка»', 'ALIAS Daisy', 'ALIAS Ромашка Трейд', 'TAX_NUMBER 7701234567'],
        team: ['lead@example.com', 'olga@example.com'],
      },
      {
        name: 'Holding One',
        tier: 'B',
        delegation_level: null,
        parent: null,
        competitors: [],
        client_revenue: null,
        currency: null,
        names: ['NAME Holding One'],
        team: null,
      },
    ])
    expect((await desk.load('accounts', FULL)).out).toContain('0 created, 0 changed, 2 unchanged')
  })

  test('keep the currency of their revenue when a later file names none', async () => {
    const figures = () =>
      desk.rows('select client_revenue::text as revenue, client_revenue_currency as currency from accounts')
    await desk.load('accounts', 'id,name,client_revenue\nA1,Acme,5\n', '--currency', 'USD')
    await desk.load('accounts', 'id,client_revenue\nA1,7\n')
    expect(await figures()).toEqual([{ revenue: '7.00', currency: 'USD' }])
    await desk.load('accounts', 'id,client_revenue\nA1,₽7\n')
    expect(await figures()).toEqual([{ revenue: '7.00', currency: 'RUB' }])
    await desk.load('accounts', 'id,client_revenue\nA1,\n')
    expect(await figures()).toEqual([{ revenue: null, currency: null }])
    await desk.load('accounts', 'id,client_revenue\nA1,9\n')
    expect(await figures()).toEqual([{ revenue: '9.00', currency: 'EUR' }])
  })

  test('stand where both degrees say, by a point or a comma, until both are empty', async () => {
    await loadPeopleAndClients(desk)
    const places = () =>
      desk.rows(
        `select external_id as id, latitude, longitude from accounts where external_id in ('A1', 'A2') order by external_id`,
      )
    const set = await desk.load('accounts', 'id;Широта;Долгота\nA1;55,7539;37,6208°\nA2;−33.8688;+151.2093\n')
    expect(set).toMatchObject({ code: 0, err: '' })
    expect(await places()).toEqual([
      { id: 'A1', latitude: 55.7539, longitude: 37.6208 },
      { id: 'A2', latitude: -33.8688, longitude: 151.2093 },
    ])
    await desk.load('accounts', 'id,lat,lng\nA1,,\n')
    expect((await places())[0]).toEqual({ id: 'A1', latitude: null, longitude: null })
  })

  test.each([
    ['latitude,longitude', '90.0001,0', 'column "latitude": "90.0001" is not between -90 and 90'],
    ['latitude,longitude', '0,-181', 'column "longitude": "-181" is not between -180 and 180'],
    ['latitude,longitude', "55°45'14,37", 'is not a decimal number of degrees'],
    ['latitude,longitude', '55.75,', 'stands without its longitude'],
    ['latitude,longitude', ',37.62', 'stands without its latitude'],
    ['latitude', '55.75', 'stands without its longitude'],
    ['longitude', '""', 'stands without its latitude'],
  ])('with %s of %s are refused', async (headers, cells, reason) => {
    await loadPeopleAndClients(desk)
    const answer = await desk.load('accounts', `id,${headers}\nA1,${cells}\n`)
    expect(answer.code).not.toBe(0)
    expect(answer.err).toContain(reason)
  })

  test('a second, partial file changes the owner alone, and a new name replaces the old one', async () => {
    await loadPeopleAndClients(desk)
    const owners = await desk.load(
      'accounts',
      'account_id,owner_email\nA1,olga@example.com\nA2,kim@example.com\n',
    )
    expect(owners.out).toContain('0 created, 1 changed, 1 unchanged')
    await desk.load('accounts', 'account_id,account\nA1,Василёк\n')
    expect(
      await desk.rows(
        `select n.kind::text, n.text, u.email from account_names n join accounts a on a.id = n.account_id join users u on u.id = a.owner_id where a.external_id = 'A1'`,
      ),
    ).toEqual([{ kind: 'NAME', text: 'Василёк', email: 'olga@example.com' }])
  })

  test('a new account needs its name, and an unknown owner is named', async () => {
    await loadPeopleAndClients(desk)
    const answer = await desk.load(
      'accounts',
      'account_id,owner_email\nA9,kim@example.com\nA1,who@example.com\n',
    )
    expect(answer.err).toContain('line 2: a new row of accounts needs name')
    expect(answer.err).toContain('line 3, column "owner_email": "who@example.com" is an unknown user')
  })

  test('parents in a circle with what is stored are refused', async () => {
    await loadPeopleAndClients(desk)
    await desk.load('accounts', 'account_id,parent\nA2,A1\n')
    const answer = await desk.load('accounts', 'account_id,parent\nA1,Acme Corporation\n')
    expect(answer.err).toMatch(/line 2, column "parent": closes a circle: .* → .* → .*/)
  })

  test('without ids they are found again by their name', async () => {
    const file = 'Клиент;Отрасль\nРомашка;retail\nВасилёк;medical\n'
    expect((await desk.load('accounts', file)).out).toContain('rows are found again by name')
    expect((await desk.load('accounts', file.replace('medical', 'software'))).out).toContain(
      '0 created, 1 changed, 1 unchanged',
    )
  })
})

describe('delegation levels of users', () => {
  test('are read as those of accounts, and a wrong one is refused', async () => {
    const answer = await desk.load(
      'users',
      'email,name,role,Уровень делегирования\na@example.com,A,KAM,d3\nb@example.com,B,KAM,2\nc@example.com,C,KAM,\n',
    )
    expect(answer).toMatchObject({ code: 0, err: '' })
    expect(await desk.rows('select delegation_level::text as level from users order by email')).toEqual([
      { level: 'D3' },
      { level: 'D2' },
      { level: null },
    ])
    expect((await desk.load('users', 'email,level\na@example.com,D5\n')).err).toContain(
      'is none of D1, D2, D3, D4',
    )
  })
})
