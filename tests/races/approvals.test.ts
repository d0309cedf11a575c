import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds as runs } from '../support/figures.ts'
import { DOUBLE, OPPOSED, OTHERS, type Race } from './kinds.ts'
import { figureLine, play } from './play.ts'
import { oneProcess, type Runner, twoProcesses } from './runner.ts'
import { openScene, type Scene } from './scene.ts'

const server = process.env['TEST_DATABASE_URL']
const MANY = 1_000
const SOME = 40
const FEW = runs(20, 200)

let scene: Scene
let runner: Runner

/** What was not as it must be; says what came of it in one line. */
async function problemsOf(race: Race, rounds: number): Promise<readonly string[]> {
  const figures = await play(scene, runner, race, rounds)
  console.info(figureLine(figures))
  const [id = ''] = /^[A-H]-\d\d/.exec(race.name) ?? []
  if (id) figure(id, figureLine(figures))
  return figures.rounds === rounds ? figures.problems.slice(0, 10) : [`${figures.rounds} rounds only`]
}

describe.runIf(server)('two processes on one PostgreSQL, click against click', () => {
  beforeAll(async () => {
    const database = await emptyDatabase()
    scene = await openScene(database, MANY)
    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
    const url = new URL(server ?? '')
    url.pathname = `/${row?.name}`
    runner = await twoProcesses(url.href)
  })

  afterAll(() => runner.stop())

  it.each([DOUBLE, OPPOSED])(
    '$name: 1,000 rounds, one outcome each',
    async (race) => expect(await problemsOf(race, MANY)).toEqual([]),
    400_000,
  )
  it.each(OTHERS)(
    '$name: one outcome each',
    async (race) => expect(await problemsOf(race, SOME)).toEqual([]),
    120_000,
  )
})

describe.skipIf(server)('one process, everything at once', () => {
  beforeAll(async () => {
    const database = await emptyDatabase()
    scene = await openScene(database, FEW)
    runner = oneProcess(database)
  })

  it.each([DOUBLE, OPPOSED, ...OTHERS])(
    '$name: one outcome each',
    async (race) => expect(await problemsOf(race, race.few ?? FEW)).toEqual([]),
    400_000,
  )
})
