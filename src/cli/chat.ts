import type { App } from '../app.ts'
import { createTerminal } from '../bots/terminal/adapter.ts'
import { layDemo } from '../db/demo.ts'
import { newId } from '../db/new-id.ts'
import type { Reader } from '../domain/shared/actor.ts'
import type { Day } from '../domain/shared/day.ts'
import { EXIT } from './io.ts'

type ChatIo = Readonly<{
  app(): Promise<App>
  out(line: string): void
  err(line: string): void
  now(): Date
  /** Whether an empty database gets the demo team, and for which day. */
  demo: boolean
  defaults: Reader
  today: Day
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
}>

/** `chat --as <email>`: the terminal as one more chat. Without a name, says who there is. */
export async function chatCommand(args: readonly string[], io: ChatIo): Promise<number> {
  const email = args[args.indexOf('--as') + 1] ?? ''
  const app = await io.app()
  try {
    const { prisma } = app.database
    // As the console would: whoever tries it out on an empty folder meets the demo team.
    if (io.demo) await layDemo(prisma, io.today)
    const users = await prisma.user.findMany({
      where: { active: true },
      orderBy: { createdAt: 'asc' },
    })
    const user = args.includes('--as') ? users.find((one) => one.email === email.toLowerCase()) : undefined
    if (user) {
      const { now, stdin: input, stdout: output } = io
      await createTerminal({
        defaults: io.defaults,
        dispatcher: app.dialogues,
        persona: user.id,
        input,
        output,
        now,
        newId,
      }).run()
      return EXIT.ok
    }
    if (args.includes('--as')) io.err(`${email} is not here`)
    io.err(
      users.length > 0
        ? 'Say as whom: npm run chat -- --as <email>'
        : 'Nobody is here yet: npm run kamerton -- demo',
    )
    for (const { name, role, email: address } of users) io.err(`  ${address}\t${name}, ${role}`)
    return EXIT.usage
  } finally {
    await app.stop()
  }
}
