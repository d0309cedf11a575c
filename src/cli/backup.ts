import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BackupError, type Head, rowsIn } from '../backups/layout.ts'
import { readBackup } from '../backups/read-backup.ts'
import { backupInto, intoFile } from '../backups/write-backup.ts'
import { noteBackup } from '../db/backup/note.ts'
import { takeBackup } from '../db/backup/snapshot.ts'
import { askAtSideDoor } from '../http/side-door.ts'
import { databaseReason } from './database-reason.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE = 'backup: expected the name of a new file: backup kamerton-2026-11-27.backup'

type Telling = Pick<CliIo, 'out' | 'err' | 'progress' | 'now'>

/** `backup <file>`: everything, as it is at one moment, while the program goes on. Returns the exit code. */
export function backupCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { database, now, progress } = io
  const onProgress = progress && ((done: number, all: number) => progress(`${done} of ${all} tables`))
  return backup(args, io, async (target, name) => {
    const head = await takeBackup(database, backupInto(target), {
      now: now(),
      onProgress: onProgress ?? undefined,
    })
    await noteBackup(database.prisma, name, head)
  })
}

/** The same where another process works in the data folder: only it can read what is there. */
export function backupOfRunning(args: readonly string[], io: Telling, folder: string): Promise<number> {
  return backup(args, io, async (target, name) => {
    const answer = await askAtSideDoor(folder, `/backup?name=${encodeURIComponent(name)}`).catch(
      noDoor(folder),
    )
    if (!answer.ok || !answer.body) throw new BackupError((await answer.text()).trim())
    await pipeline(Readable.fromWeb(answer.body as never), target)
  })
}

const noDoor =
  (folder: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === 'EACCES')
      throw new BackupError(`run this as the user of the Kamerton process that works in ${folder}`)
    throw new BackupError(
      `whoever works in ${folder} cannot be asked for a backup (another command, or a program that is still starting): try again in a moment`,
    )
  }

async function backup(
  args: readonly string[],
  io: Telling,
  fill: (target: Writable, name: string) => Promise<void>,
): Promise<number> {
  const [file, ...rest] = args
  if (!file || file.startsWith('-') || rest.length > 0) throw new UsageError(USAGE)
  if (existsSync(file)) throw new UsageError(`backup: ${file} is there already; give it another name`)
  try {
    await intoFile(file, async (target) => fill(target, basename(file)))
    io.progress?.('reading it back')
    tell(io, file, await readBackup(file))
    return EXIT.ok
  } catch (error) {
    io.progress?.('')
    io.err(`nothing was backed up: ${databaseReason(error)}`)
    return EXIT.refused
  }
}

function tell(io: Telling, file: string, head: Head): void {
  io.progress?.('')
  const size = (statSync(file).size / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })
  io.out(
    `${rowsIn(head).toLocaleString('en')} rows of ${head.tables.length} tables written to ${file} (${size} MB), and read back`,
  )
  io.out('it holds everything that people wrote, unencrypted: keep it where only its owner can read it')
  if (head.audit) io.out(`the last entry of its audit log: --anchor ${head.audit.seq}:${head.audit.hash}`)
}
