// One of the processes of a race: `node worker.ts <postgres url>`, told what to do by its parent (see runner.ts).
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../src/db/client.ts'
import { hearing } from './click.ts'
import type { Done, Order } from './runner.ts'

/** A timer is a few milliseconds late; the rest is waited for by looking at the clock. */
const LOOK_MS = 3

async function until(moment: number): Promise<void> {
  const left = moment - Date.now()
  if (left > LOOK_MS) await pause(left - LOOK_MS)
  while (performance.timeOrigin + performance.now() < moment);
}

const database = await openDatabase({ url: process.argv[2] ?? '' })
const hear = hearing(database)

async function carryOut({ number, startAt, clicks }: Order): Promise<Done> {
  const heard = clicks.map(async (click) => {
    await until(startAt + click.afterMs)
    return hear(click)
  })
  return { number, heard: await Promise.all(heard) }
}

async function answer(order: Order): Promise<void> {
  const done = await carryOut(order)
  process.send?.(done)
}

process.on('message', (order: Order) => void answer(order))
process.once('disconnect', () => void database.close())
await database.ping()
process.send?.('ready')
