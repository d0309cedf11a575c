import type { Act } from '../../src/commands/kit/invocation.ts'
import type { Database } from '../../src/db/client.ts'
import { ask, createCore, line, press, readReply, submit } from '../support/core.ts'
import type { Person } from './table.ts'
import { ID_OF, NAMES } from './world.ts'

export type Target = (typeof TARGETS)[number]
export const TARGETS = [
  'meeting',
  'planned',
  'past',
  'cancelled',
  'told',
  'promise',
  'theirs',
  'request',
  'asked',
  'countered',
  'broken',
  'commitment',
  'absence',
  'draft:followup',
  'draft:meeting',
  'draft:discount',
  'draft:away',
] as const

/** Lays rows that are as the program itself would have written them, each time fresh ones. */
export async function openTargets(database: Database) {
  const { prisma } = database
  const { dispatcher } = createCore(database)
  const does = async (who: Person, act: Act) => {
    const reply = await ask(dispatcher, ID_OF[who], act)
    if (reply.failed) throw new Error(readReply(reply))
    return readReply(reply)
  }
  let laid = 0
  const fresh = () => `01930000-0000-7000-8000-${String((laid += 1)).padStart(12, '0')}`
  const meeting = async (
    data: Readonly<{ status: 'HELD' | 'PLANNED' | 'CANCELLED'; day: string; at?: string }>,
  ) => {
    const id = fresh()
    await prisma.meeting.create({
      data: {
        id,
        accountId: 'copper',
        authorId: ID_OF.owner,
        kind: 'VISIT',
        status: data.status,
        day: new Date(data.day),
        startsAt: data.at ? new Date(data.at) : null,
        notes: 'talked of marzipan',
      },
    })
    return id
  }
  const promise = async (promisedBy: 'US' | 'CLIENT') => {
    const id = fresh()
    await prisma.followUp.create({
      data: {
        id,
        accountId: 'copper',
        ownerId: ID_OF.owner,
        authorId: ID_OF.owner,
        promisedBy,
        what: 'send the walrus papers',
        dueOn: new Date('2026-11-30'),
        remindAt: new Date('2026-11-30T06:00:00Z'),
      },
    })
    return id
  }
  const templates = await layTemplates(database, does)
  const request = async (of: keyof typeof templates.requests) => {
    const id = fresh()
    await copyRequest(database, templates.requests[of], id)
    return id
  }
  const draft = async (of: keyof typeof templates.drafts) => {
    const id = fresh()
    await prisma.draft.create({ data: { ...templates.drafts[of], id } })
    return id
  }
  const commitment = async (state: 'OPEN' | 'BROKEN') => {
    const requestId = await request('granted')
    const id = fresh()
    const of = { requestId, accountId: 'copper', kind: 'OTHER', what: 'walrus reference' } as const
    await prisma.clientCommitment.create({ data: { ...of, id, dueOn: new Date('2026-11-20'), state } })
    return state === 'OPEN' ? id : requestId
  }
  const absence = async () => {
    const id = fresh()
    const days = { startsOn: new Date('2027-03-01'), endsOn: new Date('2027-03-02') }
    await prisma.absence.create({ data: { id, userId: ID_OF.owner, substituteId: ID_OF.admin, ...days } })
    return id
  }
  const lay: Readonly<Record<Target, () => Promise<string>>> = {
    meeting: () => meeting({ status: 'HELD', day: '2026-11-20' }),
    planned: () => meeting({ status: 'PLANNED', day: '2026-11-25', at: '2026-11-25T09:00:00Z' }),
    past: () => meeting({ status: 'PLANNED', day: '2026-11-20' }),
    cancelled: () => meeting({ status: 'CANCELLED', day: '2026-11-20' }),
    async told() {
      const id = await meeting({ status: 'PLANNED', day: '2026-11-20' })
      await does('owner', press('meeting-outcome', { id, outcome: 'GOOD' }))
      return id
    },
    promise: () => promise('US'),
    theirs: () => promise('CLIENT'),
    request: () => request('pending'),
    asked: () => request('asked'),
    countered: () => request('countered'),
    broken: () => commitment('BROKEN'),
    commitment: () => commitment('OPEN'),
    absence,
    'draft:followup': () => draft('followup'),
    'draft:meeting': () => draft('meeting'),
    'draft:discount': () => draft('discount'),
    'draft:away': () => draft('away'),
  }
  return lay
}

type Does = (who: Person, act: Act) => Promise<string>

async function layTemplates({ prisma }: Database, does: Does) {
  const values = { account: 'copper', product: 'paper', price: '12%', reason: 'heliotrope', give: '' }
  const step = { s: '1.1' }
  const filed = async (then: (id: string) => Promise<unknown> = async () => undefined) => {
    const heard = await does('owner', submit('discount', values))
    const found = await prisma.discountRequest.findFirst({ where: { id: { notIn: ids } } })
    if (!found) throw new Error(`nothing was filed: ${heard}`)
    ids.push(found.id)
    await then(found.id)
    const row = await prisma.discountRequest.findUniqueOrThrow({ where: { id: found.id } })
    // Of two for the same the second would be asked about.
    await prisma.discountRequest.delete({ where: { id: row.id } })
    await prisma.notice.deleteMany({ where: { subject: row.id } })
    return row
  }
  const ids: string[] = []
  const requests = {
    pending: await filed(),
    asked: await filed((id) =>
      does('above', submit('discount-ask', { id, ...step, word: 'why heliotrope' })),
    ),
    countered: await filed((id) =>
      does('above', submit('discount-counter', { id, ...step, percent: '7', word: 'heliotrope margin' })),
    ),
    granted: await filed((id) => does('above', press('discount-approve', { id, ...step }))),
  }
  const drafted = async (said: string) => {
    const heard = await does('owner', line(said))
    const row = await prisma.draft.findFirst({ where: { ownerId: ID_OF.owner } })
    if (!row) throw new Error(`nothing was asked: ${heard}`)
    await prisma.draft.deleteMany()
    return { ...row, content: row.content as object, expiresAt: new Date('2026-12-23') }
  }
  const drafts = {
    followup: await drafted(`/followup ${NAMES.name[0]} call Quentin`),
    meeting: await drafted(`/meeting ${NAMES.name[0]} tomorrow at 10; next: call Quentin`),
    discount: await drafted(`/discount ${NAMES.name[0]} 12%`),
    away: await drafted('/away 3 March 2027 - 4 March 2027'),
  }
  return { requests, drafts }
}

type RequestRow = Awaited<ReturnType<Database['prisma']['discountRequest']['findUniqueOrThrow']>>

async function copyRequest({ prisma }: Database, template: RequestRow, id: string): Promise<void> {
  const { number: _number, body, ...row } = template
  const text = JSON.stringify(body).replaceAll(template.id, id)
  await prisma.discountRequest.create({ data: { ...row, id, body: JSON.parse(text) as object } })
}
