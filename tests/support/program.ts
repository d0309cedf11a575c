import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Program = Readonly<{
  child: ChildProcess
  /** Everything written so far, both streams. */
  written(): string
  /** Resolves with the first match in what is written; rejects when the program ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<number | null>
}>

/** What Node has compiled of the program, from one start to the next: written by those that end in order. */
const COMPILED = join(process.cwd(), '.cache/compiled')

/** Starts the real program with nothing of this machine's environment but the path to Node. */
export function startProgram(
  args: readonly string[],
  env: Record<string, string>,
  cwd = process.cwd(),
): Program {
  const main = join(process.cwd(), 'src/main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text)
        if (found) resolve(found)
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`the program ended without ${pattern}:\n${text}`)))
    })
  return { child, written: () => text, says, ended }
}

export function temporaryFolder(): Readonly<{ path: string; remove(): void }> {
  const path = mkdtempSync(join(tmpdir(), 'kamerton-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
