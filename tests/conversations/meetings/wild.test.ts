import { beforeAll, describe, expect, it } from 'vitest'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeAll(async () => {
  talk = await openTalk()
})

const LONG = 4_000
const WILD: readonly (readonly [title: string, line: string])[] = [
  ['nothing but a mark', 'next:'],
  ['nothing but marks', 'next: ; they: ; mood: ; with'],
  ['nothing but signs', '?!.,;:—«»"'],
  ['another alphabet and a picture', 'שלום 🏭 昨日 Acme'],
  ['halves of letters', 'Acme \uD83C yesterday \u0000 ok'],
  ['a command of SQL', "Acme'); DROP TABLE meetings; -- yesterday"],
  ['a sentence with placeholders', 'Acme yesterday $t(error.unexpected) {{name}} {{when}}'],
  ['many promises', `Acme yesterday; ${'next: call Olga by Friday; '.repeat(100)}`],
  ['many times', `Acme ${'yesterday 15:00 tomorrow 10:00 '.repeat(100)}`],
  [
    'many people',
    `Acme yesterday with ${Array.from({ length: 150 }, (_, at) => `Ivan Petrov${at}`).join(', ')}`,
  ],
  ['one long word', `Acme yesterday ${'x'.repeat(LONG - 50)}`],
  ['one long name', `${'Абв'.repeat(LONG / 4)} вчера`],
  [
    'many lines',
    `Acme\nyesterday\n\n- prices\n- terms\n\nnext:\n- send the quote by Friday\n- call Olga tomorrow`,
  ],
  ['many accounts', 'Acme Corporation, Ромашка, Ромашка Плюс, Globex вчера'],
  ['a number that is no year', 'Acme 99.99.9999'],
  ['a date before all calendars', 'Acme 01.01.0001'],
  ['an hour that does not exist', 'Acme yesterday 25:61'],
]

describe('a wild line', () => {
  it.each(WILD)('%s: is answered, and what is asked can be answered', async (_title, line) => {
    for (const who of ['anna', 'boris']) {
      let heard = await talk.says(who, `/meeting ${line}`)
      for (let answers = 0; answers < 30; answers += 1) {
        const [first] = heard.buttons
        if (first?.command !== 'meeting-answer') break
        heard = await talk.presses(who, heard, first.words)
      }
      expect(heard.text).not.toMatch(/went wrong|Сбой на моей стороне/)
      expect(heard.text.length).toBeGreaterThan(5)
      const form = heard.buttons.find(({ command, args }) => command === 'meeting' && args['draft'])
      if (form) expect((await talk.presses(who, heard, form.words)).reply.answer.kind).toBe('form')
    }
    expect(talk.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('plans nothing in the past and tells of nothing in the future', async () => {
    const written = await talk.written()
    expect(written.length).toBeGreaterThan(10)
    for (const { status, startsAt, day, said } of written) {
      const today = new Date('2026-11-23T00:00:00Z')
      if (status === 'PLANNED')
        expect(startsAt ? startsAt > talk.clock.now : day >= today, said ?? '').toBe(true)
      if (status === 'HELD')
        expect(startsAt ? startsAt <= talk.clock.now : day <= today, said ?? '').toBe(true)
    }
  })

  it('of ten thousand characters is refused as any other line is', async () => {
    expect((await talk.says('anna', `/meeting Acme ${'x'.repeat(10_000)}`)).text).toContain('too long')
  })
})
