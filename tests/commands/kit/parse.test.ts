import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, parseLine } from '../../../src/commands/kit/parse.ts'
import { allCommands } from '../../../src/commands/registry.ts'

const commands = allCommands({ bot: null, random: () => 0 })

function read(line: string): string {
  const parsed = parseLine(line, commands)
  if (parsed.kind === 'command') return `${parsed.command.name}|${parsed.rest}`
  return parsed.kind === 'plain'
    ? `plain|${parsed.text}`
    : `unknown|${parsed.typed}|${parsed.nearest?.name ?? ''}`
}

describe('a line', () => {
  it.each([
    ['/account Acme', 'account|Acme'],
    ['/a Acme', 'account|Acme'],
    ['/ACCOUNT   Acme Corp ', 'account|Acme Corp '],
    ['/account@kamerton_bot Acme', 'account|Acme'],
    ['account Acme', 'account|Acme'],
    ['клиент Ромашка', 'account|Ромашка'],
    ['/клиент Ромашка', 'account|Ромашка'],
    ['a Acme', 'plain|a Acme'],
    ['Acme', 'plain|Acme'],
    ['/kamerton', 'kamerton|'],
    ['/kamerton account Acme', 'account|Acme'],
    ['/kamerton what is this', 'kamerton|what is this'],
    ['/help', 'kamerton|'],
    ['привет', 'kamerton|'],
    ['today', 'today|'],
    ['today visited Acme, discussed prices', 'plain|today visited Acme, discussed prices'],
    ['/today visited Acme, discussed prices', 'today|visited Acme, discussed prices'],
    ['Сегодня был в Ромашке, обсудили цены', 'plain|Сегодня был в Ромашке, обсудили цены'],
    ['brief Acme', 'brief|Acme'],
    ['brief call with Acme yesterday', 'plain|brief call with Acme yesterday'],
    ['привет, вчера был в Ромашке', 'plain|привет, вчера был в Ромашке'],
    ['followup Acme tomorrow call with Ivan', 'followup|Acme tomorrow call with Ivan'],
    ['/acount Acme', 'unknown|/acount|account'],
    ['/nonsense', 'unknown|/nonsense|'],
    ['/account-people x', 'unknown|/account-people|'],
    ['/', 'unknown|/|'],
  ])('%s means %s', (line, meaning) => {
    expect(read(line)).toBe(meaning)
  })

  it('of any characters is understood somehow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (line) => {
        const clean = cleanText(line)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean).not.toContain('\u0000')
        expect(['command', 'plain', 'unknown']).toContain(parseLine(clean, commands).kind)
      }),
    )
  })
})
