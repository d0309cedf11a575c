import { describe, expect, it } from 'vitest'
import {
  type Introduction,
  isCurrency,
  isTimeZone,
  requireTrusted,
} from '../../../src/domain/identity/person.ts'

const member: Introduction = { email: 'anna@example.com', emailVerified: true, kind: 'member' }

describe('an introduction by Slack', () => {
  it('lets in a member with a confirmed e-mail', () => {
    expect(() => requireTrusted(member)).not.toThrow()
  })

  it.each([
    ['a guest', { ...member, kind: 'guest' }],
    ['a bot', { ...member, kind: 'bot' }],
    ['a stranger from Slack Connect', { ...member, kind: 'stranger' }],
    ['somebody deactivated', { ...member, kind: 'deactivated' }],
    ['an unconfirmed e-mail', { ...member, emailVerified: false }],
    ['no e-mail', { ...member, email: '' }],
  ] as const)('refuses %s', (_who, introduction) => {
    expect(() => requireTrusted(introduction)).toThrow(/^identity\./)
  })
})

describe('settings', () => {
  it('know time zones and currencies by their standard names only', () => {
    expect([isTimeZone('Europe/Moscow'), isTimeZone('UTC'), isTimeZone('Moscow'), isTimeZone('')]).toEqual([
      true,
      true,
      false,
      false,
    ])
    const older = ['Asia/Kolkata', 'Europe/Kyiv', 'US/Eastern', 'Asia/Ho_Chi_Minh', 'Etc/UTC']
    expect(older.filter((name) => !isTimeZone(name))).toEqual([])
    expect(['+03:00', 'Nowhere/City', 'GMT+25'].filter(isTimeZone)).toEqual([])
    expect([isCurrency('RUB'), isCurrency('rub'), isCurrency('XYZQ')]).toEqual([true, false, false])
  })
})
