import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Config, ConfigError, loadConfig, SETTINGS } from '../src/config.ts'

const TELEGRAM = '123456:abcdefghijklmnop'

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [`not a ConfigError: ${String(error)}`]
  }
}

describe('the settings', () => {
  it('need nothing at all', () => {
    expect(loadConfig({})).toMatchObject({
      database: { folder: './data' },
      host: '127.0.0.1',
      port: 3000,
      slack: null,
      telegram: null,
      console: null,
      defaults: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
      logLevel: 'info',
    } satisfies Partial<Config>)
  })

  it('count an empty value as not set', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: ' ', SLACK_BOT_TOKEN: '' })).toMatchObject({
      port: 3000,
      slack: null,
    })
  })

  it('tell every mistake at once: the name, what it got, what is right', () => {
    const found = problems({
      PORT: 'http',
      DEFAULT_TIME_ZONE: 'Moscow',
      DEFAULT_LANGUAGE: 'de',
      LOG_LEVEL: 'loud',
      CONSOLE: 'on',
    })
    expect(found).toHaveLength(5)
    expect(found).toContain('PORT: got "http", expected a port from 0 to 65535')
    expect(found).toContain(
      'DEFAULT_TIME_ZONE: got "Moscow", expected an IANA time zone such as Europe/Moscow',
    )
  })

  it('never repeat a secret, right or wrong', () => {
    const secrets = {
      SLACK_BOT_TOKEN: 'hunter2-canary',
      TELEGRAM_BOT_TOKEN: 'hunter3-canary',
      DATABASE_URL: 'mysql://u:hunter4-canary@h/d',
    }
    const text = problems(secrets).join('\n')
    expect(text).toContain('SLACK_BOT_TOKEN')
    expect(text).not.toContain('canary')
  })

  it('ask for what belongs together', () => {
    expect(problems({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      expect.stringContaining('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET'),
    ])
    expect(problems({ SLACK_APP_TOKEN: 'xapp-1' })).toHaveLength(1)
    expect(
      problems({ TELEGRAM_BOT_TOKEN: TELEGRAM, TELEGRAM_WEBHOOK_URL: 'https://x.example/telegram/webhook' }),
    ).toHaveLength(1)
    expect(
      problems({
        TELEGRAM_WEBHOOK_URL: 'https://x.example',
        TELEGRAM_WEBHOOK_SECRET: 'abcdefghijklmnopqrst',
      }),
    ).toHaveLength(1)
  })

  it('turn on what has its tokens', () => {
    const config = loadConfig({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'abcdef0123',
      TELEGRAM_BOT_TOKEN: TELEGRAM,
    })
    expect(config.slack).toEqual({
      botToken: 'xoxb-1',
      signingSecret: 'abcdef0123',
      apiUrl: 'https://slack.com/api/',
    })
    expect(config.telegram).toEqual({ token: TELEGRAM, apiRoot: 'https://api.telegram.org' })
    expect(config.secrets).toEqual(expect.arrayContaining(['xoxb-1', 'abcdef0123', TELEGRAM]))
  })

  it('hide the password of the database’s address, wherever it stands', () => {
    const secrets = (url: string) => loadConfig({ DATABASE_URL: url }).secrets
    expect(secrets('postgres://u:p%40ssword@h/d')).toEqual(['p%40ssword', 'p@ssword'])
    expect(secrets('postgres://h/d?password=in-query')).toContain('in-query')
    for (const unreadable of ['postgres://u:S3cr%zzet@h/d', 'postgres://u:a:b/c@h/d']) {
      expect(problems({ DATABASE_URL: unreadable }).join()).toMatch(
        /^DATABASE_URL: got a value of \d+ characters/,
      )
    }
  })

  it('are all in .env.example, and in the tables of both READMEs', () => {
    const example = readFileSync('.env.example', 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name)
    expect(named.toSorted()).toEqual(Object.keys(SETTINGS).toSorted())
    expect(
      loadConfig(
        Object.fromEntries(
          [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
        ),
      ),
    ).toEqual(loadConfig({}))
    for (const file of ['README.md', 'README.ru.md']) {
      const readme = readFileSync(file, 'utf8')
      for (const name of Object.keys(SETTINGS)) expect(readme, `${file}: ${name}`).toContain(`\`${name}\``)
    }
  })
})
