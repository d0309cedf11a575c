// The least that anybody could do for reminders: pg-boss claims jobs, and a constant text is handed over.
import { PgBoss } from 'pg-boss'
import { cardBlocks } from './blocks.ts'

const [count = '1000'] = process.argv.slice(2)
const most = Number(count)
const boss = new PgBoss({
  connectionString: process.env['DATABASE_URL'] ?? '',
  schema: 'floor',
  schedule: false,
  useListenNotify: true,
  registerInstance: false,
  max: 3,
})
boss.on('error', (error) => process.stderr.write(`${String(error)}\n`))
await boss.start()
await boss.createQueue('reminders', { policy: 'standard', notify: true, retryLimit: 0 })
await boss.deleteAllJobs('reminders')
const jobs = Array.from({ length: most }, (_, n) => ({
  data: { person: `k${n}`, what: `send the quote ${n}` },
}))
for (let from = 0; from < most; from += 2_000) await boss.insert('reminders', jobs.slice(from, from + 2_000))

const { promise: done, resolve } = Promise.withResolvers<void>()
let told = 0
const started = performance.now()
const cpu = process.cpuUsage()
const work = {
  batchSize: 100,
  localConcurrency: 2,
  pollingIntervalSeconds: 1,
  burstWhenBatchFull: true,
} as const
await boss.work<{ person: string; what: string }>('reminders', work, async (taken) => {
  for (const { data } of taken) JSON.stringify(cardBlocks(data.what))
  told += taken.length
  if (told >= most) resolve()
})
await done
const seconds = (performance.now() - started) / 1_000
const { user, system } = process.cpuUsage(cpu)
process.stdout.write(`${JSON.stringify({ count: told, seconds, cpuMs: (user + system) / 1_000 })}\n`)
await boss.stop({ graceful: false, close: true })
