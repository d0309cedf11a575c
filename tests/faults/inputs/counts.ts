import { rounds } from '../../support/figures.ts'

/** How many inputs of each kind: in `npm test`, and in the long form, where they are a million in all. */
const COUNTS = {
  lines: [2_500, 670_000],
  dispatched: [60, 8_000],
  presses: [4_000, 100_000],
  updates: [2_500, 110_000],
  delivered: [300, 10_000],
  payloads: [300, 12_000],
  bodies: [300, 10_000],
  records: [2_500, 68_000],
  csvFiles: [150, 8_000],
  workbooks: [80, 4_000],
} as const

export const LONG_TOTAL = Object.values(COUNTS).reduce((sum, [, long]) => sum + long, 0)

export function countOf(kind: keyof typeof COUNTS): number {
  const [short, long] = COUNTS[kind]
  return rounds(short, long)
}
