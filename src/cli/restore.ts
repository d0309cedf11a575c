import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Head, rowsIn } from '../backups/layout.ts'
import { readBackup } from '../backups/read-backup.ts'
import { verifyAudit } from '../db/audit.ts'
import { checkVersion, lookAtTarget, restoreBackup } from '../db/backup/restore.ts'
import { databaseReason } from './database-reason.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE = 'restore: expected: restore <file> [--replace] [--yes]'

type Options = Readonly<{ replace?: boolean | undefined; yes?: boolean | undefined }>

/** `restore <file>`: a backup in the place of what is there, whole or not at all. Returns the exit code. */
export async function restoreCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { file, options } = asked(args)
  try {
    io.progress?.('checking the file')
    const head = await readBackup(file)
    await checkVersion(file, head)
    const refusal = await refusalOf(io, options)
    if (refusal !== null) {
      io.progress?.('')
      io.err(refusal)
      return EXIT.refused
    }
    return await restore(file, head, io)
  } catch (error) {
    io.progress?.('')
    io.err(`nothing was restored: ${databaseReason(error)}`)
    return EXIT.refused
  }
}

function asked(args: readonly string[]): { file: string; options: Options } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { replace: { type: 'boolean' }, yes: { type: 'boolean', short: 'y' } },
      allowPositionals: true,
    })
    const [file, ...rest] = positionals
    if (file && rest.length === 0) return { file, options: values }
  } catch {
    // An option that there is not.
  }
  throw new UsageError(USAGE)
}

/** Why it may not be done, or null. */
async function refusalOf(io: CliIo, { replace, yes }: Options): Promise<string | null> {
  const { filled, isRunning } = await lookAtTarget(io.database)
  if (isRunning)
    return 'nothing was restored: a Kamerton process works on this database; stop every one of them first'
  if (filled.length === 0) return null
  if (!replace)
    return `nothing was restored: this database is not empty (${filled.slice(0, 5).join(', ')}${filled.length > 5 ? ', …' : ''}); restore into an empty one, or say --replace to throw away what is there`
  if (yes) return null
  if (!io.confirm)
    return 'nothing was restored: --replace throws away what is there; without a terminal say --yes too'
  const agreed = await io.confirm('Throw away everything in this database and restore the backup? [y/N] ')
  return agreed ? null : 'nothing was restored'
}

async function restore(file: string, head: Head, io: CliIo): Promise<number> {
  const { progress } = io
  const before = await peopleIn(io)
  const { held, underWay } = await restoreBackup(io.database, file, {
    name: basename(file),
    now: io.now(),
    onProgress:
      progress === null
        ? undefined
        : (what, rows, all) =>
            progress(`${what}: ${rows.toLocaleString('en')} of ${all.toLocaleString('en')} rows`),
  })
  progress?.('')
  io.out(
    `${rowsIn(head).toLocaleString('en')} rows restored as they were at ${head.made}, and compared with the backup`,
  )
  const applied = await io.database.migrate()
  if (applied.length > 0) io.out(`the schema is brought up to date: ${applied.join(', ')}`)
  if (held > 0)
    io.out(
      `${held} ${held === 1 ? 'message' : 'messages'} due by now ${held === 1 ? 'is' : 'are'} held, for ${held === 1 ? 'it' : 'they'} may have gone out: notices held shows them, notices release sends them`,
    )
  if (underWay > 0)
    io.out(
      `${underWay} ${underWay === 1 ? 'message' : 'messages'} from people ${underWay === 1 ? 'was' : 'were'} under way when the backup was made and ${underWay === 1 ? 'is' : 'are'} not done again`,
    )
  for (const told of await changedPeople(io, before)) io.out(told)
  if (io.database.kind === 'postgresql')
    io.out('its tables are new: where the audit log was protected, say audit protect again')
  return tellAudit(io)
}

type Person = Readonly<{ id: string; name: string; email: string; role: string; active: boolean }>

/** None where there is no table of them, or one of another version. */
async function peopleIn({ database }: CliIo): Promise<readonly Person[]> {
  const select = { id: true, name: true, email: true, role: true, active: true }
  return database.prisma.user.findMany({ select, orderBy: { name: 'asc' } }).catch(() => [])
}

/** A backup knows nobody who has left since: who may get in again is for a person to look at. */
async function changedPeople(io: CliIo, before: readonly Person[]): Promise<readonly string[]> {
  const was = new Map(before.map((person) => [person.id, person]))
  const back = (await peopleIn(io)).filter(({ id, active, role }) => {
    const known = was.get(id)
    return active && known !== undefined && (!known.active || known.role !== role)
  })
  const advice = 'people and their roles are as they were then: switch off who has left since (user off)'
  return [
    advice,
    ...back.map(({ id, name, email, role }) => {
      const known = was.get(id)
      const why = known?.active ? `was ${known.role} until now` : 'was switched off until now'
      return `  ${name} (${email}) may get in as ${role} again, and ${why}`
    }),
  ]
}

async function tellAudit(io: CliIo): Promise<number> {
  const { entries, broken, head } = await verifyAudit(io.database.prisma)
  if (broken === null) {
    io.out(`the audit log is whole: ${entries} entries${head ? ` (--anchor ${head.seq}:${head.hash})` : ''}`)
    return EXIT.ok
  }
  io.err(
    `all is restored, but its audit log is broken at entry ${broken.seq} of ${entries}, as it was in the backup`,
  )
  return EXIT.refused
}
