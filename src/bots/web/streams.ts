import type { Change, Exchange, History } from './protocol.ts'
import type { Threads } from './threads.ts'

const MOST_STREAMS = 50
const HEARTBEAT_MS = 15_000
/** A reader that lets this much pile up is cut off; it reconnects and is told what it missed. */
const MOST_WAITING_CHUNKS = 200

type Stream = Readonly<{ send(text: string): void; end(): void }>

export type Streams = ReturnType<typeof createStreams>

/** Server-sent events: one stream per open page, for all personas that the page shows. */
export function createStreams(threads: Threads, boot: string) {
  const open = new Set<Stream>()
  const heartbeat = setInterval(() => {
    for (const stream of open) stream.send(': still here\n\n')
  }, HEARTBEAT_MS)
  heartbeat.unref()

  return {
    full: () => open.size >= MOST_STREAMS,
    count: () => open.size,
    /** `lastSeen` is the id of the last event that the page has: only what came after it is sent. */
    open: (personas: readonly string[], lastSeen: string | null) =>
      streamOf({ threads, boot, open, personas, lastSeen }),
    close(): void {
      clearInterval(heartbeat)
      for (const stream of open) stream.end()
    },
  }
}

type Opening = Readonly<{
  threads: Threads
  boot: string
  open: Set<Stream>
  personas: readonly string[]
  lastSeen: string | null
}>

function streamOf({ threads, boot, open, personas, lastSeen }: Opening): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const id = (seq: number) => `${boot}.${seq}`
  let finish: (() => void) | null = null

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const stream: Stream = {
        send(text) {
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) < -MOST_WAITING_CHUNKS) stream.end()
        },
        end() {
          finish?.()
          controller.close()
        },
      }
      const silence = threads.listen((persona, exchange) => {
        if (personas.includes(persona))
          stream.send(event('exchange', id(exchange.seq), { persona, exchange }))
      })
      finish = () => {
        silence()
        open.delete(stream)
      }
      open.add(stream)
      const history = historyOf(threads, personas, seqOf(lastSeen, boot))
      stream.send(`retry: 1000\n${event('history', id(threads.lastSeq()), history)}`)
    },
    cancel: () => finish?.(),
  })
}

function event(name: 'history' | 'exchange', id: string, data: History | Change): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
}

/** An id of another start of the server says nothing about this one: everything is sent. */
function seqOf(lastSeen: string | null, boot: string): number {
  const [, seq] = lastSeen?.startsWith(`${boot}.`) ? lastSeen.split(/\.(?=\d+$)/) : []
  return Number(seq ?? 0)
}

function historyOf(threads: Threads, personas: readonly string[], after: number): History {
  const newer = (persona: string): readonly Exchange[] =>
    threads.exchanges(persona).filter((exchange) => exchange.seq > after)
  return { threads: Object.fromEntries(personas.map((persona) => [persona, newer(persona)])) }
}
