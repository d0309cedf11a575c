import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { consoleWanted } from '../src/console-policy.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

describe('the console', () => {
  it.each([
    ['opens with nothing set', {}, false, true],
    ['stays shut beside real data', {}, true, false],
    ['opens beside real data when asked for by name', { CONSOLE: 'demo' }, true, true],
    ['stays shut when it is off', { CONSOLE: 'off' }, false, false],
    ['stays shut beside a platform', SLACK, false, false],
    ['opens beside a platform when asked for by name', { ...SLACK, CONSOLE: 'demo' }, false, true],
    ['stays shut when the network could reach it', { HOST: '0.0.0.0' }, false, false],
    ['opens on the other loopback', { HOST: '::1' }, false, true],
  ] as const)('%s', (_what, env, realData, open) => {
    expect(consoleWanted(loadConfig(env), realData).open).toBe(open)
  })

  it('says why it is shut where that may surprise', () => {
    expect(consoleWanted(loadConfig({}), true).notes[0]).toContain('CONSOLE=demo')
    expect(consoleWanted(loadConfig({ HOST: '0.0.0.0' }), false).notes[0]).toContain('loopback')
  })

  it('is refused to the network', () => {
    expect(() => consoleWanted(loadConfig({ HOST: '0.0.0.0', CONSOLE: 'demo' }), false)).toThrow('no log-in')
  })
})
