import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type FaultProxy = Readonly<{
  port: number
  /** Cuts every connection and lets none through. */
  shut(): void
  open(): void
  /** Everything takes so much longer, in each direction; the order is kept. */
  delay(ms: number): void
  /** Connections stay, and nothing comes through any more: a line that died unnoticed. */
  freeze(): void
  thaw(): void
  /** Sees what the caller sends; `cut` breaks that connection with what was sent still going through. */
  onSent(look: (chunk: Buffer) => 'cut' | undefined): void
  connections(): number
  close(): Promise<void>
}>

type State = {
  isOpen: boolean
  delayMs: number
  frozen: Promise<void> | null
  thaw: () => void
  look: ((chunk: Buffer) => 'cut' | undefined) | null
}

/** A door on the way to a server, on loopback, where whatever goes wrong on a network can go wrong. */
export async function openFaultProxy(host: string, port: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const state: State = { isOpen: true, delayMs: 0, frozen: null, thaw: () => undefined, look: null }
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (!state.isOpen) return void client.destroy()
    const upstream = keep(connect(port, host))
    keep(client)
    carry(client, upstream, state, true)
    carry(upstream, client, state, false)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      state.isOpen = false
      cut()
    },
    open: () => void (state.isOpen = true),
    delay: (ms) => void (state.delayMs = ms),
    freeze() {
      const { promise, resolve } = Promise.withResolvers<void>()
      state.frozen = promise
      state.thaw = resolve
    },
    thaw() {
      state.frozen = null
      state.thaw()
    },
    onSent: (look) => void (state.look = look),
    connections: () => sockets.size / 2,
    close() {
      state.thaw()
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** One direction. Each piece waits for the one before it, so that nothing overtakes. */
function carry(from: Socket, to: Socket, state: State, isSent: boolean): void {
  let turn = Promise.resolve()
  const inTurn = (act: () => void) => {
    const until = performance.now() + state.delayMs
    turn = after(turn, until, act)
  }
  const after = async (before: Promise<void>, until: number, act: () => void) => {
    await before
    const ms = until - performance.now()
    if (ms > 0) await pause(ms)
    while (state.frozen) await state.frozen
    act()
  }
  from.on('data', (chunk: Buffer) => {
    const verdict = isSent ? state.look?.(chunk) : undefined
    inTurn(() => {
      if (to.destroyed) return
      to.write(chunk)
      // What was sent arrives; its answer finds nobody.
      if (verdict === 'cut') from.destroy()
    })
  })
  from.on('end', () => inTurn(() => to.end()))
  from.on('close', () => inTurn(() => setTimeout(() => to.destroy(), 50).unref()))
}
