import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 }

interface Frame {
  final: boolean
  opcode: number
  payload: Buffer
  size: number
}

/** Reads one frame from the front of the buffer, or nothing while it is incomplete. */
function readFrame(buffer: Buffer): Frame | undefined {
  if (buffer.length < 2) return undefined
  const first = buffer.readUInt8(0)
  const second = buffer.readUInt8(1)
  const short = second & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const maskAt = 2 + lengthBytes
  const masked = (second & 0x80) !== 0
  const payloadAt = maskAt + (masked ? 4 : 0)
  if (buffer.length < payloadAt) return undefined
  const length =
    lengthBytes === 2 ? buffer.readUInt16BE(2) : lengthBytes === 8 ? Number(buffer.readBigUInt64BE(2)) : short
  if (buffer.length < payloadAt + length) return undefined
  const payload = Buffer.from(buffer.subarray(payloadAt, payloadAt + length))
  if (masked) unmask(payload, buffer.subarray(maskAt, payloadAt))
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, size: payloadAt + length }
}

function unmask(payload: Buffer, mask: Buffer): void {
  for (let i = 0; i < payload.length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0)
}

function frame(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10)
  head[0] = 0x80 | opcode
  if (head.length === 2) head[1] = payload.length
  else if (head.length === 4) {
    head[1] = 126
    head.writeUInt16BE(payload.length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(payload.length), 2)
  }
  return Buffer.concat([head, payload])
}

/** The server's end of one WebSocket: text messages, ping and pong, an orderly close; no extensions. */
export class ServerSocket {
  onMessage: (text: string) => void = () => undefined
  onClose: () => void = () => undefined
  /** While frozen the socket neither reads nor answers, like a network that swallows everything. */
  frozen = false
  readonly #stream: Duplex
  #buffer = Buffer.alloc(0)
  #parts: Buffer[] = []
  #closing = false

  constructor(stream: Duplex, head: Buffer) {
    this.#stream = stream
    stream.on('data', (chunk: Buffer) => this.#take(chunk))
    stream.on('close', () => this.onClose())
    stream.on('error', () => stream.destroy())
    if (head.length > 0) this.#take(head)
  }

  get open(): boolean {
    return !this.#closing && !this.#stream.destroyed
  }

  send(text: string): void {
    this.#write(opcodes.text, Buffer.from(text))
  }

  ping(): void {
    this.#write(opcodes.ping, Buffer.from('Ping from Slack'))
  }

  close(code = 1000): void {
    const payload = Buffer.alloc(2)
    payload.writeUInt16BE(code)
    this.#write(opcodes.close, payload)
    this.#closing = true
  }

  destroy(): void {
    this.#stream.destroy()
  }

  #write(opcode: number, payload: Buffer): void {
    if (this.open && !this.frozen) this.#stream.write(frame(opcode, payload))
  }

  #take(chunk: Buffer): void {
    if (this.frozen) return
    this.#buffer = Buffer.concat([this.#buffer, chunk])
    for (let next = readFrame(this.#buffer); next; next = readFrame(this.#buffer)) {
      this.#buffer = this.#buffer.subarray(next.size)
      this.#handle(next)
    }
  }

  #handle({ opcode, payload, final }: Frame): void {
    if (opcode === opcodes.ping) return this.#write(opcodes.pong, payload)
    if (opcode === opcodes.pong) return
    if (opcode === opcodes.close) {
      this.#write(opcodes.close, payload)
      this.#closing = true
      this.#stream.end()
      return
    }
    this.#parts.push(payload)
    if (!final) return
    const text = Buffer.concat(this.#parts).toString('utf8')
    this.#parts = []
    this.onMessage(text)
  }
}

/** Completes the opening handshake, or answers with the given status when the ticket is bad. */
export function acceptSocket(
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): ServerSocket | undefined {
  const key = request.headers['sec-websocket-key']
  if (!key || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    refuseSocket(stream, '400 Bad Request')
    return undefined
  }
  const accept = createHash('sha1').update(`${key}${guid}`).digest('base64')
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  stream.write(`${lines.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  return new ServerSocket(stream, head)
}

export function refuseSocket(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
