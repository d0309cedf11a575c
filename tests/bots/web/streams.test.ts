import { afterEach, describe, expect, test, vi } from 'vitest'
import { clientOf, line } from './console-client.ts'

afterEach(() => vi.useRealTimers())

describe('the stream of a page', () => {
  test('begins with what was said, then tells each change to every open page of that persona', async () => {
    const { act, events } = clientOf()
    await act('anna', line('acme'))
    const pages = [await events('as=anna'), await events('as=boris&as=anna')]
    for (const page of pages) {
      expect(page.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      const first = await page.next()
      expect(first?.event).toBe('history')
      expect(first?.data.threads['anna']).toMatchObject([{ said: 'acme', pending: false }])
    }
    await act('anna', line('romashka'))
    for (const page of pages) {
      expect((await page.next())?.data).toMatchObject({
        persona: 'anna',
        exchange: { said: 'romashka', pending: true },
      })
      expect((await page.next())?.data.exchange).toMatchObject({ said: 'romashka', pending: false })
      await page.leave()
    }
  })

  test('tells nothing of other personas', async () => {
    const { act, events } = clientOf()
    const boris = await events('as=boris')
    await boris.next()
    await act('anna', line('acme'))
    await act('boris', line('northwind'))
    expect((await boris.next())?.data).toMatchObject({ persona: 'boris', exchange: { said: 'northwind' } })
    await boris.leave()
  })

  test('goes on after the last event that the page has seen, told by header or by query', async () => {
    const { act, events } = clientOf()
    await act('anna', line('first'))
    const page = await events('as=anna')
    const { id } = (await page.next()) ?? { id: '' }
    await page.leave()
    await act('anna', line('second'))
    for (const again of [
      await events('as=anna', { 'last-event-id': id }),
      await events(`as=anna&after=${id}`),
    ]) {
      expect((await again.next())?.data.threads['anna']).toMatchObject([{ said: 'second' }])
      await again.leave()
    }
  })

  test('tells everything to a page that comes from before a restart, as newer than what the page had', async () => {
    const before = clientOf()
    const old = await before.act('anna', line('before'))
    const page = await before.events('as=anna')
    const { id } = (await page.next()) ?? { id: '' }
    await page.leave()

    const after = clientOf({ now: () => new Date('2026-11-23T12:00:05Z') })
    const fresh = await after.act('anna', line('after'))
    const again = await after.events('as=anna', { 'last-event-id': id })
    expect((await again.next())?.data.threads['anna']).toMatchObject([{ said: 'after' }])
    expect(fresh.seq).toBeGreaterThan(old.seq)
    await again.leave()
  })

  test('keeps the last 50 exchanges of each persona', async () => {
    const { act, events } = clientOf()
    for (let number = 1; number <= 53; number += 1) await act('anna', line(`line ${number}`))
    const page = await events('as=anna')
    const said = (await page.next())?.data.threads['anna']?.map((exchange) => exchange.said) ?? []
    expect([said.length, said[0], said.at(-1)]).toEqual([50, 'line 4', 'line 53'])
    await page.leave()
  })

  test('is refused to the fifty-first page, and granted again when one leaves', async () => {
    const { events, get } = clientOf()
    const pages = await Promise.all(Array.from({ length: 50 }, () => events('as=anna')))
    const refused = await get('/api/stream?as=anna')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('10')
    await pages[0]?.leave()
    const granted = await events('as=anna')
    expect(granted.response.status).toBe(200)
    for (const page of [...pages.slice(1), granted]) await page.leave()
  })

  test('shows a sign of life every 15 seconds and ends when the console closes', async () => {
    vi.useFakeTimers()
    const { get, console } = clientOf()
    const reader = (await get('/api/stream?as=anna')).body?.getReader()
    await reader?.read()
    vi.advanceTimersByTime(15_000)
    const beat = await reader?.read()
    expect(new TextDecoder().decode(beat?.value)).toBe(': still here\n\n')
    console.close()
    expect((await reader?.read())?.done).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is cut when its reader takes nothing, so that a sleeping page costs no memory', async () => {
    const { events, act } = clientOf()
    const sleeping = await events('as=anna')
    for (let number = 0; number < 120; number += 1) await act('anna', line('/nothing'))
    let received = 0
    while (await sleeping.next()) received += 1
    expect(received).toBeGreaterThan(200)
    expect(received).toBeLessThan(240)
  })
})
