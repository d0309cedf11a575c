import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import type { Dispatcher } from './commands/kit/invocation.ts'

export type Metrics = Readonly<{
  text(): Promise<string>
  contentType: string
  /** The same dispatcher, counted. */
  counting(dispatcher: Dispatcher): Dispatcher
}>

/** Up to Slack's three seconds, and beyond. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10]

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
