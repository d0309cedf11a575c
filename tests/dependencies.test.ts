import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Advisory, ADVISORIES } from './advisories.ts'
import { figure } from './support/figures.ts'

type Locked = Readonly<{
  version: string
  integrity?: string
  resolved?: string
  link?: boolean
  hasInstallScript?: boolean
}>
type Wanted = Readonly<Record<string, string>>
type Lock = Readonly<{ packages: Readonly<Record<string, Locked>> }>

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
type Own = Readonly<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Wanted>> &
  Readonly<{ allowScripts: Readonly<Record<string, boolean>> }>

const own = read('package.json') as Own
const locked = Object.entries((read('package-lock.json') as Lock).packages)
  .filter(([path]) => path !== '')
  .map(([path, one]) => ({ ...one, path, name: path.replace(/^.*node_modules\//, '') }))

const numbers = (version: string) => version.split('-', 1)[0]?.split('.').map(Number) ?? []

function isBelow(version: string, other: string): boolean {
  const [mine, theirs] = [numbers(version), numbers(other)]
  const at = theirs.findIndex((number, index) => number !== mine[index])
  return at >= 0 && (mine[at] ?? 0) < (theirs[at] ?? 0)
}

const concerns = ({ library, from, fixed }: Advisory, { name, version }: { name: string; version: string }) =>
  name === library && isBelow(version, fixed) && !(from && isBelow(version, from))

describe('H-15 the libraries', () => {
  it('are pinned to the letter, and the lock file has those versions and what each must hash to', () => {
    const wanted = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies }
    for (const [name, version] of Object.entries(wanted)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
      expect(locked.find(({ path }) => path === `node_modules/${name}`)?.version, name).toBe(version)
    }
    const loose = locked.filter(
      ({ integrity, link, resolved = '' }) =>
        link || !integrity?.startsWith('sha512-') || /^(git|file|http:)/.test(resolved),
    )
    expect(loose.map(({ path }) => path)).toEqual([])
  })

  it('run no script of theirs at the install but those that were looked at', () => {
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)
    expect(scripted.filter((name) => !(name in own.allowScripts))).toEqual([])
  })

  it('have none of the flaws that are known', () => {
    const found = ADVISORIES.flatMap((advisory) =>
      locked
        .filter((one) => concerns(advisory, one))
        .map(({ path, version }) => `${path}@${version} ${advisory.id}`),
    )
    expect(found).toEqual([])
    figure('H-15', `${locked.length} packages, ${ADVISORIES.length} advisories, none applies`)
  })

  it('would be seen to have one', () => {
    const [bolt] = ADVISORIES
    if (!bolt) throw new Error('there are advisories')
    const at = (version: string) => concerns(bolt, { name: '@slack/bolt', version })
    expect([at('4.7.2'), at('3.22.0'), at('4.7.3'), at('5.0.0'), at('4.10.0')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('are listed as a bill of materials without a network', () => {
    const listed = execFileSync('npm', ['run', '--silent', 'sbom'], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      shell: process.platform === 'win32',
    })
    const { bomFormat, components } = JSON.parse(listed) as {
      bomFormat: string
      components: { name: string; version: string }[]
    }
    expect(bomFormat).toBe('CycloneDX')
    const bolt = components.find(({ name }) => name === '@slack/bolt')
    expect(bolt?.version).toBe(own.dependencies['@slack/bolt'])
  })
})
