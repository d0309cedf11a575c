import { expect, test } from 'vitest'
import { ask, createCore, submit } from '../../support/core.ts'
import { useDesk } from '../../imports/desk.ts'

const desk = useDesk()

const users = (kim: string, olga: string) =>
  `email,name,role,time_zone\nkim@example.com,Kim,KAM,${kim}\nolga@example.com,Olga,KAM,${olga}\n`

async function promiseOf(email: string): Promise<void> {
  const { id } = await desk.database().prisma.user.findUniqueOrThrow({ where: { email } })
  const { dispatcher } = createCore(desk.database())
  await ask(dispatcher, id, submit('followup', { what: 'send the quote', when: '27.11.2026 10:00' }))
}

const waiting = () =>
  desk.rows(`select u.email, n.number, to_char(n.due_at, 'HH24:MI') as due from notices n join users u on u.id = n.person_id
    where n.state = 'WAITING' order by 1`)

test('an import that moves people to another zone moves their reminders, and a dry run does not', async () => {
  await desk.load('users', users('Europe/Moscow', 'Europe/Moscow'))
  await promiseOf('kim@example.com')
  await promiseOf('olga@example.com')
  const olga = { email: 'olga@example.com', number: 1, due: '07:00' }
  const before = [{ email: 'kim@example.com', number: 1, due: '07:00' }, olga]
  expect(await waiting()).toEqual(before)
  await desk.load('users', users('Asia/Tokyo', 'Europe/Moscow'), '--dry-run')
  expect(await waiting()).toEqual(before)
  const answer = await desk.load('users', users('Asia/Tokyo', 'Europe/Moscow'))
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(await waiting()).toEqual([{ email: 'kim@example.com', number: 2, due: '01:00' }, olga])
  // Without a zone of their own they live where the program does.
  await desk.load('users', users('', 'Europe/Moscow'))
  expect(await waiting()).toEqual([{ email: 'kim@example.com', number: 3, due: '09:00' }, olga])
})
