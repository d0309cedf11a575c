// The process that makes the load and plays the platforms, so that neither side measures itself.
import { setTimeout as pause } from 'node:timers/promises'
import type { Order, Slice, Sliced, Told } from './orders.ts'
import { type Platforms, startPlatforms } from './platforms.ts'
import { questionOf } from './questions.ts'
import { ask, renewConnections } from './send.ts'

const MOST_WRONG = 5
const ANSWER_MS = 20_000

const platforms = await startPlatforms()
/** Both sides go through the same questions, each at its own pace. */
const asked = new Map<string, number>()
let keys = Date.now() % 1_000_000_000

type Noted = { readonly latencies: number[]; readonly wrong: string[] }

async function one(slice: Slice, noted: Noted): Promise<void> {
  const counter = `${slice.side} ${slice.run} ${slice.accounts}`
  const n = asked.get(counter) ?? 0
  asked.set(counter, n + 1)
  const question = questionOf(n, slice)
  const started = performance.now()
  try {
    const answer = await inTime(ask(question, { url: slice.url, platforms, key: String((keys += 1)) }))
    noted.latencies.push(performance.now() - started)
    const lacking = question.expect.filter((words) => !answer.includes(words))
    if (lacking.length > 0)
      noteWrong(noted, `${JSON.stringify(question)} lacks “${lacking.join('”, “')}”: ${answer.slice(0, 600)}`)
  } catch (error) {
    noteWrong(noted, `${JSON.stringify(question)}: ${String(error)}`)
    await pause(100)
  }
}

function noteWrong({ wrong }: Noted, text: string): void {
  if (wrong.length < MOST_WRONG) wrong.push(text)
}

async function inTime(answer: Promise<string>): Promise<string> {
  const stop = new AbortController()
  const late = pause(ANSWER_MS, '', { signal: stop.signal, ref: false }).then(
    () => Promise.reject(new Error(`nothing heard within ${ANSWER_MS} ms`)),
    () => '',
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    stop.abort()
  }
}

async function run(slice: Slice): Promise<Sliced> {
  renewConnections()
  const noted: Noted = { latencies: [], wrong: [] }
  const started = performance.now()
  const most = slice.most ?? Number.POSITIVE_INFINITY
  let begun = 0
  const isOver = () =>
    performance.now() - started >= slice.ms || begun >= most || noted.wrong.length >= MOST_WRONG
  if (slice.perSecond) {
    // As many at once as were wished, and a pause before the next.
    const everyMs = (1_000 / slice.perSecond) * slice.inFlight
    for (let turn = 0; !isOver(); turn += 1) {
      await pause(Math.max(started + turn * everyMs - performance.now(), 0))
      begun += slice.inFlight
      await Promise.all(Array.from({ length: slice.inFlight }, () => one(slice, noted)))
    }
  } else {
    const worker = async () => {
      while (!isOver()) {
        begun += 1
        await one(slice, noted)
      }
    }
    await Promise.all(Array.from({ length: slice.inFlight }, worker))
  }
  return { ...noted, seconds: (performance.now() - started) / 1_000 }
}

async function obey(order: Order, { reminders }: Platforms): Promise<Omit<Told, 'id'>> {
  if ('slice' in order) return { sliced: await run(order.slice) }
  if (order.reminders === 'forget') reminders.clear()
  return { reminders: Object.fromEntries(reminders) }
}

process.on('message', (order: Order) => {
  const say = (told: Omit<Told, 'id'>) => process.send?.({ id: order.id, ...told } satisfies Told)
  obey(order, platforms).then(say, (error: unknown) => say({ error: String(error) }))
})
process.on('disconnect', () => process.exit())
process.send?.({ id: 0, reminders: { [platforms.address]: 0 } } satisfies Told)
