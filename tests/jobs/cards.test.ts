import { beforeEach, describe, expect, it, vi } from 'vitest'
import { plain } from '../../src/commands/kit/view.ts'
import { cards, LEASE_MS } from '../../src/db/cards.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import type { Words } from '../../src/jobs/delivery-parts.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { addCopy, addRequest, moveTo } from '../support/copies.ts'
import { emptyDatabase } from '../support/database.ts'
import { createStage, link, plan, type Stage, testWords } from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  for (const person of ['max', 'dana', 'anna'])
    await link(database, person, { platform: 'SLACK' }, { platform: 'TELEGRAM' })
  stage = createStage(database)
  await addRequest(database, 'q1')
})

const PLATFORMS = ['SLACK', 'TELEGRAM', 'CONSOLE'] as const

/** Cards that say which request and version they show, and to whom; none for whoever is in `unseen`. */
function cardWords(unseen: readonly string[] = []): Words {
  return {
    ...testWords().words,
    composeCard: async (_context, { subject, to }) => {
      const found = await database.prisma.discountRequest.findUnique({ where: { id: subject } })
      if (!found || unseen.includes(to.id)) return null
      const { version } = found
      return { version, view: [{ kind: 'text', text: plain(`${subject} v${version} for ${to.id}`) }] }
    },
  }
}

const process = (parts: Parameters<Stage['process']>[0] = {}) =>
  stage.process({ words: cardWords(), platforms: PLATFORMS, ...parts })
const row = (key: string) => database.prisma.notice.findUniqueOrThrow({ where: { key } })
const shown = () => stage.edited.map(({ message, words }) => `${message}: ${words.join()}`).toSorted()

/** One request in three chats: with two who decide and the one who asked. */
async function threeCopies(): Promise<void> {
  await addCopy(database, 'slack', { personId: 'max' })
  await addCopy(database, 'telegram', { personId: 'dana', platform: 'TELEGRAM', kind: 'nudge' })
  await addCopy(database, 'console', { personId: 'anna', platform: 'CONSOLE', kind: 'discount' })
}

describe('copies of one card', () => {
  it('are edited wherever they stand, once, when their request has moved', async () => {
    await threeCopies()
    const jobs = process()
    await jobs.deliverDue()
    expect(stage.edited).toEqual([])
    await moveTo(database, 'q1', 2)
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(stage.edited.toSorted((a, b) => (a.platform < b.platform ? -1 : 1))).toEqual([
      { platform: 'CONSOLE', to: 'anna', message: 'console', words: ['q1 v2 for anna'] },
      { platform: 'SLACK', to: 'slack-max', message: 'slack', words: ['q1 v2 for max'] },
      { platform: 'TELEGRAM', to: 'telegram-dana', message: 'telegram', words: ['q1 v2 for dana'] },
    ])
    expect(stage.sent).toEqual([])
    expect((await row('slack')).number).toBe(2)
  })

  it('are edited once by any number of processes at a time', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    await Promise.all([1, 2, 3].map(() => process().deliverDue()))
    expect(shown()).toEqual(['console: q1 v2 for anna', 'slack: q1 v2 for max', 'telegram: q1 v2 for dana'])
  })

  it('of one platform that puts us off wait as long as it says and hold up no other', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    stage.edits.set('SLACK', () => ({ kind: 'later', afterMs: 3_000, reason: 'ratelimited' }))
    const jobs = process()
    await jobs.deliverDue()
    expect(shown()).toEqual(['console: q1 v2 for anna', 'telegram: q1 v2 for dana'])
    stage.edits.clear()
    stage.later(2_999)
    await jobs.deliverDue()
    expect(stage.edited).toHaveLength(2)
    await moveTo(database, 'q1', 3)
    stage.later(1)
    await jobs.deliverDue()
    expect(shown()).toContain('slack: q1 v3 for max')
  })

  it('one that never answers holds up no other', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    stage.edits.set('TELEGRAM', () => new Promise(() => undefined))
    void process().deliverDue()
    await vi.waitFor(
      () => expect(shown()).toEqual(['console: q1 v2 for anna', 'slack: q1 v2 for max']),
      20_000,
    )
  })

  it('one that is gone is left alone from then on', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    let asked = 0
    stage.edits.set('SLACK', () => {
      asked += 1
      return { kind: 'gone', reason: 'message_not_found' }
    })
    const jobs = process()
    await jobs.deliverDue()
    stage.later(LEASE_MS)
    await moveTo(database, 'q1', 3, stage.clock.now)
    await jobs.deliverDue()
    expect(asked).toBe(1)
    expect(await row('slack')).toMatchObject({ message: null, error: 'message_not_found' })
  })

  it('an edit that throws is tried again with patience', async () => {
    await addCopy(database, 'slack')
    await moveTo(database, 'q1', 2)
    stage.edits.set('SLACK', () => {
      throw new Error('a mistake')
    })
    const jobs = process()
    await jobs.deliverDue()
    expect(stage.journal.notes.map(({ text }) => text)).toContain('an edit broke its word')
    stage.edits.clear()
    stage.later(1_000)
    await jobs.deliverDue()
    expect(shown()).toEqual(['slack: q1 v2 for max'])
  })
})

describe('whose copy it is', () => {
  it('somebody who left is shown nothing, and neither is one who left this platform', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    await database.prisma.user.update({ where: { id: 'max' }, data: { active: false } })
    await database.prisma.identity.deleteMany({ where: { userId: 'dana', platform: 'TELEGRAM' } })
    await process().deliverDue()
    expect(shown()).toEqual(['console: q1 v2 for anna'])
    expect([(await row('slack')).message, (await row('telegram')).message]).toEqual([null, null])
  })

  it('somebody who must not see the request any more is shown nothing', async () => {
    await threeCopies()
    await moveTo(database, 'q1', 2)
    await process({ words: cardWords(['max']) }).deliverDue()
    expect(shown()).toEqual(['console: q1 v2 for anna', 'telegram: q1 v2 for dana'])
    expect((await row('slack')).message).toBeNull()
  })

  const away = (userId: string, substituteId: string) =>
    database.prisma.absence.create({
      data: { id: newId(), userId, substituteId, startsOn: NOW, endsOn: NOW },
    })

  it('is that of its own person also while somebody stands in for them', async () => {
    await addCopy(database, 'slack')
    await away('max', 'dana')
    await moveTo(database, 'q1', 2)
    await process().deliverDue()
    expect(stage.edited).toMatchObject([{ to: 'slack-max', words: ['q1 v2 for max'] }])
  })

  it('is that of the substitute whose chat it was brought to, also when they stand in no more', async () => {
    const absence = await away('max', 'dana')
    await plan(database, {
      key: 'k',
      personId: 'max',
      kind: 'approval',
      subject: 'q1',
      number: 1,
      dueAt: NOW,
    })
    const jobs = process()
    await jobs.deliverDue()
    const [sent] = stage.sent
    expect(sent?.words).toEqual(['k for max'])
    await database.prisma.absence.delete({ where: { id: absence.id } })
    await moveTo(database, 'q1', 2)
    await jobs.deliverDue()
    expect(stage.edited).toMatchObject([{ to: sent?.to, words: ['q1 v2 for dana'] }])
  })

  it('of a reminder that a substitute got stays who was owed it', async () => {
    await away('max', 'dana')
    await plan(database, { key: 'k', personId: 'max', kind: 'reminder', subject: 'f', dueAt: NOW })
    await process().deliverDue()
    expect(await row('k')).toMatchObject({ state: 'SENT', personId: 'max' })
  })
})

describe('what goes wrong', () => {
  it('a card whose request moves while it is being pushed is edited right after', async () => {
    stage.answers.set('SLACK', async (to) => {
      await moveTo(database, 'q1', 2)
      await plan(database, approval(2))
      return { kind: 'sent', chat: to.externalId, message: 'm1' }
    })
    const approval = (number: number) =>
      ({ key: 'k', personId: 'max', kind: 'approval', subject: 'q1', number, dueAt: NOW }) as const
    await plan(database, approval(1))
    await process().deliverDue()
    expect(stage.sent).toHaveLength(1)
    expect(shown()).toEqual(['m1: q1 v2 for max'])
    expect(await row('k')).toMatchObject({ state: 'SENT', number: 2 })
  })

  it('an edit that comes to its turn after the answer to a press is followed by the truth', async () => {
    await addCopy(database, 'slack', { chat: 'D1' })
    await moveTo(database, 'q1', 2)
    const { note } = cards(database.prisma, newId)
    const max = { platform: 'SLACK', workspace: '', externalId: 'slack-max' } as const
    stage.edits.set('SLACK', async () => {
      stage.edits.clear()
      stage.later(1)
      await moveTo(database, 'q1', 3)
      await note(max, { chat: 'D1', message: 'slack' }, { subject: 'q1', version: 3 }, stage.clock.now)
      return { kind: 'done' }
    })
    const jobs = process()
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(shown()).toEqual(['slack: q1 v2 for max', 'slack: q1 v3 for max'])
    await jobs.deliverDue()
    expect(stage.edited).toHaveLength(2)
  })

  it('a process that is killed between the edit and its record: another repeats it, harmlessly', async () => {
    await addCopy(database, 'slack')
    await moveTo(database, 'q1', 2)
    const { promise: dead, resolve } = Promise.withResolvers<void>()
    const onStep = (step: string) => {
      if (step !== 'edited') return undefined
      resolve()
      return new Promise<void>(() => undefined)
    }
    void process({ onStep }).deliverDue()
    await dead
    const next = process()
    stage.later(LEASE_MS - 1)
    await next.deliverDue()
    expect(stage.edited).toHaveLength(1)
    stage.later(1)
    await next.deliverDue()
    await next.deliverDue()
    expect(shown()).toEqual(['slack: q1 v2 for max', 'slack: q1 v2 for max'])
    expect((await row('slack')).number).toBe(2)
  })

  it('a card that cannot be put into words is written down, comes later, and holds up no other', async () => {
    await addRequest(database, 'q2', { version: 2 })
    await addCopy(database, 'slack')
    await addCopy(database, 'other', { subject: 'q2', personId: 'dana' })
    await moveTo(database, 'q1', 2)
    const words = cardWords()
    let broken = true
    const composeCard: Words['composeCard'] = async (context, asked) => {
      if (broken && asked.subject === 'q1') throw new Error('no words')
      return words.composeCard(context, asked)
    }
    const jobs = process({ words: { ...words, composeCard } })
    await jobs.deliverDue()
    expect(shown()).toEqual(['other: q2 v2 for dana'])
    expect(stage.journal.notes).toMatchObject([
      { level: 'error', facts: { subject: 'q1' }, text: 'a card could not be made true' },
    ])
    broken = false
    stage.later(30_000)
    await jobs.deliverDue()
    expect(shown()).toEqual(['other: q2 v2 for dana', 'slack: q1 v2 for max'])
  })

  it('a database that is away in between costs a repetition and no more', async () => {
    await addCopy(database, 'slack')
    await moveTo(database, 'q1', 2)
    const words = cardWords()
    let away = true
    const composeCard: Words['composeCard'] = async (context, asked) => {
      if (away) throw new UnavailableError('the database', new Error('away'))
      return words.composeCard(context, asked)
    }
    const jobs = process({ words: { ...words, composeCard } })
    await jobs.deliverDue()
    expect(stage.journal.notes).toMatchObject([{ level: 'warn', text: 'a card waits for the database' }])
    away = false
    stage.later(LEASE_MS)
    await jobs.deliverDue()
    expect(shown()).toEqual(['slack: q1 v2 for max'])
  })
})

describe('the ticking process', () => {
  it('edits by itself', async () => {
    await addCopy(database, 'slack')
    const jobs = process({ tickMs: 20 })
    jobs.start()
    await moveTo(database, 'q1', 2)
    await vi.waitFor(() => expect(shown()).toEqual(['slack: q1 v2 for max']), 20_000)
    await jobs.stop()
  })

  it('brings out what is due also while cards cannot be looked for, and then makes them true', async () => {
    await addCopy(database, 'slack', { number: 0 })
    const jobs = process({ tickMs: 20 })
    await database.prisma.$executeRaw`alter table discount_requests rename to elsewhere`
    try {
      jobs.start()
      await plan(database, { key: 'k', personId: 'dana', kind: 'reminder', subject: 'f', dueAt: NOW })
      await vi.waitFor(() => expect(stage.words()).toEqual(['k']), 20_000)
      expect(stage.journal.notes.map(({ text }) => text)).toContain('cards cannot be looked for')
    } finally {
      await database.prisma.$executeRaw`alter table elsewhere rename to discount_requests`
    }
    await vi.waitFor(() => expect(shown()).toEqual(['slack: q1 v1 for max']), 20_000)
    await jobs.stop()
  })
})

describe('what lets time pass', () => {
  it('comes before what is due: what it plans goes out with it', async () => {
    const jobs = process({
      clockwork: [
        async ({ unitOfWork, now, calendar, journal }) => {
          await unitOfWork.change((work) =>
            work.notices.plan([
              { key: 'nudge', personId: 'max', kind: 'nudge', subject: 'q1', number: 1, dueAt: now() },
            ]),
          )
          journal.info({ workday: calendar !== null }, 'looked')
        },
      ],
    })
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['nudge'])
    expect(stage.journal.notes).toMatchObject([{ text: 'looked' }])
  })

  it('that fails is written down once in a while and stops nothing else', async () => {
    const looked: string[] = []
    const jobs = process({
      clockwork: [
        () => {
          throw new Error('broken')
        },
        async () => {
          throw new Error('broken')
        },
        async () => void looked.push('looked'),
      ],
    })
    await plan(database, { key: 'k', personId: 'max', kind: 'reminder', subject: 'f', dueAt: NOW })
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(looked).toHaveLength(2)
    expect(stage.words()).toEqual(['k'])
    expect(stage.journal.notes.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('that hangs is waited for a little, is not begun twice, and stops nothing else', async () => {
    let begun = 0
    const { promise: hangs, resolve } = Promise.withResolvers<void>()
    const jobs = process({
      tickMs: 10,
      clockwork: [
        () => {
          begun += 1
          return hangs
        },
      ],
    })
    await plan(database, { key: 'k', personId: 'max', kind: 'reminder', subject: 'f', dueAt: NOW })
    jobs.start()
    await vi.waitFor(() => expect(stage.words()).toEqual(['k']), 20_000)
    expect(begun).toBe(1)
    resolve()
    await jobs.stop()
  })
})
