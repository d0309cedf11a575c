import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ALL_CASES } from '../tests/faults/catalogue/all.ts'
import { report, type Seen } from '../tests/faults/catalogue/report.ts'

const USAGE = `npm run test:faults                      every case in its long form, and the report
npm run test:faults -- --only E-07       one case (or several: --only E-07,E-08), by its id
npm run test:faults -- --short           the same tests as \`npm test\` runs them
npm run test:faults -- --kills           25 deaths at each point and 1,000 by chance: two hours, on both databases at once
npm run test:faults -- --load            ten minutes of 30 + 30 updates a second, a burst of 3,000, one who floods, a stop
npm run test:faults -- --planted         plants fifteen mistakes one by one: each must be found
npm run test:faults -- --report          only writes docs/reliability.md from what was seen last
With TEST_DATABASE_URL=postgresql://… everything runs on PostgreSQL, without it on PGlite.`

const FIGURES = '.cache/faults/figures.jsonl'
const DOC = 'docs/reliability.md'
const VITEST = 'node_modules/vitest/vitest.mjs'

const args = process.argv.slice(2)
const has = (name: string) => args.includes(`--${name}`)
const only = args[args.indexOf('--only') + 1]?.split(',') ?? []

if (has('help')) console.log(USAGE)
else if (has('planted')) process.exitCode = planted()
else if (has('report')) writeReport()
else if (has('load')) process.exitCode = run(['run', '--project', 'load'], { FAULTS: 'long' })
else if (has('kills')) process.exitCode = await kills()
else process.exitCode = main()

function main(): number {
  const ids = has('only') ? only : ALL_CASES.filter((one) => !one.not).map(({ id }) => id)
  const unknown = ids.filter((id) => !ALL_CASES.some((one) => one.id === id))
  if (unknown.length > 0) {
    console.error(`no such case: ${unknown.join(', ')}\n\n${USAGE}`)
    return 2
  }
  const form = has('short') ? {} : { FAULTS: 'long' }
  if (!has('only')) rmSync(FIGURES, { force: true })
  const titled = `\\b(${ids.join('|')})\\b`
  const projects = ['unit', 'db', 'faults', 'load'].flatMap((name) => ['--project', name])
  const files = filesNaming(ids)
  // With no file named, all would be looked into.
  const code = files.length === 0 ? 0 : run(['run', ...projects, ...files, '-t', titled], form)
  if (!has('only')) writeReport()
  console.log(
    report(
      ALL_CASES.filter(({ id }) => ids.includes(id)),
      seen(),
    ),
  )
  return code
}

/** A start costs a second of processor, so that so many do not fit into an hour beside the rest. */
async function kills(): Promise<number> {
  const { TEST_DATABASE_URL: server, ...rest } = process.env
  const all = { ...rest, FAULTS: 'long', FAULT_EACH: '25', FAULT_CHANCE: '1000' }
  const databases = server ? [{}, { TEST_DATABASE_URL: server }] : [{}]
  const vitest = [VITEST, 'run', '--project', 'faults', '--maxWorkers', '1', 'tests/faults/g-kills']
  const codes = databases.map(async (database) => {
    const child = spawn(process.execPath, vitest, { stdio: 'inherit', env: { ...all, ...database } })
    const [code] = await once(child, 'exit')
    return typeof code === 'number' ? code : 1
  })
  return Math.max(...(await Promise.all(codes)))
}

function planted(): number {
  return spawnSync(process.execPath, ['scripts/planted.ts'], { stdio: 'inherit' }).status ?? 1
}

function run(vitest: readonly string[], env: Readonly<Record<string, string>>): number {
  const { status } = spawnSync(process.execPath, [VITEST, ...vitest], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return status ?? 1
}

/** Only those that name one of the cases, or stand beside a table that does: to look into all others takes minutes. */
function filesNaming(ids: readonly string[]): readonly string[] {
  const all = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  const naming = all.filter((path) =>
    ids.some((id) => readFileSync(join('tests', path), 'utf8').includes(`${id} `)),
  )
  const folders = new Set(naming.filter((path) => !path.endsWith('.test.ts')).map((path) => dirname(path)))
  return all
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => naming.includes(path) || folders.has(dirname(path)))
    .map((path) => join('tests', path))
}

function seen(): readonly Seen[] {
  if (!existsSync(FIGURES)) return []
  const lines = readFileSync(FIGURES, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Seen)
}

function writeReport(): void {
  const text = readFileSync(DOC, 'utf8')
  const [before = '', after = ''] = [text.split('<!-- cases -->')[0], text.split('<!-- end of cases -->')[1]]
  writeFileSync(DOC, `${before}<!-- cases -->\n\n${report(ALL_CASES, seen())}\n<!-- end of cases -->${after}`)
}
