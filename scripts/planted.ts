// Plants each mistake of tests/planted/mistakes.ts in a copy of the project and runs the tests that must find it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mistake, MISTAKES } from '../tests/planted/mistakes.ts'

const COPIED = [
  'src',
  'tests',
  'prisma',
  'scripts',
  'bench',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]
const LONGEST_MS = 300_000

const folder = mkdtempSync(join(tmpdir(), 'kamerton-planted-'))
try {
  for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const wanted = process.argv.slice(2).map(Number)
  const chosen = MISTAKES.filter((_, at) => wanted.length === 0 || wanted.includes(at + 1))
  const missed = chosen.filter((mistake) => !isFound(mistake))
  console.log(`\n${chosen.length - missed.length} of ${chosen.length} planted mistakes were found`)
  for (const { name } of missed) console.log(`NOT FOUND: ${name}`)
  process.exitCode = missed.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A run that does not end has found it as well: nobody would land that. */
function isFound({ name, file, find, replace, project, tests }: Mistake): boolean {
  const path = join(folder, file)
  const sound = readFileSync(path, 'utf8')
  if (sound.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`)
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  )
  const run = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--bail', '1', ...tests],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: LONGEST_MS,
      env: { ...process.env, CI: '', NO_COLOR: '1', FORCE_COLOR: '0' },
    },
  )
  writeFileSync(path, sound)
  const failing = /FAIL .*?tests\/\S+ > (.*)/.exec(run.stdout + run.stderr)?.[1]
  const found = run.status === null || (run.status !== 0 && failing !== undefined)
  console.log(`${found ? 'found    ' : 'NOT FOUND'}  ${name}${failing ? `\n           by: ${failing}` : ''}`)
  if (!found) console.log(run.stdout.slice(-1_500), run.stderr.slice(-500))
  return found
}
