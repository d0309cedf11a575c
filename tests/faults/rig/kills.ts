import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { ended } from './post-mortem.ts'
import { isLong, noteDeath, rounds } from '../../support/figures.ts'
import type { Rig } from './rig.ts'
import { live, type Story } from './story.ts'

/** A kill point by name, or null for a moment of chance. */
export type Kill = string | null

export type Killed = Readonly<{
  stories: readonly Story[]
  /** How often the process died at each. */
  deaths: ReadonlyMap<string, number>
  /** Named points that nothing led to. */
  missed: readonly string[]
  /** From each start after a death until `/readyz` said so. */
  readyMs: readonly number[]
  /** The same of one that was begun before anybody died: what this machine takes for it today. */
  calmMs: number
}>

/** At least so many stories are under way when a process is to die; those that wait for a claim to run out not counted. */
const AT_ONCE = 3
/** When nobody came by in this time, another story begins. */
const NEXT_MS = 1_500
/** A point that nobody came by in this time was missed. */
const MISSED_MS = rounds(20_000, 180_000)
const CHANCE_MS = 800
/** After so many deaths the program lives until nearly everybody has got what they wait for. */
const REST_AFTER = 50
const MOST_REST_MS = 60_000

/** Lets people go on living while the process dies and is started again, and at the end lets everybody finish. */
export async function killAgainAndAgain(rig: Rig, kills: readonly Kill[]): Promise<Killed> {
  const living = livingOf(rig)
  const deaths = new Map<string, number>()
  const missed: string[] = []
  const readyMs: number[] = []
  rig.calm.since = null
  // One that ends in order leaves what Node has compiled to those that cannot.
  const calm = await rig.start()
  await calm.stop()
  for (const [at, kill] of kills.entries()) {
    if (at > 0 && at % REST_AFTER === 0) await rest(rig, living)
    const server = await rig.start(kill ? { FAULT_MOMENT: kill } : {})
    readyMs.push(server.readyMs)
    if (kill) server.arm()
    const armed = performance.now()
    const died = await someDie(living, server.ended, kill ? MISSED_MS : Math.random() * CHANCE_MS)
    if (!died) await server.kill()
    rig.death.last = new Date()
    noteDeath({ at: kill, died, readyMs: server.readyMs, waitedMs: performance.now() - armed })
    if (kill && !died) missed.push(kill)
    else deaths.set(kill ?? 'by chance', (deaths.get(kill ?? 'by chance') ?? 0) + 1)
  }
  const server = await rig.start()
  rig.calm.since = Date.now()
  readyMs.push(server.readyMs)
  const stories = await ended(rig, living.all())
  await server.stop()
  return { stories, deaths, missed, readyMs, calmMs: calm.readyMs }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * Within ten seconds, as promised, in the long form, which has the machine to itself. Beside other tests a start of any
 * kind takes what it takes, so there one after a death is compared with one before.
 */
export function expectReadySoon({ readyMs, calmMs }: Killed): void {
  expect(median(readyMs)).toBeLessThan(isLong ? 10_000 : 4 * calmMs)
}

/** For the report: how many died, and how soon the next was ready. */
export function inWords({ store }: Rig, how: string, { deaths, stories, readyMs }: Killed): string {
  const total = deaths.values().reduce((sum, count) => sum + count, 0)
  return (
    `${store.kind}: ${total} deaths (${how}) in ${stories.length} stories; ` +
    `ready again after ${median(readyMs).toFixed(0)} ms (median), ${Math.max(...readyMs).toFixed(0)} ms at most`
  )
}

/** Between the storms: what nobody asked for goes out at four a second, and whoever waits for it would be too many to watch. */
async function rest(rig: Rig, living: Living): Promise<void> {
  const server = await rig.start()
  for (const began = Date.now(); living.under() > AT_ONCE && Date.now() - began < MOST_REST_MS; )
    await pause(100)
  await server.kill()
  rig.death.last = new Date()
}

type Living = ReturnType<typeof livingOf>

function livingOf(rig: Rig) {
  const all: Promise<Story>[] = []
  let under = 0
  return {
    /** One more begins, and as many as are wanted beside each other. */
    more() {
      do {
        under += 1
        const story = live(rig, all.length).finally(() => (under -= 1))
        story.catch(() => undefined)
        all.push(story)
      } while (under < AT_ONCE)
    },
    /** How many are under way. */
    under: () => under,
    all: () => Promise.all(all),
  }
}

async function someDie(living: Living, death: Promise<unknown>, ms: number): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; ) {
    living.more()
    if (await inTime(death, Math.min(NEXT_MS, until - performance.now()))) return true
  }
  return false
}

async function inTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController()
  const late = pause(Math.max(ms, 0), false, { signal: over.signal }).catch(() => true)
  const done = await Promise.race([work.then(() => true), late])
  over.abort()
  return done
}
