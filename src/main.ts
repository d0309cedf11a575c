import { existsSync } from 'node:fs'
import { createApp } from './app.ts'
import { runCli } from './cli/cli.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { DataFolderInUse } from './db/lock.ts'
import { UnavailableError } from './domain/shared/errors.ts'
import { createLogger, scrub } from './logger.ts'

/** The only place that reads the environment, writes to the terminal on its own account and ends the process. */

const STOP_MS = 9_500

if (existsSync('.env')) process.loadEnvFile('.env')

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
  else
    process.exitCode = await runCli(config, [command ?? 'help', ...args], {
      tty: process.stderr.isTTY,
      now: () => new Date(),
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
    })
} catch (error) {
  fail(error, config.secrets)
}

function readConfig(): Config {
  try {
    return loadConfig(process.env)
  } catch (error) {
    return fail(error, [])
  }
}

/** What an operator can mend is said in one line each; only our own mistakes show a stack. */
function fail(error: unknown, secrets: readonly string[]): never {
  const expected =
    error instanceof ConfigError || error instanceof DataFolderInUse || error instanceof UnavailableError
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`${scrub(text, secrets)}\n`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}

async function serve(settings: Config): Promise<void> {
  const app = await createApp(settings)
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
  for (const note of started.notes) process.stdout.write(`${note}\n`)
  if (started.bots.length > 0) process.stdout.write(`Connected: ${started.bots.join(', ')}\n`)
  if (started.console) process.stdout.write(`\n  Kamerton is ready: open ${started.address}\n\n`)
  else process.stdout.write(`Kamerton is ready on ${started.address} (health: /readyz)\n`)
}
