import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, isLong, rounds } from '../support/figures.ts'
import { filled, isAbout, outcomeOf, plainly, sentence, stateOf } from './cells.ts'
import { type Asked, type Door, type Doors, openDoors } from './doors.ts'
import { PEOPLE, type Person, type Row, ROWS, type Stranger, STRANGERS, TABLE } from './table.ts'
import { openTargets, type Target } from './targets.ts'
import { ID_OF, layHouse, SECRETS } from './world.ts'

let database: Database
let doors: Doors
let lay: (target: Target) => Promise<string>

beforeAll(async () => {
  database = await emptyDatabase()
  await layHouse(database)
  const targets = await openTargets(database)
  lay = (target) => targets[target]()
  doors = await openDoors(database)
})

afterAll(async () => {
  figure(
    '6',
    `${count.cells} cells on 4 ways in, ${count.refused} of them refused, ${count.strangers} turned away`,
  )
  figure(
    'E-03',
    `${count.refused} refusals, each with the outcome of the table, nothing changed by any of them`,
  )
  await doors.close()
})

beforeEach(async () => {
  const { prisma } = database
  await prisma.discountRequest.deleteMany()
  await prisma.notice.deleteMany()
  await prisma.absence.deleteMany({ where: { id: { not: 'away-now' } } })
})

const count = { cells: 0, refused: 0, strangers: 0 }

/** What the act was answered with, on a chat where nothing else is open. */
async function heardOn(door: Door, who: Person | Stranger, asked: Asked): Promise<string | null> {
  const heard = await door.tries(who in ID_OF ? ID_OF[who as Person] : who, asked)
  if (heard !== null && door.name !== 'Slack' && door.name !== 'the console')
    await database.prisma.dialogue.deleteMany()
  return heard
}

/** In the short form each cell is tried on one of the ways in, in turn; in the long one on all of them. */
async function onDoors(
  row: Row,
  who: Person | Stranger,
  turn: number,
  act: (door: Door, heard: string) => Promise<void>,
  asked: () => Promise<Asked>,
): Promise<void> {
  const ways = row.isSilent ? doors.doors.filter(({ name }) => name === 'the console') : doors.doors
  const order = ways
    .map((_, index) => ways[(index + turn) % ways.length])
    .filter((door) => door !== undefined)
  for (const door of order) {
    const heard = await heardOn(door, who, await asked())
    if (heard === null) continue
    await act(door, heard)
    if (!isLong) return
  }
}

const mayNotKnow = (who: Person | Stranger) =>
  who in STRANGERS || who === 'colleague' || who === 'otherManager'

function expectNoSecret(who: Person | Stranger, heard: string): void {
  if (mayNotKnow(who)) expect(plainly(heard)).not.toMatch(SECRETS)
}

const TURNED_AWAY = (
  [
    'error.identity.noAccount',
    'error.identity.guest',
    'error.identity.bot',
    'error.identity.stranger',
    'link.welcome',
  ] as const
).map(sentence)

const audits = () => database.prisma.auditEntry.count()
const isPress = ({ by }: Row) => !('line' in by)

/** All that must be refused, with nothing changed in between: what the log must have by then, and what it has. */
async function tryRefused(row: Row, turn: number) {
  const real = await filled(row, lay)
  const missing = await filled(row, null)
  const before = await stateOf(database)
  const seq = await audits()
  let written = 0
  for (const [index, who] of PEOPLE.entries()) {
    const cell = row.cells[who]
    if (cell === 'yes') continue
    await onDoors(
      row,
      who,
      turn + index,
      async (door, heard) => {
        count.cells += 1
        count.refused += 1
        expectNoSecret(who, heard)
        const outcome = outcomeOf(heard)
        const at = `${who} on ${door.name}: ${heard}`
        if (cell === 'none') {
          const nothing = (await heardOn(door, who, missing)) ?? ''
          expect(plainly(heard), at).toBe(plainly(nothing))
          if (isPress(row) && outcome === 'gone') written += 2
        } else {
          expect(outcome, at).toBe(cell)
          written += 1
        }
      },
      async () => real,
    )
  }
  written += await tryStrangers(row, turn, real, missing)
  expect(await stateOf(database), 'what was refused has changed something').toBe(before)
  return { written, since: await database.prisma.auditEntry.findMany({ where: { seq: { gt: seq } } }) }
}

async function tryStrangers(row: Row, turn: number, real: Asked, missing: Asked): Promise<number> {
  const all = Object.keys(STRANGERS) as Stranger[]
  const tried = isLong ? all : all.filter((_, index) => index === turn % all.length)
  let written = 0
  for (const who of tried) {
    await onDoors(
      row,
      who,
      turn,
      async (door, heard) => {
        count.cells += 1
        count.strangers += 1
        const nothing = (await heardOn(door, who, missing)) ?? ''
        expect(plainly(heard), `${who} on ${door.name}`).toBe(plainly(nothing))
        expectNoSecret(who, heard)
        const isKnownHere = door.name === 'the console' && heard.startsWith('HTTP 404')
        expect(isKnownHere || TURNED_AWAY.some((words) => heard.includes(words)), heard).toBe(true)
        if (isPress(row) && ['Slack', 'Telegram'].includes(door.name)) written += 2
      },
      async () => real,
    )
  }
  return written
}

/** In the short form one of those who may, in turn. */
async function tryAllowed(row: Row, turn: number): Promise<boolean> {
  const may = PEOPLE.filter((who) => row.cells[who] === 'yes')
  const tried = isLong ? may : may.filter((_, index) => index === turn % may.length)
  let changed = false
  for (const [index, who] of tried.entries()) {
    let before = ''
    const asked = async () => {
      const fresh = await filled(row, lay)
      before = await stateOf(database, ['drafts'])
      return fresh
    }
    await onDoors(
      row,
      who,
      turn + index,
      async (door, heard) => {
        count.cells += 1
        expectNoSecret(who, heard)
        expect(outcomeOf(heard), `${who} on ${door.name}: ${heard}`).toBe('done')
        changed ||= (await stateOf(database, ['drafts'])) !== before
      },
      asked,
    )
  }
  return changed
}

const described = ({ command, by }: Row) => `${command} ${JSON.stringify(Object.values(by)[0])}`

describe.each(TABLE)('$shows $title', { timeout: rounds(60_000, 600_000) }, ({ rows }) => {
  it.each(rows.map((row) => [described(row), row] as const))('%s', async (_name, row) => {
    const turn = ROWS.indexOf(row)
    const { written, since } = await tryRefused(row, turn)
    expect(
      since.map(({ action }) => action).filter((action) => !/^(access|discount)\.refuse$/.test(action)),
    ).toEqual([])
    expect(since).toHaveLength(written)

    const changed = await tryAllowed(row, turn)
    const command = doors.commands.find(({ name }) => name === row.command)
    if (command?.effect === 'write' && isAbout(row.by) && row.cells.colleague !== 'yes' && !command.form)
      expect(changed).toBe(true)
  })
})

describe('all of it', () => {
  it('led to no error in the log, and the platforms refused nothing', () => {
    expect(doors.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
    expect([doors.slack.problems, doors.slack.refused, doors.slack.mentions, doors.telegram.refused]).toEqual(
      [[], [], [], []],
    )
  })
})
