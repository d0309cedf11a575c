import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { figure } from '../support/figures.ts'
import { layFirstRelease } from '../support/first-release.ts'
import { freshDatabase } from '../support/fresh-database.ts'
import { type Program, startProgram, temporaryFolder } from '../support/program.ts'

const server = process.env['TEST_DATABASE_URL']

let folder: ReturnType<typeof temporaryFolder>
const programs: Program[] = []

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  for (const { child } of programs) child.kill('SIGKILL')
  await Promise.all(programs.splice(0).map(({ ended }) => ended))
  folder.remove()
})

type Place = Readonly<{ DATA_DIR: string } | { DATABASE_URL: string }>

const inFolder = (name: string): Place => ({ DATA_DIR: join(folder.path, name) })

function start(args: readonly string[], place: Place): Program {
  const program = startProgram(args, { ...place, PORT: '0', CONSOLE: 'demo', LOG_LEVEL: 'warn' })
  programs.push(program)
  return program
}

async function command(place: Place, ...args: readonly string[]): Promise<string> {
  const program = start(args, place)
  const code = await program.ended
  expect(code, program.written()).toBe(0)
  return program.written()
}

async function serve(place: Place): Promise<Readonly<{ program: Program; address: string }>> {
  const program = start(['serve'], place)
  const [, address = ''] = await program.says(/open (http:\/\/\S+)/)
  return { program, address }
}

async function stop({ child, ended }: Program): Promise<void> {
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
}

/** What somebody types in the console, and what they read. */
async function say(address: string, person: string, text: string): Promise<string> {
  const response = await fetch(`${address}/api/people/${person}/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ key: crypto.randomUUID(), act: { kind: 'line', text } }),
  })
  expect(response.status).toBe(200)
  return response.text()
}

/** Backs a program up while two people write, and returns how many promises they had an answer for before. */
async function backUpUnderWrites(
  place: Place,
  file: string,
  atTheEnd: () => Promise<void> = async () => undefined,
): Promise<number> {
  const { program, address } = await serve(place)
  const over = new AbortController()
  let written = 0
  const write = async (person: string, account: string) => {
    while (!over.signal.aborted) {
      const answer = await say(address, person, `/followup ${account} 24.12.2030 10:00 promise`)
      expect(answer).toContain('promise')
      written += 1
    }
  }
  const writers = Promise.all([write('demo-user-anna', 'Ромашка'), write('demo-user-anna', 'Литера')])
  await expect.poll(() => written, { timeout: 60_000 }).toBeGreaterThan(5)
  const before = written
  const said = await command(place, 'backup', file)
  expect(said).toContain('and read back')
  const during = written - before
  over.abort()
  await writers
  await atTheEnd()
  figure('8', `the real program answered ${during} people more while it was backed up`)
  await stop(program)
  return before
}

/** Nobody comes in who cannot read the key in the folder, and that is for its owner alone. */
async function knockAtSideDoor(key: string): Promise<void> {
  expect(statSync(key).mode & 0o077).toBe(0)
  const { address, token } = JSON.parse(readFileSync(key, 'utf8')) as { address: string; token: string }
  expect(new URL(address).hostname).toBe('127.0.0.1')
  const asked = async (authorization: string) =>
    (await fetch(`${address}/backup`, { headers: { authorization } })).status
  expect(await asked('')).toBe(401)
  expect(await asked(`Bearer ${token.replace(/^./, (first) => (first === '0' ? '1' : '0'))}`)).toBe(401)
  expect(await asked(`Bearer ${token}`)).toBe(200)
}

/** Another house, in which the program lives on from this file. */
async function liveOn(place: Place, file: string, atLeast: number): Promise<void> {
  const said = await command(place, 'restore', file)
  expect(said).toContain('and compared with the backup')
  expect(said).toContain('the audit log is whole')
  const database = await openDatabase(
    'DATA_DIR' in place ? { folder: place.DATA_DIR } : { url: place.DATABASE_URL },
  )
  const promises = await database.prisma.followUp.count({ where: { what: 'promise' } })
  const entries = await database.prisma.auditEntry.count({ where: { action: 'followup.add' } })
  await database.close()
  expect(promises).toBeGreaterThanOrEqual(atLeast)
  expect(entries).toBe(promises)
  const { program, address } = await serve(place)
  expect(await say(address, 'demo-user-anna', '/account Ромашка')).toContain('ООО «Ромашка»')
  await stop(program)
}

describe('G-10 the real program on its data folder', () => {
  it('G-09 starts on what the first release left, is backed up at work, and lives on in another house', async () => {
    const old = join(folder.path, 'old')
    const first = await openDatabase({ folder: old })
    await layFirstRelease(first)
    await first.close()
    const file = join(folder.path, 'it.backup')
    const key = join(old, 'side-door.json')
    const written = await backUpUnderWrites(inFolder('old'), file, () => knockAtSideDoor(key))
    expect(existsSync(key)).toBe(false)
    await liveOn(inFolder('new'), file, written)
  })
})

describe.runIf(server)('G-10 the real program on PostgreSQL', () => {
  it('is backed up at work, and moves house: into a folder and back', async () => {
    const [from, to] = [await freshDatabase(), await freshDatabase()]
    const placeOf = ({ database: { place } }: typeof from): Place => {
      if (!('url' in place)) throw new Error('this test is for PostgreSQL')
      return { DATABASE_URL: place.url }
    }
    try {
      const file = join(folder.path, 'it.backup')
      const written = await backUpUnderWrites(placeOf(from), file)
      expect(written).toBeGreaterThan(5)
      await liveOn(inFolder('moved'), file, written)
      const back = join(folder.path, 'back.backup')
      await command(inFolder('moved'), 'backup', back)
      await liveOn(placeOf(to), back, written)
    } finally {
      await Promise.all([from.close(), to.close()])
    }
  })
})
