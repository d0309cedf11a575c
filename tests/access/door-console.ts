import { randomUUID } from 'node:crypto'
import type { Console } from '../../src/bots/web/console.ts'
import type { Exchange } from '../../src/bots/web/protocol.ts'
import type { Door } from './doors.ts'

/** As a page of its own address would ask, with any command and any values. */
export function consoleDoor(console: Console, host: string): Door {
  return {
    name: 'the console',
    async tries(person, asked) {
      if (['guest', 'foreign', 'bot'].includes(person)) return null
      const { command } = asked
      const act =
        'line' in asked
          ? { kind: 'line', text: asked.line }
          : 'press' in asked
            ? { kind: 'press', command, args: asked.press }
            : { kind: 'submit', command, values: asked.form }
      const response = await console.fetch(
        new Request(`http://${host}/api/people/${person}/acts`, {
          method: 'POST',
          headers: { host, origin: `http://${host}`, 'content-type': 'application/json' },
          body: JSON.stringify({ key: randomUUID(), act }),
        }),
      )
      if (response.status !== 200) return `HTTP ${response.status} ${await response.text()}`
      return wordsOf(((await response.json()) as Exchange).card)
    },
  }
}

/** Whatever is put on the screen, and what its buttons carry: names of fields are not said to anybody. */
function wordsOf(card: unknown): string {
  const words: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.push(value)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(card)
  return words.join('\n')
}
