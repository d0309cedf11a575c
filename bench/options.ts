import { parseArgs } from 'node:util'
import type { RunName } from './load/orders.ts'

const RUNS: readonly RunName[] = ['exact', 'typo', 'ambiguous', 'today', 'meeting', 'telegram', 'click']
const PARTS = ['postgresql', 'pglite', 'reminders', 'start', 'many'] as const
type Part = (typeof PARTS)[number]

export type Options = Readonly<{
  quick: boolean
  sizes: readonly number[]
  liteSizes: readonly number[]
  runs: readonly RunName[]
  parts: readonly Part[]
  json: string | null
  keep: boolean
  slices: number
  ms: number
  reminders: number
}>

const HELP = `npm run bench -- [--quick] [--sizes 1000,100000,1000000] [--lite-sizes 1000,100000] [--only ${[...PARTS, ...RUNS].join(',')}]
               [--slices 5] [--ms 2000] [--json file] [--keep]`

const QUICK = {
  sizes: [1_000],
  liteSizes: [],
  parts: ['postgresql', 'reminders'],
  slices: 3,
  ms: 700,
  reminders: 2_000,
} as const
const WHOLE = {
  sizes: [1_000, 100_000, 1_000_000],
  liteSizes: [1_000, 100_000],
  parts: PARTS,
  slices: 5,
  ms: 2_000,
  reminders: 20_000,
} as const

/** What is not said is as it is for a whole measurement, or for a quick one. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      'lite-sizes': { type: 'string' },
      only: { type: 'string' },
      slices: { type: 'string' },
      ms: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const usual = values.quick ? QUICK : WHOLE
  const only = values.only?.split(',') ?? []
  const unknown = only.filter((name) => !isIn(RUNS, name) && !isIn(PARTS, name))
  if (unknown.length > 0) throw new Error(`--only: there is no ${unknown.join(', ')}\n${HELP}`)
  const runs = RUNS.filter((name) => only.includes(name))
  const parts = PARTS.filter((name) => only.includes(name))
  return {
    quick: values.quick,
    keep: values.keep,
    json: values.json ?? null,
    sizes: numbers(values.sizes) ?? usual.sizes,
    liteSizes: numbers(values['lite-sizes']) ?? usual.liteSizes,
    runs: runs.length > 0 ? runs : RUNS,
    // Who names a run and no part means the databases.
    parts: parts.length > 0 ? parts : runs.length > 0 ? ['postgresql', 'pglite'] : usual.parts,
    slices: numbers(values.slices)?.[0] ?? usual.slices,
    ms: numbers(values.ms)?.[0] ?? usual.ms,
    reminders: usual.reminders,
  }
}

const isIn = (names: readonly string[], name: string) => names.includes(name)

function numbers(text: string | undefined): readonly number[] | null {
  if (text === undefined) return null
  const found = text
    .split(',')
    .filter((part) => part !== '')
    .map(Number)
  if (!found.every((one) => Number.isInteger(one) && one > 0)) throw new Error(`no numbers: ${text}\n${HELP}`)
  return found
}
