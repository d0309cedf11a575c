import { describe, expect, test } from 'vitest'
import { buildDemo } from '../../src/demo/demo.ts'
import type { DemoData } from '../../src/demo/rows.ts'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import { waitingFor } from '../../src/domain/discounts/rounds.ts'
import { addDays, type Day, daysBetween, yearEarlier, yearOf } from '../../src/domain/shared/day.ts'

const TODAYS: readonly Day[] = [
  '2026-11-23',
  '2027-01-01',
  '2027-01-02',
  '2028-02-29',
  '2026-12-31',
  '2027-07-03',
]

const idsOf = (rows: readonly Readonly<{ id: string }>[]) => new Set(rows.map(({ id }) => id))
/** All that is in the columns of this name, in whatever table. */
function column(demo: DemoData, name: string): string[] {
  const rows = Object.values(demo).flat() as readonly Readonly<Record<string, unknown>>[]
  return rows.map((row) => row[name]).filter((value) => typeof value === 'string')
}

/** Revenue of this year so far as a share of the same days of last year. */
function change(demo: DemoData, today: Day, account: string): number {
  const won = demo.deals.filter(
    (deal) => deal.accountId === `demo-account-${account}` && deal.outcome === 'WON',
  )
  const sum = (from: Day, until: Day) =>
    won
      .filter(({ closedOn }) => closedOn !== null && closedOn >= from && closedOn <= until)
      .reduce((total, { amount }) => total + Number(amount), 0)
  const mark = yearEarlier(today)
  return sum(`${yearOf(today)}-01-01`, today) / sum(`${yearOf(mark)}-01-01`, mark)
}

describe('the demo team', () => {
  const { users, absences } = buildDemo('2026-11-23')

  test('is eight people in four roles', () => {
    const roles = users.map(({ role }) => role).toSorted()
    expect(roles).toEqual(['DIRECTOR', 'FINANCE', 'KAM', 'KAM', 'KAM', 'KAM', 'MANAGER', 'MANAGER'])
    expect(users.every(({ email }) => /^[a-z.]+@example\.com$/.test(email))).toBe(true)
  })

  test('is a tree: key account managers below managers below the director', () => {
    const roles = new Map(users.map(({ id, role }) => [id, role]))
    const above = {
      KAM: 'MANAGER',
      MANAGER: 'DIRECTOR',
      FINANCE: 'DIRECTOR',
      DIRECTOR: undefined,
      ADMIN: undefined,
    }
    for (const user of users) expect(roles.get(user.managerId ?? '')).toBe(above[user.role])
  })

  test('has one person away today, with a substitute', () => {
    expect(absences).toHaveLength(1)
    expect(absences[0]).toMatchObject({ userId: 'demo-user-james', substituteId: 'demo-user-lena' })
    expect(absences.every(({ startsOn, endsOn }) => startsOn < '2026-11-23' && endsOn > '2026-11-23')).toBe(
      true,
    )
  })

  test('is trusted with discounts to four degrees', () => {
    const levels = users.flatMap(({ role, delegationLevel }) => (role === 'KAM' ? [delegationLevel] : []))
    expect(new Set(levels)).toEqual(new Set(['D1', 'D2', 'D3', 'D4']))
    expect(users.find(({ role }) => role === 'FINANCE')?.delegationLevel).toBeNull()
  })

  test('speaks half Russian, half English', () => {
    expect(users.filter(({ language }) => language === 'ru')).toHaveLength(4)
  })
})

describe('the demo clients', () => {
  const demo = buildDemo('2026-11-23')

  test('are about forty, and few of them bring most of the revenue of their owner', () => {
    expect(demo.accounts.length).toBeGreaterThan(37)
    expect(demo.accounts.length).toBeLessThan(44)
    for (const owner of new Set(demo.accounts.map(({ ownerId }) => ownerId))) {
      const sumOf = (tiers: readonly unknown[]) =>
        demo.accounts
          .filter((account) => account.ownerId === owner && tiers.includes(account.tier))
          .flatMap(({ id }) => demo.deals.filter((deal) => deal.accountId === id && deal.outcome === 'WON'))
          .reduce((sum, { amount }) => sum + Number(amount), 0)
      expect(sumOf(['A'])).toBeGreaterThan(sumOf(['B', 'C', null]))
    }
  })

  test('are found by keys made of their names', () => {
    for (const { text, key } of demo.accountNames) expect(key).toBe(nameKey(text))
    const owners = Map.groupBy(demo.accountNames, ({ key }) => key)
    for (const names of owners.values()) expect(new Set(names.map(({ accountId }) => accountId)).size).toBe(1)
  })

  test('hold one parent with two subsidiaries', () => {
    const children = demo.accounts.filter(({ parentId }) => parentId !== null)
    expect(children.map(({ parentId }) => parentId)).toEqual(['demo-account-kolos', 'demo-account-kolos'])
  })

  test('stand somewhere when their address is known', () => {
    for (const { name, location, latitude, longitude } of demo.accounts) {
      expect([name, latitude !== null, longitude !== null]).toEqual([
        name,
        location !== null,
        location !== null,
      ])
      expect(Math.abs(latitude ?? 0)).toBeLessThan(70)
    }
    const romashka = demo.accounts.find(({ id }) => id === 'demo-account-romashka')
    expect(romashka).toMatchObject({ latitude: 55.4242, longitude: 37.5547 })
  })

  test('were promised by and to people who are there', () => {
    const names = new Set(demo.contacts.map(({ name }) => name))
    const promised = demo.followUps.filter(({ promisedBy }) => promisedBy === 'CLIENT')
    expect(promised.filter(({ contactName }) => !names.has(contactName ?? ''))).toEqual([])
  })

  test('every number of a paper is there once', () => {
    for (const papers of [demo.invoices, demo.contracts]) {
      const numbers = papers.map(({ number }) => number)
      expect(new Set(numbers).size).toBe(numbers.length)
    }
  })
})

describe.each(TODAYS)('the demo of %s', (today) => {
  const demo = buildDemo(today)

  test('is the same each time it is made', () => {
    expect(buildDemo(today)).toEqual(demo)
  })

  test('has the same rows as on any other day', () => {
    const other = buildDemo('2026-05-12')
    for (const table of Object.keys(demo) as (keyof DemoData)[]) {
      const ids = (rows: DemoData) => rows[table].map((row) => ('id' in row ? row.id : JSON.stringify(row)))
      expect(ids(demo)).toEqual(ids(other))
    }
  })

  test('has ids of its own, each once, and points only at rows it has', () => {
    const people = ['ownerId', 'userId', 'authorId', 'doneById', 'substituteId', 'managerId']
    const targets = {
      accountId: idsOf(demo.accounts),
      parentId: idsOf(demo.accounts),
      ...Object.fromEntries(people.map((key) => [key, idsOf(demo.users)])),
      productId: idsOf(demo.products),
      contactId: idsOf(demo.contacts),
      meetingId: idsOf(demo.meetings),
    }
    for (const [key, known] of Object.entries(targets)) {
      expect(column(demo, key).filter((id) => !known.has(id))).toEqual([])
    }
    const ids = column(demo, 'id')
    expect(ids.filter((id) => !id.startsWith('demo-'))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has held no meeting in the future, and two in the past whose outcome nobody told', () => {
    const held = demo.meetings.filter(({ status }) => status === 'HELD')
    expect(held.length).toBeGreaterThan(220)
    expect(held.filter(({ day }) => day >= today)).toEqual([])
    const planned = demo.meetings.filter(({ status }) => status === 'PLANNED')
    expect(planned.filter(({ day }) => day < today)).toHaveLength(2)
  })

  test('meets on working days, at the hour of the owner', () => {
    const weekend = demo.meetings.filter(({ day }) => [0, 6].includes(new Date(day).getUTCDay()))
    expect(weekend).toEqual([])
    const otherDay = demo.meetings.filter(({ day, startsAt }) => startsAt && startsAt.slice(0, 10) !== day)
    expect(otherDay).toEqual([])
    const tomorrow = demo.meetings.find(({ id }) => id === 'demo-meeting-romashka-planned-1')
    expect(tomorrow?.startsAt).toMatch(/T07:00:00/)
  })

  test('gives every key account manager a meeting on this working day and on the next', () => {
    const next = (from: Day): Day =>
      [0, 6].includes(new Date(from).getUTCDay()) ? next(addDays(from, 1)) : from
    for (const kam of ['anna', 'marat', 'lena', 'james']) {
      const days = demo.meetings
        .filter(({ authorId, status }) => authorId === `demo-user-${kam}` && status === 'PLANNED')
        .map(({ day }) => day)
      expect(days, kam).toContain(next(today))
      expect(days, kam).toContain(next(addDays(today, 1)))
    }
  })

  test('gives every key account manager promises of each kind', () => {
    for (const kam of ['anna', 'marat', 'lena', 'james']) {
      const own = demo.followUps.filter(({ ownerId }) => ownerId === `demo-user-${kam}`)
      const open = own.filter(({ status }) => status === 'OPEN')
      const due = (by: string) => open.filter(({ promisedBy }) => promisedBy === by).map(({ dueOn }) => dueOn)
      expect(due('US'), kam).toEqual(expect.arrayContaining([today, addDays(today, -1)]))
      expect(
        due('CLIENT').some((day) => day < today),
        kam,
      ).toBe(true)
      expect(
        open.some(({ repeat }) => repeat !== null),
        kam,
      ).toBe(true)
      const lateBy = own.flatMap(({ doneAt, dueOn }) =>
        doneAt ? [daysBetween(dueOn, doneAt.slice(0, 10))] : [],
      )
      expect(lateBy.some((days) => days <= 0) && lateBy.some((days) => days > 0), kam).toBe(true)
    }
  })

  test('reminds of what is open and of nothing that is done, in the numbers of its day', () => {
    const tomorrow = buildDemo(addDays(today, 1)).followUps[0]?.reminder
    for (const { status, remindAt, doneAt, doneById, reminder, createdAt } of demo.followUps) {
      expect(status === 'OPEN').toBe(remindAt !== null)
      expect(status === 'DONE').toBe(doneAt !== null && doneById !== null && doneAt > createdAt)
      expect(createdAt.slice(0, 10) < today).toBe(true)
      expect(reminder).not.toBe(tomorrow)
    }
  })

  test('repeats on the weekday that comes next, today included', () => {
    for (const { repeat, dueOn } of demo.followUps) {
      if (repeat?.every !== 'week') continue
      expect(repeat.weekdays).toEqual([new Date(dueOn).getUTCDay()])
      expect(daysBetween(today, dueOn)).toBeGreaterThanOrEqual(0)
      expect(daysBetween(today, dueOn)).toBeLessThan(7)
    }
  })

  test('asks for discounts in every state, and one of them waits for each who decides', () => {
    const requests = new Map(
      demo.discounts.map(({ id, request }) => [id.replace('demo-discount-', ''), request]),
    )
    const states = [...requests].map(([key, { state }]) => [key, state])
    expect(Object.fromEntries(states)).toEqual({
      'romashka-parts': 'GRANTED',
      'acme-logistics-care': 'GRANTED',
      'nordlicht-k90': 'GRANTED',
      'vetluga-p500': 'DECLINED',
      'gornodol-p200': 'PENDING',
      'romashka-k90': 'PENDING',
      'teply-hleb-care': 'COUNTERED',
      'belkin-k90': 'PENDING',
      'acme-logistics-dryer': 'PENDING',
    })
    const waiting = [...requests.values()].flatMap((request) => waitingFor(request))
    const deciders = ['olga', 'sophie', 'thomas', 'viktor'].map((person) => `demo-user-${person}`)
    expect(waiting.toSorted()).toEqual(deciders)
    expect(requests.get('teply-hleb-care')?.counter).toMatchObject({ terms: { percent: '10' } })
    expect(requests.get('nordlicht-k90')?.steps).toEqual([])
    expect(requests.get('romashka-parts')?.terms.lastDay.localeCompare(today)).toBe(-1)
  })

  test('has margins that tell: most above their floor, two below it', () => {
    const below = demo.discounts.filter(({ request: { facts } }) => Number(facts.marginOverFloor) < 0)
    expect(below.map(({ id }) => id)).toEqual(['demo-discount-vetluga-p500', 'demo-discount-belkin-k90'])
    expect(demo.discounts.filter(({ request: { facts } }) => facts.marginOverFloor === null)).toEqual([])
  })

  test('has clients that kept their side, that did not, and one that is to be asked soon', () => {
    const all = demo.discounts.flatMap(({ commitments }) => commitments)
    expect(all.map(({ state }) => state).toSorted()).toEqual(['BROKEN', 'KEPT', 'KEPT', 'OPEN'])
    for (const { state, dueOn, checkedAt } of all) {
      expect(daysBetween(today, dueOn)).toBeLessThan(3)
      expect(dueOn > today).toBe(state === 'OPEN')
      expect((checkedAt?.slice(0, 10) ?? today) <= today).toBe(true)
    }
  })

  test('asked before it was decided, and what waits has all of its hours before it', () => {
    const now = new Date(`${today}T16:20:00Z`)
    for (const { request, votes } of buildDemo(today, now).discounts) {
      const acts = [request.createdAt, ...votes.map(({ at }) => at), now.toISOString()]
      expect(acts.toSorted()).toEqual(acts)
      for (const { state, remindAt, openedAt } of request.steps)
        if (state === 'OPEN') expect(remindAt?.localeCompare(openedAt ?? '')).toBe(1)
    }
  })

  test('closes deals by today, and only those that are not open', () => {
    for (const { outcome, closedOn, openedOn } of demo.deals) {
      expect(closedOn === null).toBe(outcome === 'OPEN')
      expect([openedOn, closedOn ?? today, today]).toEqual([openedOn, closedOn ?? today, today].toSorted())
    }
    const worthless = demo.deals.filter(({ outcome, amount }) => outcome === 'WON' && !(Number(amount) > 0))
    expect(worthless).toEqual([])
  })

  test('was paid by today, in full or not yet', () => {
    for (const { issuedOn, dueOn, paidOn, amount, paidAmount } of demo.invoices) {
      expect(issuedOn <= today && issuedOn <= dueOn && (paidOn ?? today) <= today).toBe(true)
      expect(paidOn === null ? Number(paidAmount) < Number(amount) : paidAmount === amount).toBe(true)
    }
  })

  test('has invoices overdue by 5, 20, 45 and 80 days, some partly paid', () => {
    const late = demo.invoices.filter(({ paidOn, dueOn }) => paidOn === null && dueOn < today)
    const days = new Set(late.map(({ dueOn }) => daysBetween(dueOn, today)))
    expect([...days].toSorted((a, b) => a - b)).toEqual([5, 20, 45, 80])
    expect(late.some(({ paidAmount }) => Number(paidAmount) > 0)).toBe(true)
  })

  test('has contracts that end soon, have ended, renew themselves and never end', () => {
    const ends = demo.contracts.map(({ endsOn }) => endsOn)
    expect(ends).toContain(addDays(today, 20))
    expect(ends).toContain(addDays(today, -7))
    expect(ends).toContain(null)
    expect(demo.contracts.some(({ autoRenews }) => autoRenews)).toBe(true)
  })

  test('compares this year with the same days of last year', () => {
    expect(change(demo, today, 'verhrechye')).toBeCloseTo(1.29, 1)
    expect(change(demo, today, 'romashka')).toBeCloseTo(0.71, 1)
  })

  test('plans within this calendar year', () => {
    expect(
      demo.targets.every(
        ({ startsOn, endsOn }) => yearOf(startsOn) === yearOf(today) && yearOf(endsOn) === yearOf(today),
      ),
    ).toBe(true)
  })
})
