import { createInterface } from 'node:readline/promises'
import type { CliIo } from './io.ts'

type Streams = Readonly<{ stdin: NodeJS.ReadableStream; stderr: NodeJS.WritableStream }>

/** A way to ask yes or no; nothing where the input is no terminal: a script must not wait for an answer. */
export function confirmOn({ stdin, stderr }: Streams): Pick<CliIo, 'confirm'> {
  if (!('isTTY' in stdin) || stdin.isTTY !== true) return {}
  return {
    async confirm(question) {
      const lines = createInterface({ input: stdin, output: stderr })
      try {
        // Whoever closes the input instead of answering has not agreed.
        const closed = new Promise<string>((resolve) => void lines.once('close', () => resolve('')))
        const answer = await Promise.race([lines.question(question), closed])
        return /^(y|yes|д|да)$/i.test(answer.trim())
      } finally {
        lines.close()
      }
    },
  }
}
