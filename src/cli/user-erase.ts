import { ownsAudit } from '../db/audit-rights.ts'
import { eraseUser } from '../db/erase.ts'
import { type CliIo, EXIT } from './io.ts'

type Person = Readonly<{ id: string; email: string; name: string; role: string }>

/** `user erase`: cannot be undone, so it is asked for twice: by the command, and by a yes. */
export async function eraseCommand(person: Person, isSure: boolean, io: CliIo): Promise<number> {
  const hindrance = await hindranceTo(person, io)
  if (hindrance) {
    io.err(hindrance)
    return EXIT.refused
  }
  if (!isSure && !(await agreed(person, io))) {
    io.err('nothing was erased')
    return EXIT.refused
  }
  const { entries, promises, texts } = await eraseUser(io.database.prisma, person)
  io.out(`${person.email} is erased: what they wrote about clients stays, by a former colleague`)
  io.out(
    `${promises} promises of their own removed, their name taken out of ${texts} texts, ${entries} entries of the audit log emptied`,
  )
  io.out(
    'not reached from here: messages in Slack and Telegram, backups, logs of the program, exported files',
  )
  return EXIT.ok
}

async function hindranceTo({ id, email, role }: Person, io: CliIo): Promise<string | null> {
  const { prisma } = io.database
  if (role === 'DIRECTOR' || role === 'ADMIN') {
    const others = await prisma.user.count({
      where: { id: { not: id }, active: true, role: { in: ['DIRECTOR', 'ADMIN'] } },
    })
    if (others === 0)
      return `${email} is the last director or administrator: give somebody else that role first`
  }
  if (await ownsAudit(io.database)) return null
  return 'the database must be opened by the role that owns the tables: see audit protect'
}

async function agreed({ email, name }: Person, io: CliIo): Promise<boolean> {
  if (!io.confirm) {
    io.err('nobody can be asked here: add --yes')
    return false
  }
  return io.confirm(
    `Erase ${name} (${email}) for good: name, addresses, chats, settings, absences, places, drafts? [y/N] `,
  )
}
