import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { orUnavailable } from '../../src/db/unavailable.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import { queueConnections } from '../../src/db/queue-connections.ts'
import { createQueue } from '../../src/jobs/queue.ts'
import { noteJournal } from '../support/journal.ts'

/** One message of PostgreSQL's protocol: its kind, its length, its content. */
function message(kind: string, content: string | Buffer): Buffer {
  const body = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(kind), length, body])
}

const LET_IN = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')])
const LISTENING = Buffer.concat([message('C', 'LISTEN\0'), message('Z', 'I')])
const NEWS = message('A', Buffer.concat([Buffer.alloc(4), Buffer.from('jobs\0somebody\0')]))
const GOODBYE = message('E', 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')

const ENDED = /terminating connection|connection (error|closed|terminated)|not queryable|reach/i

/** What a server does with whoever comes in; they say first who they are. */
let receive: (socket: Socket) => void
const server = createServer((socket) => {
  socket.on('error', () => socket.destroy())
  socket.once('data', () => receive(socket))
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `postgresql://postgres@127.0.0.1:${(server.address() as AddressInfo).port}/test`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const ignore = () => undefined

/** Vitest fails a run in which an exception was caught by nobody; the program would end. */
describe('a connection that the server ends in the moment it is made', () => {
  /** They may ask, and are sent away in the same packet: what a server that restarts may do. */
  beforeAll(() => {
    receive = (socket) => socket.end(Buffer.concat([LET_IN, GOODBYE]))
  })

  it('fails a transaction and nothing else', async () => {
    const database = await openDatabase({ url })
    await expect(database.transact((tx) => tx.$queryRaw`select 1`)).rejects.toThrow(ENDED)
    await expect(database.prisma.$transaction((tx) => tx.$queryRaw`select 1`)).rejects.toThrow(ENDED)
    await expect(database.ping()).rejects.toThrow(ENDED)
    await database.close()
  })

  it('fails the start of the queue and nothing else', async () => {
    const queue = createQueue(queueConnections(url), noteJournal())
    await expect(queue.start(async () => undefined)).rejects.toThrow(ENDED)
    await queue.stop()
  })

  it('fails the listening and nothing else', async () => {
    const connections = queueConnections(url)
    await expect(connections.listen('jobs', ignore, ignore)).rejects.toThrow(ENDED)
    await connections.close()
  })
})

describe('a server that is gone without a word', () => {
  const sockets: Socket[] = []
  beforeAll(() => {
    receive = (socket) => {
      sockets.push(socket)
      socket.write(LET_IN)
    }
  })
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()))

  it('G-02 holds nobody up for longer than it may', async () => {
    const database = await openDatabase({ url }, { longestMs: 50 })
    const asked = [
      database.reads.$queryRaw`select 1`,
      database.prisma.$queryRaw`select 1`,
      database.transact((tx) => tx.$queryRaw`select 1`),
      database.prisma.$transaction((tx) => tx.$queryRaw`select 1`),
    ].map((work) => orUnavailable(work))
    for (const { status, reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[])
      expect([status, reason]).toEqual(['rejected', expect.any(UnavailableError)])
    await database.close()
    expect(sockets).toHaveLength(4)
  })

  it('G-02 does not hold up the queue', async () => {
    const connections = queueConnections(url, 50)
    await expect(connections.executeSql('select 1')).rejects.toThrow('timeout')
    await expect(connections.listen('jobs', ignore, ignore)).rejects.toThrow('timeout')
    await connections.close()
  })
})

describe('the connection that listens', () => {
  const sockets: Socket[] = []

  /** Everybody who listens has news at once; whoever takes leave is sent away in the same moment. */
  beforeAll(() => {
    receive = (socket) => {
      sockets.push(socket)
      socket.write(LET_IN)
      socket.on('data', (said) => {
        if (said.includes('listen "jobs"')) socket.write(Buffer.concat([LISTENING, NEWS]))
        if (said.toString('latin1').startsWith('X')) socket.end(GOODBYE)
      })
    }
  })
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()))

  it('may be ended by the server in the moment in which it is closed', async () => {
    const listening = await queueConnections(url).listen('jobs', ignore, ignore)
    await listening.close()
    expect(sockets).toHaveLength(1)
  })

  it('is made again when the server ends it, and says so, as news may have been missed', async () => {
    const heard: string[] = []
    let connected = 0
    const listening = await queueConnections(url).listen(
      'jobs',
      (news) => heard.push(news),
      () => (connected += 1),
    )
    await vi.waitFor(() => expect(heard).toEqual(['somebody']), 20_000)
    sockets[0]?.end(GOODBYE)
    await vi.waitFor(() => expect(heard).toEqual(['somebody', 'somebody']), 20_000)
    expect(connected).toBe(2)
    await listening.close()
  })

  it('is not made again once it is closed', async () => {
    const listening = await queueConnections(url).listen('jobs', ignore, ignore)
    sockets[0]?.end(GOODBYE)
    await listening.close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(sockets).toHaveLength(1)
  })
})
