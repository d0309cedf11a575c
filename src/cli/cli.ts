import { createApp, placeOf } from '../app.ts'
import type { Config } from '../config.ts'
import { consoleWanted } from '../console-policy.ts'
import { type Database, openDatabase } from '../db/client.ts'
import { DataFolderInUse } from '../db/lock.ts'
import { dayIn } from '../domain/shared/day.ts'
import { orUnavailable } from '../db/unavailable.ts'
import { auditCommand } from './audit.ts'
import { backupCommand, backupOfRunning } from './backup.ts'
import { chatCommand } from './chat.ts'
import { demoCommand } from './demo.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { confirmOn } from './confirm.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'
import { linkCommand } from './link.ts'
import { noticesCommand } from './notices.ts'
import { policyCommand } from './policy.ts'
import { restoreCommand } from './restore.ts'
import { userCommand } from './user.ts'

type Terminal = Readonly<{
  tty: boolean
  now(): Date
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
}>

type CliCommand = Readonly<{
  usage: string
  run(args: readonly string[], io: CliIo): Promise<number>
  /** The database is left in the schema in which it is. */
  takesAnySchema?: true
  /** What it does instead where another process works in the data folder. */
  besideRunning?(args: readonly string[], io: Omit<CliIo, 'database'>, folder: string): Promise<number>
}>

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  import: {
    usage: 'import <kind> <file.csv|xlsx> [options]     load data; import --help tells the rest',
    run: importCommand,
  },
  export: {
    usage: 'export <kind> <file.csv|xlsx>               write what import reads',
    run: exportCommand,
  },
  user: {
    usage: 'user add|set|off|on|erase|list                people and their roles; user --help',
    run: userCommand,
  },
  link: {
    usage: 'link <email>                                a one-time code that links Telegram',
    run: linkCommand,
  },
  policy: {
    usage: 'policy show|set|check|history                who may grant which discount; policy --help',
    run: policyCommand,
  },
  audit: {
    usage: 'audit verify|protect                        is the audit log whole? who may touch it?',
    run: auditCommand,
  },
  backup: {
    usage: 'backup <file>                               all of it into one file, while the program runs',
    run: backupCommand,
    takesAnySchema: true,
    besideRunning: backupOfRunning,
  },
  restore: {
    usage: 'restore <file> [--replace]                  a backup into an empty database',
    run: restoreCommand,
    takesAnySchema: true,
  },
  notices: {
    usage: 'notices held|release                        what a restore held back',
    run: noticesCommand,
  },
  demo: {
    usage: 'demo [--remove]                             load the demo data, or take it away',
    run: demoCommand,
  },
  migrate: {
    usage: 'migrate                                     bring the database up to date',
    run: async (_args, io) => (io.out('the database is up to date'), EXIT.ok),
  },
}

const CHAT = 'chat --as <email>                           talk in the terminal as this person'

/** `kamerton <command> …`; returns the exit code. The database is opened, and locked, for as long as the command runs. */
export async function runCli(
  config: Config,
  [name = '', ...args]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const line = (stream: NodeJS.WritableStream) => (text: string) => void stream.write(`${text}\n`)
  const out = line(terminal.stdout)
  const err = line(terminal.stderr)
  // Log lines between the answers would drown them; whoever wants them sets LOG_LEVEL lower than info.
  const quiet = config.logLevel === 'info' ? { ...config, logLevel: 'warn' as const } : config
  const today = dayIn(config.defaults.timeZone, terminal.now())
  if (name === 'chat')
    return chatCommand(args, {
      app: () => createApp(quiet),
      out,
      err,
      demo: consoleWanted(config, false).open,
      today,
      defaults: config.defaults,
      ...terminal,
    })

  const command = COMMANDS[name]
  if (!command) {
    const wanted = ['help', '--help', '-h'].includes(name)
    const say = wanted ? out : err
    if (!wanted) say(`kamerton knows no command "${name}"`)
    for (const usage of [...Object.values(COMMANDS).map((one) => one.usage), CHAT])
      say(`  npm run kamerton -- ${usage}`)
    return wanted ? EXIT.ok : EXIT.usage
  }
  const progress = terminal.tty ? (text: string) => void terminal.stderr.write(`\r\u001b[K${text}`) : null
  const io = {
    out,
    err,
    progress,
    ...confirmOn(terminal),
    now: terminal.now,
    anchorFile: config.anchorFile,
    defaults: config.defaults,
  }
  try {
    return await onDatabase(config, command, args, io)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    err(error.message)
    return EXIT.usage
  }
}

async function onDatabase(
  config: Config,
  command: CliCommand,
  args: readonly string[],
  io: Omit<CliIo, 'database'>,
): Promise<number> {
  const database = await openDatabase(config.database).catch((error: unknown) => {
    if (error instanceof DataFolderInUse) return error
    throw error
  })
  if (database instanceof DataFolderInUse) {
    if (!command.besideRunning || !('folder' in config.database)) throw database
    return command.besideRunning(args, io, config.database.folder)
  }
  try {
    await ready(database, config, command)
    return await command.run(args, { ...io, database })
  } finally {
    await database.close()
  }
}

async function ready(database: Database, config: Config, { takesAnySchema }: CliCommand): Promise<void> {
  await orUnavailable(takesAnySchema ? database.ping() : database.migrate(), placeOf(config))
}
