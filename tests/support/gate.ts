import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export type Gate = Readonly<{
  port: number
  /** Cuts every connection and lets none through. */
  shut(): void
  open(): void
  close(): Promise<void>
}>

/** A door on the way to a server, on loopback, that can be shut: for a database that goes away and comes back. */
export async function openGate(host: string, port: number): Promise<Gate> {
  const sockets = new Set<Socket>()
  let isOpen = true
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (!isOpen) return client.destroy()
    const upstream = connect(port, host)
    keep(client)
    keep(upstream)
    client.pipe(upstream).pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      isOpen = false
      cut()
    },
    open() {
      isOpen = true
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
