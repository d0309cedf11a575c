import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { loadPeopleAndClients, useDesk } from '../../imports/desk.ts'

const desk = useDesk()

beforeEach(async () => {
  await loadPeopleAndClients(desk)
  await desk.load('meetings', 'id,account_id,date,time\nM1,A1,2026-12-01,10:00\n')
  await desk.rows(`update meetings set ends_at = starts_at + interval '1 hour' returning id`)
})

/** In Berlin's winter, as the desk reads it. */
const moment = async () => {
  const of = (column: string) => `to_char(${column} at time zone 'Europe/Berlin', 'MM-DD HH24:MI')`
  const [row] = await desk.rows(
    `select concat_ws(' ', day, ${of('starts_at')}, ${of('ends_at')}) as all from meetings`,
  )
  return row?.['all']
}

test.each([
  ['date,time', '2026-12-01,15:00', '2026-12-01 12-01 15:00 12-01 16:00'],
  ['date,time', '2026-12-01,08:00', '2026-12-01 12-01 08:00 12-01 09:00'],
  ['date,time', '2026-12-03,10:00', '2026-12-03 12-03 10:00 12-03 11:00'],
  ['date', '2026-12-01 17:30', '2026-12-01 12-01 17:30 12-01 18:30'],
  ['date', '2026-12-04', '2026-12-04'],
  ['date,starts_at', '2026-12-02,2026-12-02T22:30:00Z', '2026-12-02 12-02 23:30 12-03 00:30'],
  ['starts_at', '2026-12-01T12:00:00Z', '2026-12-01 12-01 13:00 12-01 14:00'],
  ['notes', 'hello', '2026-12-01 12-01 10:00 12-01 11:00'],
])('a file with %s of "%s" moves the end with the start', async (columns, cells, after) => {
  const answer = await desk.load('meetings', `id,${columns}\nM1,${cells}\n`)
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(await moment()).toBe(after)
  expect((await desk.load('meetings', `id,${columns}\nM1,${cells}\n`)).out).toContain('nothing changed')
})

const BOTH =
  'is not the day of startsAt: change both, or leave startsAt empty and write the time with the day'

test.each([
  ['date,starts_at', '2026-12-02,2026-12-01T09:00:00Z', `line 2, column "date": "2026-12-02" ${BOTH}`],
  ['date,starts_at', '2026-11-30,2026-12-01T09:00:00Z', BOTH],
  ['date,starts_at', '2026-12-01,2026-12-02T09:00:00Z', BOTH],
  ['starts_at', '2026-12-02T09:00:00Z', 'is on another day than the meeting: add a column with its day'],
  ['time', '15:00', 'line 2, column "time": "15:00" needs a day: add a column with it'],
])('a file with %s of "%s" is refused', async (columns, cells, reason) => {
  const answer = await desk.load('meetings', `id,${columns}\nM1,${cells}\n`)
  expect(answer.code).toBe(1)
  expect(answer.err).toContain(reason)
  expect(await moment()).toBe('2026-12-01 12-01 10:00 12-01 11:00')
})

test('a new meeting starts on its day, wherever that is', async () => {
  const load = (day: string, startsAt: string) =>
    desk.load('meetings', `id,account_id,date,starts_at\nM2,A1,${day},${startsAt}\n`, '--dry-run')
  for (const startsAt of ['2026-12-02T23:00:00Z', '2026-12-04T06:00:00Z'])
    expect(await load('2026-12-03', startsAt), startsAt).toMatchObject({ code: 0 })
  for (const startsAt of ['2026-12-02T09:00:00Z', '2026-12-04T12:00:00Z'])
    expect((await load('2026-12-03', startsAt)).err, startsAt).toContain(BOTH)
})

test('what an older version left on two days is mended by a file that has one', async () => {
  await desk.rows(`update meetings set day = '2026-12-02' returning id`)
  const answer = await desk.load('meetings', 'id,date,starts_at\nM1,2026-12-02,2026-12-02T09:00:00Z\n')
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(await moment()).toBe('2026-12-02 12-02 10:00 12-02 11:00')
})

test('an exported file comes back as it was, also of a meeting in another zone; its day alone does not move', async () => {
  await desk.rows(`update meetings set day = '2026-12-02', starts_at = '2026-12-01T20:00:00Z',
    ends_at = '2026-12-01T21:00:00Z' returning id`)
  expect(await desk.run('export', 'meetings', desk.path('out.csv'))).toMatchObject({ code: 0 })
  const exported = readFileSync(desk.path('out.csv'), 'utf8')
  expect((await desk.load('meetings', exported)).out).toContain('nothing changed')
  const dayAlone = await desk.load('meetings', exported.replace('2026-12-02', '2026-12-03'))
  expect(dayAlone.err).toContain(BOTH)
  const both = exported.replace('2026-12-02', '2026-12-03').replace('2026-12-01T', '2026-12-02T')
  expect(await desk.load('meetings', both)).toMatchObject({ code: 0, err: '' })
  expect(await moment()).toBe('2026-12-03 12-02 21:00 12-02 22:00')
})
