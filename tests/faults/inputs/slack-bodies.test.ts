import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figure, rounds } from '../../support/figures.ts'
import { type Stage, startStage } from '../../bots/slack/harness.ts'
import { createBudget } from './budget.ts'
import { countOf } from './counts.ts'
import { mutated } from './mutated.arbitrary.ts'
import { SEED } from './seed.ts'
import { type Recording, recordings } from './slack-recordings.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const LINE = 'command=%2Faccount&text=Acme&user_id=U1&channel_id=C1&team_id=T0HOME&trigger_id=1.1'
const MIB = 1_048_576
/** With the way over HTTP and back, and what the stand-in takes for itself. */
const MOST_MS = 250
/** Slack waits three seconds; beside other tests a minute of this machine may be one of a better one. */
const MOST_ANSWER_MS = rounds(20_000, 3_500)

let stage: Stage
let recorded: readonly Recording[]

beforeAll(async () => {
  recorded = await recordings()
  stage = await startStage()
})
afterAll(() => stage.close())

/** What went wrong in our own code. Bolt trips over some shapes before we see them; those are acknowledged and logged. */
const errors = () =>
  stage.notes
    .filter(({ level }) => level === 'error')
    .map(({ facts }) =>
      'err' in facts && facts.err instanceof Error ? (facts.err.stack ?? '') : JSON.stringify(facts),
    )
    .filter((stack) => !/^.*\n\s+at .*@slack[/\\]bolt/.test(stack))

describe('A-11 a body that is none', () => {
  const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const PACKED = { 'content-encoding': 'gzip' }
  it.each<[string, string | Buffer, string, Record<string, string>?]>([
    ['null', 'null', JSON_TYPE],
    ['a list', '[]', JSON_TYPE],
    ['a number', '1', JSON_TYPE],
    ['cut in its middle', '{"type":"event_callback","event":{"type":"mess', JSON_TYPE],
    ['nested without end', nested, JSON_TYPE],
    ['two payloads', 'payload=%7B%7D&payload=%7B%7D', FORM],
    ['a thousand payloads', Array.from({ length: 1_000 }, () => 'payload=%7B%7D').join('&'), FORM],
    ['a payload that is null', 'payload=null', FORM],
    ['percent signs', '%%%=%E0%A4%A', FORM],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), JSON_TYPE],
    ['packed by gzip', gzipSync(Buffer.alloc(60 * MIB)), JSON_TYPE, PACKED],
    ['a form packed by gzip', gzipSync(LINE), FORM, PACKED],
  ])('that is %s is refused', async (...[, body, contentType, headers = {}]) => {
    const asked = stage.dispatcher.asked.length
    const { status, ms } = await stage.slack.post(body, { contentType, headers })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(ms).toBeLessThan(MOST_ANSWER_MS)
    expect(stage.dispatcher.asked).toHaveLength(asked)
  })

  it('with a character set is a form all the same', async () => {
    const { status } = await stage.slack.post(LINE, { contentType: `${FORM}; charset=utf-8` })
    expect(status).toBe(200)
  })

  it.each([4.1, 60])('of %s MiB is not taken, and costs no memory', async (size) => {
    const body = Buffer.alloc(size * MIB, 'x')
    const before = process.memoryUsage().rss
    const { status } = await stage.slack.post(body)
    const grown = (process.memoryUsage().rss - before) / MIB
    // 0: the connection ended while the rest was being sent.
    expect([413, 0]).toContain(status)
    expect(grown).toBeLessThan(100)
    figure('A-11', `${size} MiB: answered ${status}, memory ${grown.toFixed(0)} MiB more`)
    expect((await stage.slack.post(`${LINE}&n=${size}`, { contentType: FORM })).status).toBe(200)
  })

  it('of any kind is answered in time, and never with an error of ours', async () => {
    const budget = createBudget('A-11', 'signed bodies over HTTP')
    let serial = 0
    const text = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.webQueryParameters({ size: 'small' }),
      fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(200)).map(([json, at]) => json.slice(0, at)),
      fc.json({ maxDepth: 3 }).map((json) => `payload=${encodeURIComponent(json)}`),
      fc.webQueryParameters({ size: 'small' }).map((query) => `${LINE}&${query}`),
    )
    const type = fc.constantFrom(
      FORM,
      JSON_TYPE,
      `${FORM};charset=latin1`,
      'text/plain',
      'multipart/form-data',
      '',
    )
    await fc.assert(
      fc.asyncProperty(text, type, async (body, contentType) => {
        await budget.spendAsync({ body, contentType }, async () => {
          const sent = contentType.startsWith(FORM) ? `${body}&serial=${(serial += 1)}` : body
          const { status } = await stage.slack.post(sent, { contentType })
          expect([200, 400]).toContain(status)
        })
      }),
      { numRuns: countOf('bodies'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
    expect(errors()).toEqual([])
  })
})

describe('A-13 a payload with fields that are new, missing or of another type', () => {
  it('is acknowledged, and nothing fails', async () => {
    const budget = createBudget('A-13', 'mutated recordings over HTTP')
    let serial = 0
    await fc.assert(
      fc.asyncProperty(mutated(recorded), async (recording) => {
        const request = encoded(recording, (serial += 1))
        if (request === null) return
        const { status } = await budget.spendAsync(request.body, () =>
          stage.slack.post(request.body, { contentType: request.contentType }),
        )
        expect([200, 400, 404]).toContain(status)
      }),
      { numRuns: countOf('payloads'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
    expect(errors()).toEqual([])
  })
})

/** A number of its own makes each request one that was not there before. */
function encoded(recording: unknown, serial: number): Readonly<{ body: string; contentType: string }> | null {
  if (typeof recording !== 'object' || recording === null) return null
  if ('body' in recording) {
    const body = JSON.stringify(recording.body)
    return body === undefined
      ? null
      : { body: `${body}${' '.repeat(serial % 5_000)}`, contentType: JSON_TYPE }
  }
  if (!('fields' in recording) || typeof recording.fields !== 'object' || recording.fields === null)
    return null
  const fields = Object.entries(recording.fields).map(([name, value]): [string, string] => [
    name.toWellFormed(),
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed(),
  ])
  return { body: new URLSearchParams([...fields, ['serial', String(serial)]]).toString(), contentType: FORM }
}
