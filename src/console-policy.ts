import { type Config, ConfigError } from './config.ts'

/** Under these names only this machine reaches the server; the Host header of the console is checked against them too. */
export const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

type Wanted = Readonly<{ open: boolean; notes: readonly string[] }>

/**
 * The console has no log-in: loopback only, and never beside real data unless somebody asked for it by name. What was
 * asked for and cannot be is an error; what is merely left out is a note.
 */
export function consoleWanted(
  config: Pick<Config, 'console' | 'host' | 'slack' | 'telegram'>,
  realData: boolean,
): Wanted {
  const loopback = LOOPBACK.includes(config.host) || config.host === '::1'
  if (config.console === 'off') return closed()
  if (config.console === 'demo') {
    if (loopback) return { open: true, notes: [] }
    throw new ConfigError([
      `CONSOLE: got "demo" with HOST ${config.host}, expected HOST 127.0.0.1: the console has no log-in`,
    ])
  }
  if (config.slack || config.telegram) return closed()
  if (!loopback)
    return closed(`The console is off: it has no log-in, and HOST ${config.host} is not loopback.`)
  if (!realData) return { open: true, notes: [] }
  return closed(
    'The console is off: it has no log-in, and this database holds real data. CONSOLE=demo opens it on purpose.',
  )
}

function closed(...notes: readonly string[]): Wanted {
  return { open: false, notes }
}
