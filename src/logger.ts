import { pino, type Logger } from 'pino'

/** Whatever looks like a credential, however it got into a line: in a message, an address, a stack, a deep field. */
const CREDENTIALS =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|(?<=bot)\d+(?::|%3A)[\w-]{10,}|\b\d{6,}(?::|%3A)[\w-]{30,}|hooks\.slack(?:-gov)?\.com(?:\/|%2F)[\w/%-]+|(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi

export type LogOptions = Readonly<{
  level: string
  /** The secrets of this installation, removed even where they do not look like one. */
  secrets: readonly string[]
  destination?: { write(line: string): void }
  pretty?: boolean
}>

/** JSON lines on stdout, or readable ones on a terminal; secrets are scrubbed from the finished line, last of all. */
export function createLogger({ level, secrets, destination, pretty = false }: LogOptions): Logger {
  const scrubbed = scrubber(secrets)
  const hooks = { streamWrite: scrubbed }
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

/** Takes out these secrets in every spelling in which a library, an address or a header may carry them. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  // The longest first: a short one may be part of it.
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].toSorted((a, b) => b.length - a.length)
  return (text) =>
    spellings.reduce((rest, secret) => rest.replaceAll(secret, '***'), text).replaceAll(CREDENTIALS, '***')
}

/** In JSON quotes and backslashes stand escaped, and once more in each JSON that is a string of another. */
function spellingsOf(secret: string): string[] {
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1)
  const [once, twice] = [quoted(secret), quoted(quoted(secret))]
  return [secret, once, twice, quoted(twice), encodeURIComponent(secret), ...base64Of(secret)]
}

const SHORTEST_IN_BASE64 = 8

/**
 * Base64 spells the same bytes in three ways, by what stands before them, as in `user:password`. The letters at either
 * end depend on the neighbours; those between them do not.
 */
function base64Of(secret: string): string[] {
  if (secret.length < SHORTEST_IN_BASE64) return []
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const inner = (text: string) =>
      text.slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3))
    return [inner(bytes.toString('base64')), inner(bytes.toString('base64url'))]
  })
}
