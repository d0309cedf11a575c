import { describe, expect, it } from 'vitest'
import { allCommands } from '../../src/commands/registry.ts'
import { page } from './page.ts'
import { PEOPLE, ROWS } from './table.ts'
import { ROLE_OF } from './world.ts'

const commands = allCommands({ bot: null, random: () => 0 })

describe('the table of access', () => {
  it('has every command, and no other', () => {
    const inTable = new Set(ROWS.map(({ command }) => command))
    expect([...inTable].toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })

  it('says of each role what the command itself declares', () => {
    for (const { command, cells } of ROWS) {
      const roles = commands.find(({ name }) => name === command)?.roles ?? []
      const refused = PEOPLE.filter((who) => !roles.includes(ROLE_OF[who]))
      expect(
        PEOPLE.filter((who) => cells[who] === 'role'),
        command,
      ).toEqual(refused)
    }
  })

  it('is docs/access.md', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/access.md')
  })
})
