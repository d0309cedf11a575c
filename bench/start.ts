import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { liteFolder, addressOf } from './answers.ts'
import { memoryOf } from './cpu.ts'
import { copyOf, drop } from './data/postgres.ts'
import type { Slice } from './load/orders.ts'
import { median } from './measure.ts'
import { type Child, type Load, type Place, startFloor, startKamerton } from './processes.ts'

export type Started = Readonly<{
  what: string
  /** Seconds from the start of the process to the first answer, the median of several starts. */
  firstAnswer: number
  /** Of the process when nothing has been asked for a while. */
  idleMb: number
}>

const ACCOUNTS = 1_000
const STARTS = 5
const IDLE_MS = 15_000

/** How long it takes until somebody is answered, and what a process holds while nobody asks. */
export async function starts(load: Load): Promise<Started[]> {
  const copy = await copyOf(ACCOUNTS)
  const folder = await mkdtemp(join(tmpdir(), 'kamerton-bench-'))
  try {
    await cp(await liteFolder(ACCOUNTS), folder, { recursive: true })
    // The first start on a folder also makes the queue's tables.
    await (await startKamerton({ folder }, load.address)).stop()
    return [
      await startOf('floor on PostgreSQL', () => startFloor('slack', copy, load.address), load),
      await startOf('Kamerton on PostgreSQL', () => startKamerton(copy, load.address), load),
      await startOf(
        'Kamerton on PGlite',
        () => startKamerton({ folder } satisfies Place, load.address),
        load,
      ),
    ]
  } finally {
    await drop(copy.name)
    await rm(folder, { recursive: true, force: true })
  }
}

async function startOf(what: string, start: () => Promise<Child>, load: Load): Promise<Started> {
  const seconds: number[] = []
  let idleMb = 0
  for (let turn = 0; turn < STARTS; turn += 1) {
    const began = performance.now()
    const child = await start()
    await firstAnswer(load, child, what.startsWith('floor') ? 'floor' : 'kamerton')
    seconds.push((performance.now() - began) / 1_000)
    if (turn === STARTS - 1) {
      await pause(IDLE_MS)
      idleMb = memoryOf(child.pid).nowMb
    }
    await child.stop()
  }
  return { what, firstAnswer: median(seconds), idleMb }
}

async function firstAnswer(load: Load, child: Child, side: Slice['side']): Promise<void> {
  const url = `${addressOf(child)}/slack/events`
  const slice: Slice = { side, run: 'exact', url, accounts: ACCOUNTS, inFlight: 1, ms: 10_000, most: 1 }
  const { wrong } = await load.run(slice)
  if (wrong[0]) throw new Error(wrong[0])
}
