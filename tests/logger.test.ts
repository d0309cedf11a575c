import { describe, expect, it } from 'vitest'
import { createLogger } from '../src/logger.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void, secrets: string[] = []): string {
  const lines: string[] = []
  write(createLogger({ level: 'trace', secrets, destination: { write: (line) => void lines.push(line) } }))
  return lines.join('')
}

describe('a log line', () => {
  it.each([
    ['a message', (canary: string) => logged((log) => log.info(`got ${canary} today`))],
    ['a deep field', (canary: string) => logged((log) => log.info({ a: { b: { c: [canary] } } }, 'x'))],
    [
      'an error and its cause',
      (canary: string) =>
        logged((log) => log.error({ err: new Error('x', { cause: new Error(canary) }) }, 'x')),
    ],
    [
      'a child logger',
      (canary: string) => logged((log) => log.child({ url: `https://x/${canary}/y` }).debug('x')),
    ],
  ])('never shows a credential in %s', (_where, write) => {
    for (const canary of [
      'xoxb-123-abc-CANARY',
      'xapp-1-A-CANARY',
      'bot123456:AACANARYabcdefghijklmnopqrst',
      'hooks.slack.com/commands/T1/CANARY',
      'postgres://user:CANARYpw@host/db',
    ]) {
      const text = write(canary)
      expect(text).not.toContain('CANARY')
      expect(text).toContain('***')
    }
  })

  it('hides this installation’s own secrets, whatever they look like', () => {
    expect(logged((log) => log.warn('the word is plainword'), ['plainword'])).not.toContain('plainword')
  })

  it.each([
    ['in an address', (secret: string) => encodeURIComponent(secret)],
    ['as the password of a header', (secret: string) => Buffer.from(`user:${secret}`).toString('base64')],
    ['behind another letter', (secret: string) => Buffer.from(`x${secret}y`).toString('base64url')],
    ['in JSON within JSON', (secret: string) => JSON.stringify({ text: JSON.stringify({ secret }) })],
  ])('hides them %s', (_where, spelled) => {
    const secret = 'pa"s/w%rd#of?Tuesday'
    const text = logged((log) => log.warn(`got ${spelled(secret)}`), [secret])
    expect(text).toContain('***')
    expect(text).not.toContain(spelled(secret).slice(8, 20))
  })

  it('hides secrets with quotes and backslashes, and long ones before short ones', () => {
    const secrets = ['abcd', 'abcdef', 'pa"ss\\w0rd']
    const text = logged((log) => log.error({ err: new Error('pa"ss\\w0rd') }, 'abcdef pa"ss\\w0rd'), secrets)
    expect(text).not.toMatch(/w0rd|\*\*\*ef/)
  })

  it('carries the id of its update', () => {
    expect(logged((log) => log.child({ updateId: 'u1' }).info('x'))).toContain('"updateId":"u1"')
  })
})
