// Clicks that meet on one request, in two processes on a PostgreSQL: a thousand rounds of the double click and of approve
// against decline, a tenth of that of each other kind, and one outcome each.
//   npm run approvals:report -- postgresql://postgres@127.0.0.1:5432/postgres          in a database of its own there
//   npm run approvals:report -- postgresql://postgres@127.0.0.1:5432/postgres 100      another number of rounds
import { openDatabase } from '../src/db/client.ts'
import { DOUBLE, OPPOSED, OTHERS } from '../tests/races/kinds.ts'
import { figureLine, play } from '../tests/races/play.ts'
import { twoProcesses } from '../tests/races/runner.ts'
import { openScene } from '../tests/races/scene.ts'

const print = (text: string) => process.stdout.write(`${text}\n`)

async function main(server: string, rounds: number): Promise<number> {
  const admin = await openDatabase({ url: server })
  const name = `kamerton_races_${process.pid}`
  await admin.prisma.$executeRawUnsafe(`create database ${name}`)
  try {
    const url = new URL(server)
    url.pathname = `/${name}`
    return await report(url.href, rounds)
  } finally {
    await admin.prisma.$executeRawUnsafe(`drop database ${name} with (force)`)
    await admin.close()
  }
}

/** How much was not as it must be. */
async function report(url: string, rounds: number): Promise<number> {
  const database = await openDatabase({ url })
  await database.migrate()
  const scene = await openScene(database, rounds)
  const runner = await twoProcesses(url)
  let problems = 0
  try {
    for (const race of [DOUBLE, OPPOSED, ...OTHERS]) {
      const isMain = race === DOUBLE || race === OPPOSED
      const figures = await play(scene, runner, race, isMain ? rounds : Math.ceil(rounds / 10))
      problems += figures.problems.length
      print(figureLine(figures))
      for (const problem of figures.problems.slice(0, 5)) print(`  ${problem}`)
    }
  } finally {
    await runner.stop()
    await database.close()
  }
  return problems
}

const [server, rounds = '1000'] = process.argv.slice(2)
if (!server) {
  print('npm run approvals:report -- <postgres url> [rounds]')
  process.exitCode = 2
} else if ((await main(server, Number(rounds))) > 0) process.exitCode = 1
