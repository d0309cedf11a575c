import type { Reply } from '../../../src/commands/kit/invocation.ts'
import type { Button } from '../../../src/commands/kit/view.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import type { Database } from '../../../src/db/client.ts'
import { addClients, addTeam } from '../../support/clients.ts'
import { ask, createCore, line, press, readReply, submit } from '../../support/core.ts'
import { emptyDatabase } from '../../support/database.ts'

/** Ends of lines and the spaces that do not break are of no concern here. */
export const flat = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()

/** The team and its clients, with everybody at the console. It is Monday, 23 November 2026, 14:30 in Moscow. */
export async function openStage() {
  const database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  const core = createCore(database)
  const last = new Map<string, Reply>()
  const heard = (person: string, reply: Reply) => {
    last.set(person, reply)
    return flat(readReply(reply))
  }
  const says = async (person: string, text: string) =>
    heard(person, await ask(core.dispatcher, person, line(text)))
  const pressed = async (person: string, { command, args }: Pick<Button, 'command' | 'args'>) =>
    heard(person, await ask(core.dispatcher, person, press(command, args)))
  const button = (person: string, label: string) => buttonIn(last.get(person), label)
  return {
    ...core,
    database,
    says,
    pressed,
    button,
    presses: (person: string, label: string) => pressed(person, button(person, label)),
    sends: async (person: string, command: string, values: Record<string, string>) =>
      heard(person, await ask(core.dispatcher, person, submit(command, values))),
    /** Fills in the form that is open, with what is hidden in it. */
    async fills(person: string, typed: Record<string, string>) {
      const answer = last.get(person)?.answer
      if (answer?.kind !== 'form') throw new Error(`${person} has no form open`)
      const kept = Object.entries(answer.form.values).map(([name, { value }]) => [name, value] as const)
      const values = { ...Object.fromEntries(kept), ...typed }
      return heard(person, await ask(core.dispatcher, person, submit(answer.form.command, values)))
    },
    promises: () => database.prisma.followUp.findMany({ orderBy: { createdAt: 'asc' } }),
    /** What waits to be sent, as `kind number moment`. */
    async waiting() {
      const rows = await database.prisma.notice.findMany({
        where: { state: 'WAITING' },
        orderBy: [{ dueAt: 'asc' }, { kind: 'asc' }],
      })
      return rows.map(({ kind, number, dueAt }) => `${kind} ${number} ${dueAt.toISOString().slice(0, 16)}`)
    },
    async audit() {
      const rows = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
      return rows.map(({ actorId, onBehalfOf, action }) =>
        [actorId, onBehalfOf, action].filter(Boolean).join(' '),
      )
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

function buttonsIn(reply: Reply | undefined): Readonly<{ label: string; button: Button }>[] {
  if (reply?.answer.kind !== 'view') return []
  const speak = speakerFor(reply.reader)
  return reply.answer.view.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map((one) => ({ label: speak(one.label), button: one })) : [],
  )
}

export function buttonIn(reply: Reply | undefined, label: string): Button {
  const found = buttonsIn(reply).find((one) => flat(one.label) === label)
  if (!found) throw new Error(`no button “${label}” in: ${reply ? readReply(reply) : 'nothing'}`)
  return found.button
}

/** A day without the usual team: somebody is away, and somebody stands for them. */
export async function away(database: Database, userId: string, substituteId: string): Promise<void> {
  const day = (text: string) => new Date(`${text}T00:00:00Z`)
  await database.prisma.absence.create({
    data: {
      id: `away-${userId}`,
      userId,
      substituteId,
      startsOn: day('2026-11-20'),
      endsOn: day('2026-11-30'),
    },
  })
}
