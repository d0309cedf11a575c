import { PassThrough } from 'node:stream'
import { createTerminal, type TerminalParts } from '../../../src/bots/terminal/adapter.ts'
import { type Scripted, scriptedDispatcher } from '../../browser/scripted-dispatcher.ts'

export type Talk = Readonly<{ shown: string; dispatcher: Scripted }>

/** A whole session: these lines are typed, then the input ends (Ctrl-D). */
export async function talk(lines: readonly string[], changed: Partial<TerminalParts> = {}): Promise<Talk> {
  const dispatcher = scriptedDispatcher()
  const input = new PassThrough()
  const output = new PassThrough()
  let number = 0
  const terminal = createTerminal({
    dispatcher,
    persona: 'anna',
    input,
    output,
    now: () => new Date('2026-11-23T12:00:00Z'),
    newId: () => `key-${(number += 1)}`,
    columns: 72,
    ...changed,
  })
  const parts: string[] = []
  output.on('data', (part: Buffer) => parts.push(part.toString('utf8')))
  const done = terminal.run()
  input.end(lines.map((line) => `${line}\n`).join(''))
  await done
  return { shown: parts.join(''), dispatcher }
}
