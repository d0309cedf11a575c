import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Dispatcher, Reply } from './commands/kit/invocation.ts'
import type { NoticeMeter } from './jobs/delivery-parts.ts'

export type Metrics = Readonly<{
  text(): Promise<string>
  contentType: string
  /** The same dispatcher, counted. */
  counting(dispatcher: Dispatcher): Dispatcher
  /** Somebody sent more than is answered. */
  limited(channel: string): void
  notices: NoticeMeter
  /** Shows from now on which parts of this process work; each says what is wrong, or null. */
  watch(parts: readonly Watched[]): void
}>

type Watched = Readonly<{ name: string; health(): string | null }>

/** Up to Slack's three seconds, and beyond. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10]
/** Around the thirty and sixty seconds that are promised, and the ten minutes after which a notice says that it is late. */
const LATE_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 3_600, 86_400]

/** What `GET /metrics` shows. A registry of its own, so that two apps in one test process do not meet. */
export function createMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const labelNames = ['channel', 'outcome']
  const updates = new Counter({
    name: 'kamerton_updates_total',
    help: 'Updates taken from a channel',
    labelNames,
    registers: [register],
  })
  const limited = new Counter({
    name: 'kamerton_limited_total',
    help: 'Messages that were not answered because one person sent too many',
    labelNames: ['channel'],
    registers: [register],
  })
  const seconds = new Histogram({
    name: 'kamerton_answer_seconds',
    help: 'From a translated update to its answer, without the way to the platform',
    labelNames: ['channel'],
    buckets: SECONDS,
    registers: [register],
  })
  return {
    notices: noticesIn(register),
    watch: (parts) => watchIn(register, parts),
    text: () => register.metrics(),
    contentType: register.contentType,
    limited: (channel) => limited.inc({ channel }),
    counting: (dispatcher) => ({
      ...dispatcher,
      async dispatch(invocation) {
        const { channel } = invocation
        const end = seconds.startTimer({ channel })
        const reply = await dispatcher.dispatch(invocation)
        end()
        updates.inc({ channel, outcome: isOldButton(reply) ? 'old button' : reply.answer.kind })
        return reply
      },
      turnedAway(identity, channel, command, why) {
        updates.inc({ channel, outcome: why === 'oldButton' ? 'old button' : 'turned away' })
        return dispatcher.turnedAway(identity, channel, command, why)
      },
    }),
  }
}

const isOldButton = ({ answer }: Reply): boolean => {
  const [first] = answer.kind === 'view' ? answer.view : []
  return first?.kind === 'text' && 'key' in first.text && first.text.key === 'error.oldButton'
}

/** Asked at each look: a part that fell silent cannot keep on saying that it is well. */
function watchIn(register: Registry, parts: readonly Watched[]): void {
  const well = new Gauge({
    name: 'kamerton_well',
    help: '1 while this part works: the platforms, and the looking for what is due',
    labelNames: ['part'],
    registers: [register],
    collect() {
      for (const { name, health } of parts) well.set({ part: name }, health() === null ? 1 : 0)
    },
  })
}

function noticesIn(register: Registry): NoticeMeter {
  const registers = [register]
  const settled = new Counter({
    name: 'kamerton_notices_total',
    help: 'What became of notices each time they were taken up',
    labelNames: ['kind', 'platform', 'outcome'],
    registers,
  })
  const late = new Histogram({
    name: 'kamerton_notice_late_seconds',
    help: 'From the time a notice was due to the platform’s word that it has it',
    labelNames: ['platform'],
    buckets: LATE_SECONDS,
    registers,
  })
  const waiting = new Gauge({
    name: 'kamerton_notices_due',
    help: 'Notices that are due and wait',
    registers,
  })
  return {
    settled(kind, on, outcome, lateMs = 0) {
      const platform = (on ?? 'none').toLowerCase()
      settled.inc({ kind, platform, outcome })
      if (outcome === 'sent') late.observe({ platform }, lateMs / 1_000)
    },
    waiting: (count) => waiting.set(count),
  }
}
