import { expect, test, vi } from 'vitest'
import { createIntake } from '../../../src/bots/telegram/intake.ts'
import { noteJournal } from '../../support/journal.ts'
import { memoryInbox } from './stage.ts'

const message = (id: number) => ({
  update_id: id,
  message: { message_id: id, date: 0, chat: { id: 501, type: 'private' }, text: `line ${id}` },
})

test('G-03 what is stored while older ones are in doubt is worked on with them, in its order, when that can be settled', async () => {
  const inbox = memoryInbox()
  const done: string[] = []
  const intake = createIntake({
    inbox,
    journal: noteJournal(),
    arrived: () => undefined,
    work: async ({ key }) => done.push(key) > 0,
  })
  await intake.recover()
  inbox.fail.storeAfterwards = 1
  await expect(intake.accept([message(1)])).rejects.toThrow('the answer is lost')
  inbox.fail.takeUp = 1
  // Telegram brings them again until they are confirmed; the second is stored by now and no longer new.
  await expect(intake.accept([message(1), message(2)])).rejects.toThrow('take up fails')
  await intake.accept([message(1), message(2)])
  await vi.waitUntil(() => done.length === 2)
  await intake.close()
  expect(done).toEqual(['1', '2'])
  expect(await inbox.unfinished()).toEqual([])
})
