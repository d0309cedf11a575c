import { describe, expect, it } from 'vitest'
import type { UnitOfWork } from '../src/commands/kit/unit-of-work.ts'
import type { Work } from '../src/domain/shared/work.ts'
import { watched, watchedUnit } from '../src/moments.ts'

describe('the moments of a port', () => {
  it('are told before and after each call, whether it answers at once or later', async () => {
    const seen: string[] = []
    const port = watched('port', { now: () => 1, later: async () => 2 }, (moment) => seen.push(moment))
    expect(port.now()).toBe(1)
    expect(await port.later()).toBe(2)
    expect(seen).toEqual(['port.now:before', 'port.now:after', 'port.later:before', 'port.later:after'])
  })

  it('do not come after a call that failed', async () => {
    const seen: string[] = []
    const port = watched('port', { fail: () => Promise.reject(new Error('no')) }, (moment) =>
      seen.push(moment),
    )
    await expect(port.fail()).rejects.toThrow('no')
    expect(seen).toEqual(['port.fail:before'])
  })

  it('are those of the port itself when nobody listens', () => {
    const port = { call: () => 1 }
    expect(watched('port', port, undefined)).toBe(port)
  })

  it('of a change lie inside its transaction', async () => {
    const seen: string[] = []
    const work = { audit: { write: async () => undefined } } as unknown as Work
    const unit = { change: (act: (work: Work) => Promise<unknown>) => act(work) } as unknown as UnitOfWork
    await watchedUnit(unit, (moment) => seen.push(moment)).change((inside) =>
      inside.audit.write({ actorId: null, channel: 'cli', action: 'test', subject: 'one' }),
    )
    expect(seen).toEqual([
      'unit.change:before',
      'work.audit.write:before',
      'work.audit.write:after',
      'unit.change:after',
    ])
  })
})
