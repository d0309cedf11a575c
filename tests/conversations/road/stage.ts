import { composeAll } from '../../../src/commands/notices/compose.ts'
import type { Happening } from '../../../src/commands/kit/event.ts'
import type { Act, Reply } from '../../../src/commands/kit/invocation.ts'
import type { Button, View } from '../../../src/commands/kit/view.ts'
import type { Database } from '../../../src/db/client.ts'
import type { DueNotice, NoticeKind } from '../../../src/domain/notices/notice.ts'
import type { Actor } from '../../../src/domain/shared/actor.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { addClients, addTeam } from '../../support/clients.ts'
import { createCore, line, press, readReply } from '../../support/core.ts'
import { emptyDatabase } from '../../support/database.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** The team and its clients, at Mon, 23 Nov 2026, 14:30 in Moscow. Acme lies in the middle of Moscow. */
export async function openStage() {
  const database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await setPlace(database, 'acme', MOSCOW)
  const core = createCore(database)
  const identity = (person: string) => ({ platform: 'CONSOLE', workspace: '', externalId: person }) as const
  const act = (person: string, what: Act | Happening, message?: string, saidAt = core.clock.now) =>
    core.dispatcher.dispatch({
      channel: 'console',
      identity: identity(person),
      key: `key-${(keys += 1)}`,
      chat: person,
      audience: 'asker',
      act: what,
      saidAt,
      ...(message ? { message } : {}),
    })
  let keys = 0
  const whoIs = async (person: string): Promise<Actor> => {
    const actor = await core.dispatcher.whoIs(identity(person))
    if (!actor) throw new Error(`nobody is ${person}`)
    return actor
  }
  return {
    database,
    core,
    whoIs,
    act,
    says: async (person: string, text: string, message?: string) =>
      readReply(await act(person, line(text), message)),
    presses: async (person: string, command: string, args: Record<string, string> = {}) =>
      readReply(await act(person, press(command, args))),
    happens: async (
      person: string,
      event: Happening['event'],
      values: Record<string, string>,
      message?: string,
    ) => readReply(await act(person, { kind: 'event', event, values }, message)),
    /** What waits about a meeting, by kind and time. */
    async waiting(subject: string) {
      const rows = await database.prisma.notice.findMany({
        where: { subject, state: 'WAITING' },
        orderBy: { dueAt: 'asc' },
      })
      return rows.map(({ key, dueAt }) => [key.split(':').slice(0, 3).join(':'), dueAt.toISOString()])
    },
    /** What a notice says to this person at this moment, or null. */
    async composes(person: string, kind: NoticeKind, subject: string, insteadOf: Owner = null) {
      const rows = await database.prisma.notice.findMany({
        where: { subject, kind },
        orderBy: { dueAt: 'desc' },
      })
      const [row] = rows
      if (!row) throw new Error(`no ${kind} is planned for ${subject}`)
      const to = await whoIs(person)
      const notice: DueNotice = { ...row, kind }
      const views = await core.unitOfWork.read((work) =>
        composeAll({ work, now: core.clock.now, calendar: HOLIDAYS }, [{ notice, to, insteadOf }]),
      )
      const view = views.get(row.id) ?? null
      return view && { text: readReply(shown(view, to)), buttons: buttonsOf(view) }
    },
    actions: async () =>
      (await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ action }) => action),
  }
}

type Owner = Readonly<{ id: string; name: string }> | null

const shown = (view: View, reader: Actor): Reply => ({
  updateId: '1',
  reader,
  known: true,
  answer: { kind: 'view', view },
})

export const MOSCOW = { latitude: 55.7558, longitude: 37.6173 }

export async function setPlace({ prisma }: Database, id: string, place: typeof MOSCOW): Promise<void> {
  await prisma.account.update({ where: { id }, data: place })
}

function buttonsOf(view: View): readonly Button[] {
  return view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
}

export { readReply }
