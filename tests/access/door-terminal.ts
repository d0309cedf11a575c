import { PassThrough } from 'node:stream'
import { vi } from 'vitest'
import { createTerminal } from '../../src/bots/terminal/adapter.ts'
import type { Dispatcher } from '../../src/commands/kit/invocation.ts'
import { newId } from '../../src/db/new-id.ts'
import { NOW } from '../support/clients.ts'
import type { Door } from './doors.ts'

/** Only typed lines: a number presses what is shown, so that nothing can be forged here. */
export function terminalDoor(dispatcher: Dispatcher): Door {
  return {
    name: 'the terminal',
    async tries(person, asked) {
      if (!('line' in asked) || ['guest', 'foreign', 'bot'].includes(person)) return null
      const input = new PassThrough()
      const output = new PassThrough()
      let written = ''
      output.on('data', (chunk: Buffer) => (written += chunk.toString()))
      const talk = createTerminal({
        dispatcher,
        persona: person,
        input,
        output,
        now: () => NOW,
        newId,
        columns: 400,
      })
      const over = talk.run()
      const prompted = () => vi.waitUntil(() => written.endsWith('› '), { timeout: 10_000, interval: 1 })
      await prompted()
      written = ''
      input.write(`${asked.line}\n`)
      await prompted()
      const heard = written
      input.end()
      await over
      return heard
    },
  }
}
