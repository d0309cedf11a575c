import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { environment } from './environment.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { DataFolderInUse } from './db/lock.ts'
import { MigrationRefused } from './db/migrate.ts'
import { DataFolderFull } from './db/panic.ts'
import { UnavailableError } from './domain/shared/errors.ts'
import { createLogger, scrubber } from './logger.ts'
import type { Reached } from './moments.ts'

/** The only place that writes to the terminal on its own account and ends the process. */

const STOP_MS = 9_500
/** By then the first tick and the first questions to the database have started; later it would hold up more people. */
const STARTED_MS = 2_500

const config = readConfig()
const [command, ...args] = process.argv.slice(2)

/** Nothing foreseen leads here. A rejection is logged; after an exception the state is unknown, so the process ends. */
const lastWords = () => createLogger({ level: config.logLevel, secrets: config.secrets })
process.on('unhandledRejection', (error) => lastWords().error({ err: error }, 'unhandled rejection'))
process.on('uncaughtException', (error) => {
  lastWords().fatal({ err: error }, 'uncaught exception')
  process.exit(1)
})

try {
  if (command === 'serve') await serve(config)
  else process.exitCode = await runCommand([command ?? 'help', ...args])
} catch (error) {
  fail(error, config.secrets)
}

function readConfig(): Config {
  try {
    return loadConfig(environment)
  } catch (error) {
    return fail(error, [])
  }
}

/** What an operator can mend is said in one line each; only our own mistakes show a stack. */
function fail(error: unknown, secrets: readonly string[]): never {
  const expected =
    error instanceof ConfigError ||
    error instanceof DataFolderInUse ||
    error instanceof DataFolderFull ||
    error instanceof MigrationRefused ||
    error instanceof UnavailableError
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`${scrubber(secrets)(text)}\n`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}

/** A server needs nothing of the operator's commands, so they are loaded for them alone. */
async function runCommand(argv: readonly string[]): Promise<number> {
  const { runCli } = await import('./cli/cli.ts')
  return runCli(config, argv, {
    tty: process.stderr.isTTY,
    now: () => new Date(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  })
}

/** For the fault programme alone: once told so by SIGUSR2, the process dies the hard way at the moment named. */
function diesAt(moment: string): Reached {
  let isArmed = false
  process.on('SIGUSR2', () => (isArmed = true))
  return (reached) => {
    if (isArmed && reached === moment) process.kill(process.pid, 'SIGKILL')
  }
}

async function serve(settings: Config): Promise<void> {
  const moment = environment['FAULT_MOMENT']
  const app = await createApp(settings, moment ? { reached: diesAt(moment) } : {})
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    // A part that hangs must not keep the process: the platforms deliver again what was not acknowledged.
    setTimeout(() => process.exit(1), STOP_MS).unref()
    process.stderr.write(`${signal}: stopping\n`)
    void app.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))

  const started = await app.start().catch(async (error: unknown) => {
    await app.stop()
    throw error
  })
  setTimeout(giveBackStartGarbage, STARTED_MS).unref()
  for (const note of started.notes) process.stdout.write(`${note}\n`)
  if (started.bots.length > 0) process.stdout.write(`Connected: ${started.bots.join(', ')}\n`)
  if (started.console) process.stdout.write(`\n  Kamerton is ready: open ${started.address}\n\n`)
  else process.stdout.write(`Kamerton is ready on ${started.address} (health: /readyz)\n`)
}

type Collect = (how: Readonly<{ type: 'major'; execution: 'sync'; flavor: 'last-resort' }>) => void

/**
 * To start, hundreds of modules are read and compiled, and three times as much memory is taken as is needed afterwards. V8
 * keeps that room for growing into; this gives it back, once. Nothing else is done meanwhile, for about a sixth of a second.
 */
function giveBackStartGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
