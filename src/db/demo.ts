import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import { buildDemo } from '../demo/demo.ts'
import { addDemoDiscounts, moveDemoDiscounts, planDemoDiscounts } from './demo-discounts.ts'
import { planDemoNotices } from './demo-notices.ts'
import { addDemoPromises, moveDemoPromises } from './demo-promises.ts'
import type { DemoData } from '../demo/rows.ts'
import type { Day } from '../domain/shared/day.ts'

/** The row of `facts` that tells on which day the demo was laid, or last brought up to date. */
const LAID_ON = 'demo.day'
const DEMO_IDS = { startsWith: 'demo-' } as const
const TRANSACTION = { maxWait: 5_000, timeout: 30_000 }

const { sql } = Prisma

type Transaction = Prisma.TransactionClient

/** The day of the demo in this database, or null when there is none. */
export async function demoLoadedOn(prisma: Pick<PrismaClient, 'fact'>): Promise<Day | null> {
  const fact = await prisma.fact.findUnique({ where: { name: LAID_ON } })
  return fact?.value ?? null
}

/**
 * An empty database gets the demo team; one laid on an earlier day is moved to today; real data is left alone. With the
 * time its reminders are planned as well, one of them for soon, and so are the cards of what waits for a decision.
 */
export async function layDemo(prisma: PrismaClient, today: Day, now?: Date): Promise<void> {
  if (await demoLoadedOn(prisma)) await refreshDemo(prisma, today)
  else if ((await prisma.user.count()) === 0) await loadDemo(prisma, today)
  else return
  if (!now) return
  await prisma.$transaction(async (tx) => {
    await planDemoNotices(tx, today, now)
    await planDemoDiscounts(tx, today, now)
  }, TRANSACTION)
}

/** Lays the demo, whole or not at all. */
export async function loadDemo(prisma: PrismaClient, today: Day): Promise<void> {
  const demo = buildDemo(today)
  await prisma.$transaction(async (tx) => {
    await tx.fact.create({ data: { name: LAID_ON, value: today } })
    await addPeopleAndClients(tx, demo)
    await addBusiness(tx, demo)
  }, TRANSACTION)
}

async function addPeopleAndClients(tx: Transaction, demo: DemoData): Promise<void> {
  await tx.user.createMany({ data: [...demo.users] })
  await tx.absence.createMany({ data: demo.absences.map((row) => withDates(row, 'startsOn', 'endsOn')) })
  await tx.product.createMany({ data: [...demo.products] })
  await tx.account.createMany({ data: [...demo.accounts] })
  await tx.accountName.createMany({ data: [...demo.accountNames] })
  await tx.accountTeamMember.createMany({ data: [...demo.team] })
  await tx.contact.createMany({ data: [...demo.contacts] })
}

async function addBusiness(tx: Transaction, demo: DemoData): Promise<void> {
  const { deals, invoices, contracts, targets, meetings, attendees } = demo
  await tx.deal.createMany({ data: deals.map((row) => withDates(row, 'openedOn', 'expectedOn', 'closedOn')) })
  await tx.invoice.createMany({ data: invoices.map((row) => withDates(row, 'issuedOn', 'dueOn', 'paidOn')) })
  await tx.contract.createMany({ data: contracts.map((row) => withDates(row, 'startsOn', 'endsOn')) })
  await tx.target.createMany({ data: targets.map((row) => withDates(row, 'startsOn', 'endsOn')) })
  await tx.meeting.createMany({ data: meetings.map((row) => withDates(row, 'day')) })
  await tx.meetingAttendee.createMany({ data: [...attendees] })
  await addDemoPromises(tx, demo)
  await addDemoDiscounts(tx, demo)
}

/** Prisma takes a calendar day as the midnight of it in UTC. */
function withDates<Row, Key extends keyof Row>(row: Row, ...keys: readonly Key[]) {
  const dates = keys.map((key) => {
    const day = row[key]
    return [key, typeof day === 'string' ? new Date(`${day}T00:00:00Z`) : day]
  })
  return {
    ...row,
    ...(Object.fromEntries(dates) as { [K in Key]: null extends Row[K] ? Date | null : Date }),
  }
}

/**
 * Lays the dates of an older demo anew, as they would be if it were laid today, so that "tomorrow" is tomorrow
 * again and this year still stands to last year as told. It is no plain shift: plans belong to calendar years, and
 * meetings do not move to Sundays. What people did stays: their settings and links, what they added, and each row
 * whose state they changed (a meeting held or amended, a promise kept, a deal won, an invoice paid, a discount decided)
 * with its dates.
 */
export async function refreshDemo(prisma: PrismaClient, today: Day): Promise<void> {
  await prisma.$transaction(async (tx) => {
    // One row decides, so that of two processes that start together only one does the work.
    const laidOn = await demoLoadedOn(tx)
    if (!laidOn || laidOn >= today) return
    const older = await tx.fact.updateMany({
      where: { name: LAID_ON, value: laidOn },
      data: { value: today },
    })
    if (older.count === 0) return
    const demo = await asFarAsThere(tx, buildDemo(today))
    for (const statement of newDates(demo)) await tx.$executeRaw(statement)
    await moveDemoPromises(tx, demo, { from: laidOn, to: today })
    await moveDemoDiscounts(tx, demo, laidOn)
  }, TRANSACTION)
}

/** What a later release adds to the demo is only for clients that nobody has taken out of it. */
async function asFarAsThere(tx: Transaction, demo: DemoData): Promise<DemoData> {
  const there = new Set((await tx.account.findMany({ select: { id: true } })).map(({ id }) => id))
  const isThere = ({ accountId }: Readonly<{ accountId: string }>) => there.has(accountId)
  return { ...demo, followUps: demo.followUps.filter(isThere), discounts: demo.discounts.filter(isThere) }
}

const newDates = ({
  absences,
  deals,
  invoices,
  contracts,
  targets,
  meetings,
}: DemoData): readonly Prisma.Sql[] => [
  sql`update absences t set starts_on = n."startsOn", ends_on = n."endsOn"
    from jsonb_to_recordset(${JSON.stringify(absences)}::jsonb) n (id text, "startsOn" date, "endsOn" date)
    where t.id = n.id`,
  sql`update deals t set opened_on = n."openedOn", expected_on = n."expectedOn", closed_on = n."closedOn",
      amount = case when n.outcome = 'WON' then n.amount else t.amount end
    from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb)
      n (id text, outcome text, "openedOn" date, "expectedOn" date, "closedOn" date, amount numeric)
    where t.id = n.id and t.outcome::text = n.outcome`,
  sql`update invoices t set issued_on = n."issuedOn", due_on = n."dueOn", paid_on = n."paidOn"
    from jsonb_to_recordset(${JSON.stringify(invoices)}::jsonb)
      n (id text, "issuedOn" date, "dueOn" date, "paidOn" date, "paidAmount" numeric)
    where t.id = n.id and t.paid_amount = n."paidAmount" and (t.paid_on is null) = (n."paidOn" is null)`,
  sql`update contracts t set starts_on = n."startsOn", ends_on = n."endsOn"
    from jsonb_to_recordset(${JSON.stringify(contracts)}::jsonb) n (id text, "startsOn" date, "endsOn" date)
    where t.id = n.id`,
  sql`update targets t set starts_on = n."startsOn", ends_on = n."endsOn", amount = n.amount
    from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb)
      n (id text, "startsOn" date, "endsOn" date, amount numeric)
    where t.id = n.id`,
  sql`update meetings t set day = n.day, starts_at = n."startsAt", created_at = n."createdAt"
    from jsonb_to_recordset(${JSON.stringify(meetings)}::jsonb)
      n (id text, status text, day date, "startsAt" timestamptz, "createdAt" timestamptz)
    where t.id = n.id and t.status::text = n.status
      and not exists (select 1 from meeting_amendments where meeting_id = t.id)`,
]

/** Takes the demo out. What hangs on its people and clients goes with them; other clients and people stay. */
export async function removeDemo(prisma: PrismaClient): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.account.deleteMany({ where: { id: DEMO_IDS } })
    await tx.product.deleteMany({ where: { id: DEMO_IDS } })
    await tx.target.deleteMany({ where: { id: DEMO_IDS } })
    await tx.user.deleteMany({ where: { id: DEMO_IDS } })
    await tx.fact.deleteMany({ where: { name: LAID_ON } })
  }, TRANSACTION)
}
