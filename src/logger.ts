import { pino, type Logger } from 'pino'

/** Whatever looks like a credential, however it got into a line: in a message, an address, a stack, a deep field. */
const CREDENTIALS =
  /xox[abeprs]-[\w-]+|xapp-[\w-]+|(?<=bot)\d+:[\w-]{10,}|\b\d{6,}:[\w-]{30,}|hooks\.slack(?:-gov)?\.com\/[\w/-]+|(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g

export type LogOptions = Readonly<{
  level: string
  /** The secrets of this installation, removed even where they do not look like one. */
  secrets: readonly string[]
  destination?: { write(line: string): void }
  pretty?: boolean
}>

/** JSON lines on stdout, or readable ones on a terminal; secrets are scrubbed from the finished line, last of all. */
export function createLogger({ level, secrets, destination, pretty = false }: LogOptions): Logger {
  const hooks = { streamWrite: (line: string) => scrub(line, secrets) }
  const options = {
    level,
    hooks,
    base: null,
    redact: { paths: ['token', '*.token', 'password', '*.password'], censor: '***' },
  }
  if (destination) return pino(options, destination)
  if (!pretty) return pino(options)
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { ignore: 'hostname,pid', translateTime: 'HH:MM:ss' } },
  })
}

export function scrub(text: string, secrets: readonly string[]): string {
  // The longest first: a short one may be part of it. Inside a JSON line quotes and backslashes stand escaped.
  const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
  const ordered = spellings.toSorted((a, b) => b.length - a.length)
  const known = ordered.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return known.replaceAll(CREDENTIALS, '***')
}
