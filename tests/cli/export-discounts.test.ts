import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { openSource } from '../../src/imports/open-source.ts'
import { FACTS } from '../domain/discounts/facts.sample.ts'
import { loadPeopleAndClients, useDesk } from '../imports/desk.ts'

const desk = useDesk()

const eur = (amount: string) => ({ amount, currency: 'EUR' })
/** The rows of a file by their headers, as an import would see them. */
async function readTable(path: string): Promise<Record<string, string>[]> {
  const source = await openSource(path, { encoding: null, sheet: null })
  const rows: Record<string, string>[] = []
  for await (const { cells } of source.rows())
    rows.push(Object.fromEntries(source.headers.map((header, at) => [header, cells[at] ?? ''])))
  await source.close()
  return rows
}

const person = (id: string) => ({ id, name: `${id} Example` })

const BODY = {
  terms: {
    subject: { dealId: null, productId: 'p', title: '=cmd()', product: 'GTX Pro', productGroup: null },
    list: eur('1000.00'),
    percent: '12.5',
    net: eur('875.00'),
    deferralDays: 14,
    lastDay: '2026-12-31',
    gives: [{ kind: 'VOLUME', what: '100 units', dueOn: '2026-12-01' }],
  },
  reason: '+competitor\nis cheaper',
  competitor: null,
  facts: FACTS,
  steps: [
    {
      id: '1.1',
      kind: 'check',
      by: { role: 'FINANCE' },
      state: 'APPROVED',
      carried: false,
      votes: [{ by: person('Fay'), onBehalfOf: null }],
    },
    { id: '2.1', kind: 'approve', by: { manager: 1 }, state: 'APPROVED', carried: true, votes: [] },
    {
      id: '2.2',
      kind: 'approve',
      by: { role: 'DIRECTOR' },
      state: 'APPROVED',
      carried: false,
      votes: [
        { by: person('Ada'), onBehalfOf: person('Dana') },
        { by: person('Max'), onBehalfOf: null },
      ],
    },
  ],
  decision: {
    by: person('Ada'),
    onBehalfOf: person('Dana'),
    at: '2026-11-24T10:00:00.000Z',
    channel: 'slack',
    word: 'fine',
    rule: null,
  },
}

beforeEach(async () => {
  await loadPeopleAndClients(desk)
  const { prisma } = desk.database()
  const [account] = await prisma.account.findMany({ where: { externalId: 'A2' } })
  const [kim] = await prisma.user.findMany({ where: { email: 'kim@example.com' } })
  const request = (id: string, number: number, body: object) => ({
    id,
    number,
    accountId: account?.id ?? '',
    requesterId: kim?.id ?? '',
    state: 'GRANTED' as const,
    percent: '12.5',
    listAmount: '1000',
    netAmount: '875',
    currency: 'EUR',
    lastDay: new Date('2026-12-31'),
    policyVersion: 3,
    round: 2,
    waitingFor: [],
    decidedAt: number === 1 ? new Date('2026-11-24T10:00:00Z') : null,
    body,
    createdAt: new Date('2026-11-23T10:00:00Z'),
    changedAt: new Date('2026-11-24T10:00:00Z'),
  })
  await prisma.discountRequest.createMany({
    data: [request('r1', 1, BODY), request('r2', 2, { ...BODY, steps: [], decision: null })],
  })
  await prisma.clientCommitment.create({
    data: {
      id: 'c1',
      requestId: 'r1',
      accountId: account?.id ?? '',
      kind: 'VOLUME',
      what: '100 units',
      dueOn: new Date('2026-12-01'),
      state: 'KEPT',
    },
  })
})

describe.each(['csv', 'xlsx'])('discounts in a %s file', (format) => {
  test('are told with who decided what, on whose behalf, and what the client gave', async () => {
    const file = desk.path(`discounts.${format}`)
    expect(await desk.run('export', 'discounts', file)).toMatchObject({
      code: 0,
      out: `discounts: 2 rows written to ${file}`,
      err: '',
    })
    const [granted, open] = await readTable(file)
    expect(granted).toEqual({
      number: '1',
      account: 'Acme Corporation',
      requester: 'kim@example.com',
      state: 'GRANTED',
      percent: '12.5',
      list: format === 'csv' ? '1000.00' : '1000',
      net: format === 'csv' ? '875.00' : '875',
      currency: 'EUR',
      subject: '=cmd()',
      product: 'GTX Pro',
      deferralDays: '14',
      reason: '+competitor\nis cheaper',
      competitor: '',
      createdAt: '2026-11-23T10:00:00.000Z',
      decidedBy: 'Ada Example',
      onBehalfOf: 'Dana Example',
      decidedAt: '2026-11-24T10:00:00.000Z',
      channel: 'slack',
      word: 'fine',
      rule: '',
      lastDay: '2026-12-31',
      policyVersion: '3',
      round: '2',
      steps:
        '1.1 check FINANCE: APPROVED by Fay Example; 2.1 approve manager 1: APPROVED (from an earlier round); 2.2 approve DIRECTOR: APPROVED by Ada Example for Dana Example, Max Example',
      gives: 'VOLUME 100 units by 2026-12-01: KEPT',
    })
    expect(open).toMatchObject({
      number: '2',
      decidedBy: '',
      decidedAt: '',
      steps: '',
      gives: 'VOLUME 100 units by 2026-12-01: OFFERED',
    })
  })
})

test('an export of discounts is in the audit log, and is never imported', async () => {
  const file = desk.path('d.csv')
  await desk.run('export', 'discounts', file)
  expect(await desk.rows('select action, after from audit_entries order by seq desc limit 1')).toEqual([
    { action: 'export.discounts', after: { rows: 2 } },
  ])
  const text = readFileSync(file, 'utf8')
  expect(text.startsWith('\ufeffnumber,account,')).toBe(true)
  expect(text).toContain(",'=cmd(),")
  expect(text).toContain(`,"'+competitor`)
  expect(await desk.run('import', 'discounts', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('discounts are only written'),
  })
})
