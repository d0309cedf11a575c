import { Prisma } from '../../prisma/generated/client.ts'
import { reminderOn } from '../demo/follow-ups.ts'
import type { DemoData } from '../demo/rows.ts'
import type { Day } from '../domain/shared/day.ts'
import { promiseNotices } from './demo-notices.ts'

type Transaction = Prisma.TransactionClient

export async function addDemoPromises(tx: Transaction, { followUps }: DemoData): Promise<void> {
  await tx.followUp.createMany({
    data: followUps.map(({ repeat, dueOn, ...row }) => ({
      ...row,
      dueOn: new Date(`${dueOn}T00:00:00Z`),
      repeat: repeat ?? Prisma.DbNull,
    })),
  })
}

/**
 * Those that nobody touched get the dates and the reminder of the new day; the reminders of the old one that still wait
 * go. A demo that was laid before there were promises gets them.
 */
export async function moveDemoPromises(
  tx: Transaction,
  demo: DemoData,
  { from, to }: Readonly<{ from: Day; to: Day }>,
): Promise<void> {
  if ((await tx.followUp.count({ where: { id: { startsWith: 'demo-' } } })) === 0) {
    await addPlaces(tx, demo)
    return addDemoPromises(tx, demo)
  }
  const stale = demo.followUps.flatMap((one) =>
    promiseNotices({ ...one, reminder: reminderOn(from) }, new Date(0)),
  )
  await tx.notice.deleteMany({ where: { state: 'WAITING', key: { in: stale.map(({ key }) => key) } } })
  await tx.$executeRaw`
    update follow_ups t set due_on = n."dueOn", remind_at = n."remindAt", done_at = n."doneAt",
      created_at = n."createdAt", reminder = ${reminderOn(to)}
    from jsonb_to_recordset(${JSON.stringify(demo.followUps)}::jsonb)
      n (id text, status text, occurrence int, "dueOn" date, "remindAt" timestamptz, "doneAt" timestamptz, "createdAt" timestamptz)
    where t.id = n.id and t.status::text = n.status and t.occurrence = n.occurrence and t.reminder = ${reminderOn(from)}`
}

async function addPlaces(tx: Transaction, { accounts }: DemoData): Promise<void> {
  await tx.$executeRaw`
    update accounts t set latitude = n.latitude, longitude = n.longitude
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) n (id text, latitude float8, longitude float8)
    where t.id = n.id and t.latitude is null`
}
