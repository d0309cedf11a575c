import { appendFileSync, mkdirSync } from 'node:fs'

const FOLDER = '.cache/faults'

/** The long form of the fault programme (`npm run test:faults`): more rounds of the same tests. */
export const isLong = process.env['FAULTS'] === 'long'

/** How often: the first number within `npm test`, the second in the long form. */
export const rounds = (short: number, long: number): number => (isLong ? long : short)

type Death = Readonly<{ at: string | null; died: boolean; readyMs: number; waitedMs: number }>

/** Of hours of kills one may want to see where they are, and at which points they wait. */
export function noteDeath(death: Death): void {
  mkdirSync(FOLDER, { recursive: true })
  appendFileSync(`${FOLDER}/deaths.jsonl`, `${JSON.stringify({ ...death, worker: process.pid })}\n`)
}

/** Notes what a test saw of a case, for the report of the long form; the last of a case and test counts. */
export function figure(id: string, seen: string): void {
  mkdirSync(FOLDER, { recursive: true })
  appendFileSync(
    `${FOLDER}/figures.jsonl`,
    `${JSON.stringify({ id, seen, form: isLong ? 'long' : 'short' })}\n`,
  )
}
