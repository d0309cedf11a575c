import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Dispatcher } from './commands/kit/invocation.ts'
import type { NoticeMeter } from './jobs/delivery-parts.ts'

export type Metrics = Readonly<{
  text(): Promise<string>
  contentType: string
  /** The same dispatcher, counted. */
  counting(dispatcher: Dispatcher): Dispatcher
  notices: NoticeMeter
}>

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
  const seconds = new Histogram({
    name: 'kamerton_answer_seconds',
    help: 'From a translated update to its answer, without the way to the platform',
    labelNames: ['channel'],
    buckets: SECONDS,
    registers: [register],
  })
  return {
    notices: noticesIn(register),
    text: () => register.metrics(),
    contentType: register.contentType,
    counting: (dispatcher) => ({
      ...dispatcher,
      async dispatch(invocation) {
        const { channel } = invocation
        const end = seconds.startTimer({ channel })
        const reply = await dispatcher.dispatch(invocation)
        end()
        updates.inc({ channel, outcome: reply.answer.kind })
        return reply
      },
    }),
  }
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
