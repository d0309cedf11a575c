import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may import whom, as docs/architecture.md tells it. A folder that is not named here may not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain', '@date-fns/tz', 'date-fns', 'decimal.js', 'transliteration'],
  commands: ['commands', 'domain', 'i18n/keys', 'zod'],
  'bots/slack': ['bots/slack', 'bots', 'commands/kit', 'domain', 'i18n', '@slack/', 'node:', 'zod'],
  'bots/telegram': ['bots/telegram', 'bots', 'commands/kit', 'domain', 'i18n', 'telegraf', 'node:', 'zod'],
  'bots/web': [
    'bots/web',
    'bots',
    'commands/kit',
    'domain',
    'i18n',
    'hono',
    'node:',
    'zod',
    'transliteration',
  ],
  'bots/terminal': ['bots/terminal', 'bots', 'commands/kit', 'domain', 'i18n', 'node:'],
  bots: ['bots', 'commands/kit', 'domain', 'i18n', 'node:'],
  backups: ['backups', 'node:'],
  db: [
    'db',
    'backups',
    'domain',
    'commands/kit',
    'bots/ports',
    'bots/web/personas',
    'demo',
    'imports',
    'prisma/generated',
    '@prisma/',
    '@electric-sql/',
    'pglite-prisma-adapter',
    'pg',
    'node:',
  ],
  demo: ['demo', 'domain', '@date-fns/tz', 'transliteration'],
  imports: ['imports', 'domain', 'date-fns', '@date-fns/tz', 'hucre', 'node:'],
  policies: ['policies', 'domain', 'yaml'],
  jobs: ['jobs', 'domain', 'commands/kit', 'commands/notices', 'bots/ports', 'pg-boss', 'node:'],
  i18n: ['i18n', 'domain/shared/actor', 'i18next'],
  http: ['http', 'node:'],
  cli: [
    'cli',
    'app',
    'backups',
    'http/side-door',
    'config',
    'console-policy',
    'bots/terminal',
    'commands/follow-ups',
    'commands/identity',
    'commands/kit',
    'db',
    'domain',
    'holidays',
    'imports',
    'policies',
    'node:',
  ],
}
/** The composition root in four parts, the process, and three small edges of their own. */
const ROOT_FILES = [
  'app.ts',
  'clock.ts',
  'config.ts',
  'console-policy.ts',
  'doors.ts',
  'environment.ts',
  'holidays.ts',
  'logger.ts',
  'main.ts',
  'metrics.ts',
  'moments.ts',
  'notices.ts',
  'platforms.ts',
  'routes.ts',
  'upkeep.ts',
]

type Source = Readonly<{ path: string; text: string }>

function sources(folder = 'src'): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

function badImports({ path, text }: Source): string[] {
  const folder = Object.keys(MAY_IMPORT).find((name) => path.startsWith(`${name}/`))
  if (!folder) return ROOT_FILES.includes(path) ? [] : [`${path} is in no folder of the house`]
  return [
    ...text.matchAll(/(?:^(?:import|export)\b[^'`;]*? from|^import|^\} from|\bimport\()\s*'([^'\n]+)'/gm),
  ]
    .map(([, specifier]) => resolved(path, specifier ?? ''))
    .filter((target) => !(MAY_IMPORT[folder] ?? []).some((allowed) => matches(target, allowed)))
    .map((target) => `${path} imports ${target}`)
}

function resolved(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return join(path, '..', specifier)
    .replace(/^(\.\.\/)+/, '')
    .replace(/\.ts$/, '')
}

/** `bots` alone means the files directly in it, not another bot's folder. */
function matches(target: string, allowed: string): boolean {
  if (allowed.endsWith('/') || allowed.endsWith(':')) return target.startsWith(allowed)
  if (allowed === 'bots') return /^bots\/[^/]+$/.test(target)
  return target === allowed || target.startsWith(`${allowed}/`)
}

describe('the house', () => {
  it('keeps its import rules', () => {
    expect(sources().flatMap(badImports)).toEqual([])
  })

  it('would notice a bad import', () => {
    const planted = (path: string, line: string) => badImports({ path, text: line })
    expect(planted('domain/x.ts', "import { y } from '../bots/speaker.ts'")).toHaveLength(1)
    expect(planted('domain/x.ts', "import type { z } from 'zod'")).toHaveLength(1)
    expect(planted('bots/slack/x.ts', "import { y } from '../telegram/html.ts'")).toHaveLength(1)
    expect(planted('commands/x.ts', "const y = await import('../db/client.ts')")).toHaveLength(1)
    expect(planted('util/x.ts', '')).toHaveLength(1)
  })

  it('reads the environment and ends the process only where it begins, and writes to the console nowhere', () => {
    const uses = (pattern: RegExp, allowed: readonly string[]) =>
      sources()
        .filter(({ path, text }) => pattern.test(text) && !allowed.includes(path))
        .map(({ path }) => path)
    expect(uses(/process\.env\b/, ['environment.ts'])).toEqual([])
    expect(uses(/process\.exit\b/, ['main.ts'])).toEqual([])
    expect(uses(/\bconsole\.(log|error|warn|info)\(/, [])).toEqual([])
  })

  it('takes the time from outside in domain and commands', () => {
    const clocks = sources().filter(
      ({ path, text }) => /^(domain|commands)\//.test(path) && /new Date\(\)|Date\.now\(/.test(text),
    )
    expect(clocks.map(({ path }) => path)).toEqual([])
  })

  it('H-09 calls only its platforms and itself: no address that people write is ever opened', () => {
    const callsOut =
      /(?<!\.)\bfetch\(|\bhttps?\.(request|get)\(|^import (?!type\b).* from 'node:(net|tls|https)'|new WebSocket\(/m
    const ours = sources().filter(({ path, text }) => callsOut.test(text) && !path.startsWith('bots/web/'))
    expect(ours.map(({ path }) => path).toSorted()).toEqual([
      'bots/slack/responder.ts',
      'bots/telegram/client.ts',
      // To this very program on this machine, by the address that it has left in its own folder.
      'http/side-door.ts',
    ])
  })

  it('has files a reader can hold in mind', () => {
    const long = sources().filter(
      ({ path, text }) => text.split('\n').length > 301 && !/^(i18n|demo)\//.test(path),
    )
    expect(long.map(({ path }) => path)).toEqual([])
  })

  it('has no drawer without a name', () => {
    const drawers = sources().filter(({ path }) =>
      /(^|\/)(utils?|helpers?|common|misc|shared|managers?|services?)\.ts$/.test(path),
    )
    expect(
      drawers.map(({ path }) => path).filter((path) => !/^i18n\/(en|ru)\/common\.ts$/.test(path)),
    ).toEqual([])
  })
})
