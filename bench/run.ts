// Measures the assistant beside the least that anybody could do, in one run: see docs/performance.md.
//   npm run bench                everything: an hour, 12 GB of disk, a PostgreSQL at BENCH_DATABASE_URL
//   npm run bench -- --quick     three minutes; fails when a ratio is far from what it should be
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { onPGlite, onPostgres } from './answers.ts'
import { drop, SERVER, urlOf, withClient } from './data/postgres.ts'
import { many } from './many.ts'
import { marksOf, type Reminded, type Results } from './marks.ts'
import type { Measured } from './measure.ts'
import { type Options, optionsFrom } from './options.ts'
import { databaseOf, launch, startLoad } from './processes.ts'
import { starts } from './start.ts'
import { answerRow, tablesOf } from './table.ts'

const print = (text: string) => void process.stdout.write(`${text}\n`)

/** How many times the floor's p50 each run usually takes; in a smoke test, far beyond what a noisy machine does to that fails. */
const USUAL: Readonly<Record<string, number>> = {
  exact: 2.5,
  typo: 4,
  ambiguous: 2.5,
  today: 5,
  meeting: 3.5,
  click: 7,
}
const MARGIN = 6

async function main(args: readonly string[]): Promise<void> {
  const options = optionsFrom(args)
  const results = await measured(options, `npm run bench -- ${args.join(' ')}`.trim())
  print(`\n${tablesOf(results)}`)
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ ...results, marks: marksOf(results) }, null, 1)}\n`)
  if (options.quick) judge(results)
}

async function measured(options: Options, command: string): Promise<Results> {
  const machine = await machineOf()
  const answers: Measured[] = []
  const told: Measured[] = []
  // What an hour has found is kept, whatever happens in the next.
  const tell = (one: Measured) => {
    print(answerRow(one).join('  '))
    told.push(one)
    if (options.json) writeFileSync(options.json, JSON.stringify({ machine, command, answers: told }))
  }
  const isWanted = (part: Options['parts'][number]) => options.parts.includes(part)
  const load = await startLoad()
  try {
    if (isWanted('postgresql'))
      for (const size of options.sizes) {
        answers.push(...(await onPostgres(load, options, size, tell)))
        if (!options.keep && size > 100_000) await drop(`kamerton_bench_${size}`)
      }
    if (isWanted('pglite'))
      for (const size of options.liteSizes) answers.push(...(await onPGlite(load, options, size, tell)))
    return {
      machine: { ...machine, 'load after': load1() },
      command,
      answers,
      reminders: isWanted('reminders') ? await reminded(options.reminders) : null,
      starts: isWanted('start') ? await starts(load) : [],
      many: isWanted('many') ? await many(load) : [],
    }
  } finally {
    load.end()
  }
}

/** A bare worker and the program's own, one after the other, each alone on an empty database. */
async function reminded(count: number): Promise<NonNullable<Results['reminders']>> {
  const one = async (name: string, argsFor: (url: string) => readonly string[]): Promise<Reminded> => {
    const database = `kamerton_bench_reminders_${process.pid}`
    await withClient(SERVER, (client) => client.query(`create database ${database}`))
    try {
      const url = urlOf(database)
      const child = await launch({
        args: argsFor(url),
        env: databaseOf({ url }, name),
        ready: /^{.*}$/m,
        port: 0,
      })
      await child.stop()
      return JSON.parse(/^{.*}$/m.exec(child.written())?.[0] ?? '') as Reminded
    } finally {
      await drop(database)
    }
  }
  return {
    floor: await one('floor', () => ['bench/floor/jobs.ts', String(count)]),
    kamerton: await one('kamerton', (url) => ['bench/reminders.ts', url, String(count)]),
  }
}

async function machineOf(): Promise<Record<string, string>> {
  const version = await withClient(SERVER, async (client) => {
    const { rows } = await client.query<{ version: string; buffers: string }>(
      `select current_setting('server_version') as version, current_setting('shared_buffers') as buffers`,
    )
    return `${rows[0]?.version} (shared_buffers ${rows[0]?.buffers})`
  })
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    'load before': load1(),
    Node: process.version,
    PostgreSQL: version,
    when: new Date().toISOString(),
  }
}

const load1 = () => (loadavg()[0] ?? 0).toFixed(1)

/** Ratios only: an absolute time says more about the machine than about us. */
function judge({ answers, reminders }: Results): void {
  const checks = answers
    .filter(({ run }) => run !== 'telegram')
    .map((one) => ({ ...one, most: (USUAL[one.run] ?? 1) * MARGIN }))
    .flatMap(({ run, inFlight, ratio, most }) => [
      { name: `${run}, ${inFlight} in flight: p50 beside the floor's`, passed: ratio.p50 <= most },
      {
        name: `${run}, ${inFlight} in flight: throughput beside the floor's`,
        passed: ratio.throughput >= 1 / most,
      },
    ])
  if (reminders)
    checks.push({
      name: 'every reminder was told once',
      passed: reminders.kamerton.count >= reminders.floor.count,
    })
  const failed = checks.filter(({ passed }) => !passed)
  for (const { name } of failed) print(`FAILED: ${name}`)
  print(`\n${checks.length - failed.length} passed, ${failed.length} failed`)
  keepCounts(checks.length - failed.length, failed.length)
  if (failed.length > 0) process.exitCode = 1
}

/** In CI each run leaves its counts behind, for .ci/run to add up. */
function keepCounts(numPassedTests: number, numFailedTests: number): void {
  if (!process.env['CI']) return
  const file = `.cache/results/bench-${process.pid}.json`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ numPassedTests, numFailedTests }))
}

await main(process.argv.slice(2))
