import { type Logger, LogLevel } from '@slack/bolt'
import type { Journal } from '../../commands/kit/invocation.ts'

/** Tokens, and addresses that let whoever has them write in somebody's name. */
const secrets = /xox[a-z]-[\w-]+|xapp-[\w-]+|https:\/\/hooks\.slack[\w.-]*\/\S+|ticket=[\w-]+/g

export const scrubbed = (text: string): string => text.replace(secrets, '[removed]')

const line = (words: readonly unknown[]): string => scrubbed(words.map(String).join(' '))

/** What the SDKs write goes into the journal, without their DEBUG level: there they print whole messages. */
export function journalLogger(journal: Journal): Logger {
  return {
    debug: () => undefined,
    info: (...words) => journal.info({ part: 'slack-sdk' }, line(words)),
    warn: (...words) => journal.warn({ part: 'slack-sdk' }, line(words)),
    error: (...words) => journal.error({ part: 'slack-sdk' }, line(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  }
}
