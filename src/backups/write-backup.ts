import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { FileEnd, Head, PartEnd } from './layout.ts'

/** Where the parts of a backup go, in the order of the file. */
export type BackupSink = Readonly<{
  head(head: Head): Promise<void>
  rows(lines: readonly string[]): Promise<void>
  endTable(name: string): Promise<void>
  end(): Promise<void>
}>

/** Higher levels cost the processor twice as much for a tenth less. */
const LEVEL = 3

/** Writes the lines of the layout, packed, into a stream; `end` resolves when that has taken all of it. */
export function backupInto(target: Writable): BackupSink {
  const gzip = createGzip({ level: LEVEL })
  const taken = pipeline(gzip, target)
  // Whoever writes hears of it at the next write.
  taken.catch(() => undefined)
  const whole = createHash('sha256')
  let part = createHash('sha256')

  const write = async (text: string) => {
    if (gzip.destroyed) await taken
    if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), taken])
  }
  const line = async (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`
    whole.update(text)
    await write(text)
  }
  return {
    head: (head) => line(head),
    async rows(lines) {
      if (lines.length === 0) return
      const text = `${lines.join('\n')}\n`
      part.update(text)
      whole.update(text)
      await write(text)
    },
    async endTable(table) {
      const sha256 = part.digest('hex')
      part = createHash('sha256')
      await line({ table, sha256 } satisfies PartEnd)
    },
    async end() {
      await write(`${JSON.stringify({ end: 'backup', sha256: whole.digest('hex') } satisfies FileEnd)}\n`)
      gzip.end()
      await taken
    },
  }
}

/** The file is there whole or not at all, on the disk, and only its owner may read it. */
export async function intoFile<Result>(
  path: string,
  fill: (target: Writable) => Promise<Result>,
): Promise<Result> {
  const draft = `${path}.part`
  const target = createWriteStream(draft, { mode: 0o600, flush: true })
  try {
    const result = await fill(target)
    await finished(target, { readable: false })
    await rename(draft, path)
    return result
  } catch (error) {
    target.destroy()
    await rm(draft, { force: true })
    throw error
  }
}
