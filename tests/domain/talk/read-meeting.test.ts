import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFollowUp } from '../../../src/domain/talk/read-follow-up.ts'
import { readMeeting } from '../../../src/domain/talk/read-meeting.ts'
import type { TalkContext } from '../../../src/domain/talk/talk.ts'
import { LINES } from '../../talk/lines.ts'

const CONTEXT: TalkContext = {
  now: new Date('2026-11-23T11:30:00Z'),
  timeZone: 'Europe/Moscow',
  language: 'ru',
}

/** What people type: their own words in any order, and whatever a keyboard gives. */
const PIECES = LINES.flatMap(({ line }) => line.split(' '))
const talk = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          'next:',
          'далее:',
          'они:',
          'they:',
          ';',
          '\n',
          ',',
          '!',
          '«',
          '»',
          '"',
          '(',
          'с',
          'with',
          'каждый',
          'every',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    ),
    { maxLength: 40 },
  )
  .map((words) => words.join(' '))

const wordsOf = (text: string) => text.match(/[\p{L}\d]+/gu) ?? []

describe('a line about a meeting', () => {
  test('is read without an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(talk, fc.string({ unit: 'binary', maxLength: 300 })), (line) => {
        const meeting = readMeeting(line, CONTEXT)
        const [name = null] = meeting.names
        meeting.notesWithout(name)
        meeting.attendeesBeside(null)
        expect(readFollowUp(line, CONTEXT).whatWithout(null).length).toBeLessThanOrEqual(line.length)
      }),
      { numRuns: 600 },
    )
  })

  test('has its names and times where it says that they are', () => {
    fc.assert(
      fc.property(talk, (line) => {
        for (const read of [readMeeting(line, CONTEXT), readFollowUp(line, CONTEXT)]) {
          expect(read.names.length).toBeLessThanOrEqual(12)
          const spans = [...read.names, ...(read.when ? [read.when, ...read.when.pieces] : [])]
          for (const { from, to } of spans) {
            expect(from).toBeGreaterThanOrEqual(0)
            expect(to).toBeGreaterThan(from)
            expect(to).toBeLessThanOrEqual(line.length)
          }
          for (const { from, to, text } of read.names) expect(line.slice(from, to)).toContain(text)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('leaves only its own words as notes and as promises', () => {
    fc.assert(
      fc.property(talk, (line) => {
        const meeting = readMeeting(line, CONTEXT)
        const own = new Set(wordsOf(line))
        const notes = [meeting.notesWithout(null), meeting.notesWithout(meeting.names[0] ?? null)]
        const followUp = readFollowUp(line, CONTEXT)
        const what = followUp.whatWithout(followUp.names[0] ?? null)
        for (const text of [...notes, what, ...meeting.steps.map((step) => step.what)])
          expect(wordsOf(text).filter((word) => !own.has(word))).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test('keeps every word of a remark that means nothing to it', () => {
    const remark = 'шестерёнки зелёные гудят вполсилы'
    const { notesWithout, names } = readMeeting(`Ромашка вчера обсудили ${remark}`, CONTEXT)
    expect(notesWithout(names[0] ?? null)).toContain(remark)
  })

  test('keeps the whole of a name apart from the words around it', () => {
    const { names, notesWithout } = readMeeting(
      'ООО «Ромашка» вчера созвон, «новый прайс» не понравился',
      CONTEXT,
    )
    expect(names.map(({ text }) => text)).toContain('Ромашка')
    expect(notesWithout(names[0] ?? null)).toContain('не понравился')
  })

  test('counts its places as they are stored, also beside a letter of two units', () => {
    const { steps } = readMeeting('Acme, пришлю 𐀀 завтра', CONTEXT)
    expect(steps.map(({ what }) => what)).toEqual(['пришлю 𐀀'])
  })

  test('knows a promise by its date and not the meeting by it', () => {
    const { when, steps } = readMeeting('Ромашка, далее: отправить КП завтра в 10:00', CONTEXT)
    expect(when).toBeNull()
    expect(steps.map(({ when: due }) => due?.kind)).toEqual(['clear'])
  })

  test('does not count the account among those who were there', () => {
    const line = 'встреча с Вэй Чжан, Acme'
    const talkOf = readMeeting(line, CONTEXT)
    const account = { from: line.indexOf('Acme'), to: line.length, text: 'Acme' }
    expect(talkOf.attendeesBeside(account)).not.toContain('Acme')
    expect(readMeeting('созвон с Acme', CONTEXT).attendees).toEqual([])
    expect(readMeeting('встреча с клиентом вчера', CONTEXT).attendees).toEqual([])
  })

  test.each([
    ['с Иваном Петровым и Ольгой Смирновой', ['Иван Петров', 'Ольга Смирнова']],
    ['с Вячеславом Достоевским', ['Вячеслав Достоевский']],
    ['с Петром Гугутце', ['Петром Гугутце']],
    ['с Алёной', ['Алёна']],
  ])('%s: a Russian name is put into its first case only where that is sure', (said, right) => {
    expect(readMeeting(`Ромашка вчера ${said}`, CONTEXT).attendees).toEqual(right)
  })

  test('loses no word that it does not understand, wherever the line ends', () => {
    for (const { line, context } of LINES) {
      const { names, notesWithout, steps } = readMeeting(`${line}, грымзает кларфи`, context)
      const kept = [
        notesWithout(names[0] ?? null),
        ...steps.map(({ what }) => what),
        ...names.slice(0, 1).map(({ text }) => text),
      ]
      expect(kept.join(' '), line).toContain('грымзает')
      expect(kept.join(' '), line).toContain('кларфи')
    }
  })
})

describe('somebody without a first name', () => {
  test.each([
    ['обсудили цены с Ивановым', 'Иванов'],
    ['обсудили цены с Кузьминой', 'Кузьмина'],
    ['обсудили цены с Раевским', 'Раевский'],
  ])('is named as is sure: %s', (line, name) => {
    expect(readMeeting(`вчера был в Ромашке, ${line}`, CONTEXT).attendeesBeside(null)).toContain(name)
  })
})

describe('a day in figures', () => {
  test.each(['Acme 3/4 visit', 'Acme visit 3/4', 'visit Acme on 3/4'])('is never lost: %s', (line) => {
    expect(readMeeting(line, { ...CONTEXT, language: 'en' }).when?.kind).toBe('doubtful')
  })

  test('is not a share of something', () => {
    expect(readMeeting('met Acme, 3/4 agreed', { ...CONTEXT, language: 'en' }).when).toBeNull()
  })
})

describe('a long line', () => {
  const STRANGE = [
    'a',
    '(',
    '()',
    '"',
    'next: ',
    'с Иваном, ',
    'call ',
    'завтра ',
    'A ',
    ' ',
    ', ',
    'они пришлют ',
    'у a',
    'every monday, ',
    'mood good, ',
  ]

  test.each(STRANGE)(
    'of nothing but %j takes time in proportion to its length',
    // A neighbour on the same processor may spoil a measure; what is in the square of the length fails every time.
    { retry: 5 },
    (piece) => {
      const line = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
      const least = (length: number) =>
        Math.min(
          ...Array.from({ length: 5 }, () => {
            const started = performance.now()
            const talkOf = readMeeting(line(length), CONTEXT)
            talkOf.notesWithout(talkOf.names[0] ?? null)
            readFollowUp(line(length), CONTEXT).whatWithout(null)
            return performance.now() - started
          }),
        )
      least(2_500)
      // In the square of its length eight times as much would take sixty-four times as long.
      expect(least(20_000)).toBeLessThan(Math.max(1, least(2_500)) * 40)
    },
  )

  test('is read to its end', () => {
    const remark = 'обсудили поставки и логистику. '.repeat(320)
    const { when, steps, notesWithout, names } = readMeeting(
      `Ромашка вчера ${remark}\nдалее: отправить КП до пятницы`,
      CONTEXT,
    )
    expect(when?.kind).toBe('clear')
    expect(steps.map(({ what }) => what)).toEqual(['отправить КП'])
    expect(notesWithout(names[0] ?? null).length).toBeGreaterThan(9000)
  })
})
