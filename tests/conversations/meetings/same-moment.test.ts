import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Prisma } from '../../../prisma/generated/client.ts'
import { draftStore } from '../../../src/db/drafts.ts'
import { meetingStore } from '../../../src/db/meetings.ts'
import { newId } from '../../../src/db/new-id.ts'
import { openStage, type Stage } from '../road/stage.ts'

let stage: Stage
let id: string

beforeEach(async () => {
  stage = await openStage()
  await stage.says('anna', '/meeting Acme today 15:00 visit, prices')
  const written = await stage.database.prisma.meeting.findFirstOrThrow({ where: { said: { not: null } } })
  id = written.id
})

const meeting = () => stage.database.prisma.meeting.findUniqueOrThrow({ where: { id } })

/** What somebody hears who acts while another's change is not over yet. PGlite lets nobody in meanwhile. */
async function meanwhile(
  change: (tx: Prisma.TransactionClient) => Promise<unknown>,
  act: () => Promise<string>,
  then: (tx: Prisma.TransactionClient) => Promise<unknown> = async () => undefined,
): Promise<string> {
  const { prisma, kind } = stage.database
  const { heard } = await prisma.$transaction(
    async (tx) => {
      await change(tx)
      const acting = act()
      if (kind === 'postgresql') await vi.waitFor(async () => expect(await waitFor(tx)).toBe(true), 20_000)
      await then(tx)
      return { heard: acting }
    },
    { timeout: 30_000 },
  )
  return heard
}

async function waitFor(tx: Prisma.TransactionClient): Promise<boolean> {
  const waiting = await tx.$queryRaw<unknown[]>`
    select 1 from pg_locks where not granted and transactionid = pg_current_xact_id()::xid`
  return waiting.length > 0
}

const movedTo = (day: string, hour: string) => (tx: Prisma.TransactionClient) =>
  tx.meeting.update({
    where: { id },
    data: { day: new Date(`${day}T00:00:00Z`), startsAt: new Date(`${day}T${hour}:00Z`), endsAt: null },
  })

describe('a meeting that is being moved', () => {
  it('is not told to be held before its new time', async () => {
    const owed = await stage.waiting(id)
    stage.core.clock.now = new Date('2026-11-23T13:00:00Z')
    const heard = await meanwhile(movedTo('2026-11-24', '12:00'), () =>
      stage.presses('anna', 'meeting-outcome', { id, outcome: 'GOOD' }),
    )
    expect(heard).toContain('was moved to Tue, 24 Nov 2026, 15:00. I will ask again')
    expect(await meeting()).toMatchObject({ status: 'PLANNED', mood: null })
    expect(await stage.waiting(id)).toEqual(owed)
  })

  it('is not moved a second time from where it was', async () => {
    const from = '2026-11-23T12:00:00.000Z'
    const heard = await meanwhile(movedTo('2026-11-23', '15:00'), () =>
      stage.presses('anna', 'late-move', { meeting: id, from, minutes: '10' }),
    )
    expect(heard).toContain('Nothing was changed')
    expect((await meeting()).startsAt).toEqual(new Date('2026-11-23T15:00:00Z'))
  })
})

describe('an answer in the moment of an edit', () => {
  it('counts with the words of the edit', async () => {
    await stage.says('anna', '/meeting Acme Friday visit, prices', 'm-9')
    const { id: draft } = await stage.database.prisma.draft.findFirstOrThrow({ where: { kind: 'meeting' } })
    const edit = { platform: 'CONSOLE', chat: 'anna', message: 'm-9', line: 'Acme Friday visit, terms' }
    const heard = await meanwhile(
      async (tx) => {
        await meetingStore(tx, newId).oneByOne('anna')
        await draftStore(tx, newId).save('anna', 'early edit', edit, new Date('2026-11-30T00:00:00Z'))
      },
      () => stage.presses('anna', 'meeting-answer', { draft, field: 'when', value: '2026-11-20' }),
    )
    expect(heard).toContain('terms')
    expect(heard).not.toContain('prices')
  })
})

describe('a meeting that is being edited', () => {
  it.each(['meeting-undo', 'meeting-restore'])(
    'is waited for by %s before its promises are',
    async (command) => {
      await stage.presses('anna', 'followup', {
        account: 'acme',
        meeting: id,
        what: 'call',
        when: 'on Friday',
      })
      if (command === 'meeting-restore') await stage.presses('anna', 'meeting-undo', { id })
      expect(await stage.database.prisma.followUp.count({ where: { meetingId: id } })).toBe(1)
      const heard = await meanwhile(
        (tx) => tx.$queryRaw`select id from meetings where id = ${id} for no key update`,
        () => stage.presses('anna', command, { id }),
        (tx) => tx.$queryRaw`select id from follow_ups where meeting_id = ${id} for no key update nowait`,
      )
      expect(heard).toContain(command === 'meeting-undo' ? 'Undone.' : 'Restored.')
    },
  )
})
