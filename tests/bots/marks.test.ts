import { describe, expect, it } from 'vitest'
import { createMarks } from '../../src/bots/marks.ts'
import { noteJournal } from '../support/journal.ts'

function stage() {
  const asked: string[][] = []
  const marked: string[] = []
  const state = { fails: false }
  const journal = noteJournal()
  const marks = createMarks({
    platform: 'SLACK',
    journal,
    marked: (keys) => marked.push(...keys),
    inbox: {
      async finish(_platform, keys) {
        asked.push([...keys])
        await new Promise((resolve) => setImmediate(resolve))
        if (state.fails) throw new Error('away')
      },
    },
  })
  return { marks, asked, marked, state, journal }
}

const keys = (from: number, count: number) => Array.from({ length: count }, (_, at) => `k${from + at}`)
const all = (work: readonly Promise<void>[]) => Promise.all(work)

describe('marking what is answered', () => {
  it('asks once for all that comes meanwhile', async () => {
    const { marks, asked, marked } = stage()
    const first = marks.mark('k0')
    await Promise.resolve()
    await all([first, ...keys(1, 500).map((key) => marks.mark(key))])
    expect(asked.map((one) => one.length)).toEqual([1, 500])
    expect(marked).toEqual(keys(0, 501))
    expect(marks.left()).toEqual([])
  })

  it('resolves when its own key was tried, and not with a look that had begun before', async () => {
    const { marks, marked } = stage()
    void marks.mark('k0')
    await Promise.resolve()
    await marks.mark('k1')
    expect(marked).toEqual(['k0', 'k1'])
  })

  it('after a database was away asks for everything that is left together with what comes next', async () => {
    const { marks, asked, state, journal } = stage()
    state.fails = true
    await all(keys(0, 300).map((key) => marks.mark(key)))
    expect(marks.left()).toHaveLength(300)
    expect(journal.notes.map(({ level }) => level)).toEqual(['warn'])
    state.fails = false
    asked.length = 0
    await all(keys(300, 300).map((key) => marks.mark(key)))
    expect(asked.map((one) => one.length)).toEqual([600])
    expect(marks.left()).toEqual([])
  })

  it('tries what is left at a word, and asks nothing when nothing is', async () => {
    const { marks, asked, state } = stage()
    await marks.settle()
    expect(asked).toEqual([])
    state.fails = true
    await marks.mark('k0')
    state.fails = false
    await marks.settle()
    expect(marks.left()).toEqual([])
  })
})
