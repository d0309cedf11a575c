import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { startProgram } from '../../support/program.ts'

/** The real program as one process. */
export type Server = Readonly<{
  address: string
  /** From the start of the process until `/readyz` said so. */
  readyMs: number
  /** From now on it dies at the moment it was started with. */
  arm(): void
  /** The hard way, as the system does it. */
  kill(): Promise<void>
  /** As an operator does it; resolves with the exit code. */
  stop(): Promise<number | null>
  ended: Promise<number | null>
  hasEnded(): boolean
  written(): string
  pid: number
}>

/** Throws with what the program wrote when it does not get ready. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<Server> {
  const started = performance.now()
  const program = startProgram(['serve'], { LOG_LEVEL: 'info', ...env })
  const { child, ended, written } = program
  let over = false
  void ended.then(() => (over = true))
  try {
    const address = (await program.says(/(?:open|ready on) (http:\/\/[^\s)]+)/))[1] ?? ''
    await untilReady(address, () => over)
    return {
      address,
      readyMs: performance.now() - started,
      arm: () => void child.kill('SIGUSR2'),
      async kill() {
        child.kill('SIGKILL')
        await ended
      },
      stop() {
        child.kill('SIGTERM')
        return ended
      },
      ended,
      hasEnded: () => over,
      written,
      pid: child.pid ?? 0,
    }
  } catch (error) {
    child.kill('SIGKILL')
    await ended
    throw error
  }
}

async function untilReady(address: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const response = await fetch(`${address}/readyz`).catch(() => null)
    if (response?.ok) return
    await pause(20)
  }
  throw new Error('the program ended before it was ready')
}

/** One that nobody uses now; the program listens there again after every start. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
