import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { allCommands } from '../../src/commands/registry.ts'
import { hasSentence } from '../../src/i18n/translate.ts'

const commands = allCommands({ bot: null, random: () => 0 })

describe('every command', () => {
  it('is in the list', () => {
    const declared = readdirSync('src/commands', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('kit/'))
      .flatMap((path) =>
        [...readFileSync(join('src/commands', path), 'utf8').matchAll(/^\s+name: '([\w-]+)',$/gm)].map(
          ([, name = '']) => name,
        ),
      )
      .filter((name) => !FIELD_NAMES.includes(name))
    expect(declared.toSorted()).toEqual(commands.map((command) => command.name).toSorted())
  })

  it('has a name and words of its own', () => {
    const words = commands.flatMap((command) => [command.name, ...command.aliases])
    expect(new Set(words).size).toBe(words.length)
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s states its roles, and speaks in both languages',
    (_name, command) => {
      expect(command.roles.length).toBeGreaterThan(0)
      const keys = [command.summary, command.example, command.form?.title, command.form?.submit]
      const asked = command.form?.fields.flatMap((field) => [field.label, field.hint]) ?? []
      for (const key of [...keys, ...asked].filter((one) => one !== undefined))
        expect(hasSentence(key), key).toBe(true)
    },
  )

  it('asks in its form only for what its input knows', () => {
    for (const { name, form, input } of commands) {
      const known = input instanceof z.ZodObject ? Object.keys(input.shape) : []
      for (const field of form?.fields ?? []) expect(known, name).toContain(field.name)
    }
  })

  it('survives any input without an exception', () => {
    for (const command of commands) {
      for (const raw of [{}, null, [], 'x', { id: 1 }, { id: 'x'.repeat(100_000) }, { name: '\u0000' }]) {
        expect(() => command.prepare(raw)).not.toThrow()
      }
    }
  })
})

/** `name:` also stands in form fields. */
const FIELD_NAMES = [
  'percent',
  'product',
  'give',
  'extra',
  'language',
  'timeZone',
  'currency',
  'preferredChat',
]
