import type { Button } from '../../../src/commands/kit/view.ts'
import type { Invocation, Reply } from '../../../src/commands/kit/invocation.ts'
import type { Database } from '../../../src/db/client.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { addClients, addTeam } from '../../support/clients.ts'
import { ask, createCore, line, press, readReply, submit } from '../../support/core.ts'
import { emptyDatabase } from '../../support/database.ts'

type Change = Partial<Omit<Invocation, 'act'>>

/** What one person sees, and what they can do with it. */
export type Heard = Readonly<{
  reply: Reply
  text: string
  buttons: readonly (Button & Readonly<{ words: string }>)[]
}>

/** The whole path without a platform, spoken to by name: lines, buttons by their words, forms by their values. */
export async function openTalk() {
  const database: Database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  const core = createCore(database)

  const heard = (reply: Reply): Heard => {
    const speak = speakerFor(reply.reader)
    const view = reply.answer.kind === 'view' ? reply.answer.view : []
    const buttons = view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    return {
      reply,
      text: readReply(reply).replaceAll(/[^\S\n]+/gu, ' '),
      buttons: buttons.map((button) => ({ ...button, words: speak(button.label).replaceAll(/\s+/gu, ' ') })),
    }
  }

  const pressed = async (who: string, before: Heard, words: string, change: Change = {}): Promise<Heard> => {
    const button = before.buttons.find((one) => one.words === words)
    if (!button) throw new Error(`no button “${words}” in:\n${before.text}`)
    return heard(await ask(core.dispatcher, who, press(button.command, button.args), change))
  }

  return {
    ...core,
    database,
    prisma: database.prisma,
    says: async (who: string, text: string, change: Change = {}) =>
      heard(await ask(core.dispatcher, who, line(text), change)),
    presses: pressed,
    runs: async (who: string, command: string, args: Record<string, string> = {}) =>
      heard(await ask(core.dispatcher, who, press(command, args))),
    sends: async (who: string, command: string, values: Record<string, string>) =>
      heard(await ask(core.dispatcher, who, submit(command, values))),
    /** Sends the form that somebody sees, with these fields changed; null empties one. */
    fills: async (who: string, before: Heard, changed: Record<string, string | null> = {}) => {
      const { answer } = before.reply
      if (answer.kind !== 'form') throw new Error(`no form, but:\n${before.text}`)
      const known = Object.fromEntries(
        Object.entries(answer.form.values).map(([name, { value }]) => [name, value]),
      )
      const values = Object.entries({ ...known, ...changed }).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      )
      return heard(await ask(core.dispatcher, who, submit(answer.form.command, Object.fromEntries(values))))
    },
    /** What was written down by these tests, oldest first. */
    written: () =>
      database.prisma.meeting.findMany({
        where: { id: { notIn: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] } },
        include: { attendees: { orderBy: { name: 'asc' } }, followUps: { orderBy: { createdAt: 'asc' } } },
        orderBy: { createdAt: 'asc' },
      }),
    /** What the form that somebody sees holds, by field. */
    held: ({ reply: { answer } }: Heard): Record<string, string> =>
      answer.kind === 'form'
        ? Object.fromEntries(Object.entries(answer.form.values).map(([name, { value }]) => [name, value]))
        : {},
  }
}

export type Talk = Awaited<ReturnType<typeof openTalk>>
