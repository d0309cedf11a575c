import { createApp, placeOf } from '../app.ts'
import type { Config } from '../config.ts'
import { consoleWanted } from '../console-policy.ts'
import { openDatabase } from '../db/client.ts'
import { dayIn } from '../domain/shared/day.ts'
import { orUnavailable } from '../db/unavailable.ts'
import { auditCommand } from './audit.ts'
import { chatCommand } from './chat.ts'
import { demoCommand } from './demo.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { confirmOn } from './confirm.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'
import { linkCommand } from './link.ts'
import { policyCommand } from './policy.ts'
import { userCommand } from './user.ts'

type Terminal = Readonly<{
  tty: boolean
  now(): Date
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
}>

type CliCommand = Readonly<{ usage: string; run(args: readonly string[], io: CliIo): Promise<number> }>

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
    usage: 'user add|set|off|on|list                      people and their roles; user --help',
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
  audit: { usage: 'audit verify [--anchor n:hash]               is the audit log whole?', run: auditCommand },
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
  const database = await openDatabase(config.database)
  try {
    await orUnavailable(database.migrate(), placeOf(config))
    const progress = terminal.tty ? (text: string) => void terminal.stderr.write(`\r\u001b[K${text}`) : null
    return await command.run(args, {
      database,
      out,
      err,
      progress,
      ...confirmOn(terminal),
      now: terminal.now,
      defaults: config.defaults,
    })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    err(error.message)
    return EXIT.usage
  } finally {
    await database.close()
  }
}
