import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { botScopes, slackManifest } from '../../../src/bots/slack/manifest.ts'
import { EVENT_SCOPES, METHOD_SCOPES } from '../../../src/bots/slack/methods.ts'
import { yamlOf } from '../../../src/bots/slack/yaml.ts'
import { allCommands } from '../../../src/commands/registry.ts'

const commands = allCommands({ bot: { name: () => null }, random: () => 0 })
const root = new URL('../../../', import.meta.url)
const folder = new URL('src/bots/slack/', root)
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
const written = sources.join('\n')

type Loose = Record<string, unknown>
const manifest = slackManifest(commands) as Loose

test('B-15 the file in the repository is what the code makes', () => {
  const file = readFileSync(new URL('slack-manifest.yaml', root), 'utf8')
  expect(file, 'run: node scripts/write-slack-manifest.ts').toBe(yamlOf(slackManifest(commands)))
})

test('B-15 every method that is called has its scopes in the manifest, and no scope is there for nothing', () => {
  const called = [...written.matchAll(/client\.(?:call|once)\(\s*'(\w+\.[\w.]+)'/g)].map(
    ([, method]) => method,
  )
  expect(new Set(called)).toEqual(new Set(Object.keys(METHOD_SCOPES)))
  const needed = [...Object.values(METHOD_SCOPES), ...Object.values(EVENT_SCOPES)].flat()
  expect(new Set(botScopes())).toEqual(new Set(['commands', ...needed]))
  expect(manifest['oauth_config']).toEqual({ scopes: { bot: botScopes() } })
})

test('B-15 every event that is listened to is subscribed to, and no other', () => {
  const heard = [...written.matchAll(/app\.event\('(\w+)'/g)].map(([, name]) =>
    name === 'message' ? 'message.im' : name,
  )
  expect(new Set(heard)).toEqual(new Set(Object.keys(EVENT_SCOPES)))
  const { event_subscriptions: subscribed } = manifest['settings'] as Record<string, Record<string, string[]>>
  expect(new Set(subscribed?.['bot_events'])).toEqual(new Set(heard))
})

test('B-15 every command that can be typed in Slack is in it, and no other', () => {
  const { slash_commands: listed } = manifest['features'] as { slash_commands: { command: string }[] }
  const names = listed.map(({ command }) => command)
  const typed = commands.filter((one) => one.listed && (!one.on || one.on.includes('SLACK')))
  expect(names).toEqual(typed.map(({ name }) => `/${name}`))
  expect(names).toEqual(expect.arrayContaining(['/account', '/settings', '/link', '/kamerton']))
  expect(names).not.toContain('/account-people')
})

test.each([[undefined], ['https://kamerton.example/']])(
  'B-15 it keeps the limits of Slack (HTTP: %s)',
  (http) => {
    const {
      display_information: shown,
      features,
      settings,
    } = slackManifest(commands, http ? { http } : {}) as Loose
    const { name, description, long_description: long } = shown as Record<string, string>
    expect(name?.length).toBeLessThanOrEqual(35)
    expect(description?.length).toBeLessThanOrEqual(140)
    expect(long?.length).toBeGreaterThanOrEqual(175)
    expect(long?.length).toBeLessThanOrEqual(4_000)
    const { slash_commands: slash, bot_user: bot } = features as {
      slash_commands: Record<string, string>[]
      bot_user: { display_name: string }
    }
    expect(bot.display_name.length).toBeLessThanOrEqual(80)
    expect(slash.length).toBeLessThanOrEqual(50)
    for (const { command, description: what, usage_hint: hint, url } of slash) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/)
      expect(what?.length).toBeGreaterThan(0)
      expect(what?.length).toBeLessThanOrEqual(2_000)
      expect(hint?.length ?? 0).toBeLessThanOrEqual(1_000)
      expect(url).toBe(http && 'https://kamerton.example/slack/events')
    }
    expect(settings).toMatchObject({ socket_mode_enabled: !http, interactivity: { is_enabled: true } })
  },
)

test('texts in the file cannot become anything but texts', () => {
  const yaml = yamlOf({
    a: { b: ['x: y', '# no', 'line\nbreak'], c: { d: true } },
    e: 'null',
    f: [{ g: '1', h: ['z'] }],
  })
  expect(yaml.split('\n')).toEqual([
    'a:',
    '  b:',
    '    - "x: y"',
    '    - "# no"',
    String.raw`    - "line\nbreak"`,
    '  c:',
    '    d: true',
    'e: "null"',
    'f:',
    '  - g: "1"',
    '    h:',
    '      - "z"',
    '',
  ])
})
