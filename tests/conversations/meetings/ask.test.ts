import { beforeEach, describe, expect, it } from 'vitest'
import { NOW } from '../../support/clients.ts'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeEach(async () => {
  talk = await openTalk()
})

const DAY = 86_400_000
const words = ({ buttons }: { buttons: readonly { words: string }[] }) =>
  buttons.map((button) => button.words)

describe('what is doubtful is asked', () => {
  it('a weekday that may be the last or the next one', async () => {
    const question = await talk.says('anna', '/meeting Acme Friday visit')
    expect(question.text).toContain('Which time do you mean?')
    expect(words(question)).toEqual(['Fri, 27 Nov 2026', 'Fri, 20 Nov 2026', 'Another time'])
    expect(await talk.written()).toEqual([])

    const card = await talk.presses('anna', question, 'Fri, 20 Nov 2026')
    expect(card.text).toContain('Logged.')
    expect(await talk.written()).toMatchObject([
      { status: 'HELD', day: new Date('2026-11-20T00:00:00Z'), kind: 'VISIT', said: 'Acme Friday visit' },
    ])
    expect(await talk.prisma.draft.count()).toBe(0)
  })

  it('one thing after another, and the last answer writes', async () => {
    const which = await talk.says(
      'boris',
      '/meeting Acme и Ромашка в пятницу обсудили цены; далее: отправить КП',
      {
        message: '9',
        chat: 'c1',
      },
    )
    expect(which.text).toContain('О каком речь?')
    expect(words(which)).toEqual(['Acme Corporation', 'ООО «Ромашка»', 'Другой клиент'])
    const step = await talk.presses('boris', which, 'ООО «Ромашка»')
    expect(step.text).toContain('К какому сроку: отправить КП?')
    const card = await talk.presses('boris', step, 'Завтра')
    expect(card.text).toContain('Записано.')
    const [meeting] = await talk.written()
    expect(meeting).toMatchObject({
      accountId: 'romashka',
      status: 'HELD',
      day: new Date('2026-11-20T00:00:00Z'),
    })
    expect(meeting?.followUps).toMatchObject([
      { what: 'отправить КП', dueOn: new Date('2026-11-24T00:00:00Z') },
    ])
    expect(await talk.prisma.messageRef.findMany()).toMatchObject([{ message: '9', meetingId: meeting?.id }])
  })

  it('whether a meeting of today was or will be', async () => {
    const question = await talk.says('anna', '/meeting Acme today')
    expect(words(question)).toEqual(['It has taken place', 'It is still to come'])
    await talk.presses('anna', question, 'It is still to come')
    expect(await talk.written()).toMatchObject([{ status: 'PLANNED', day: new Date('2026-11-23T00:00:00Z') }])
  })

  it('on which day of a week', async () => {
    const question = await talk.says('anna', '/meeting Acme visit next week')
    expect(words(question)).toEqual([
      'Mon, 30 Nov 2026',
      'Tue, 1 Dec 2026',
      'Wed, 2 Dec 2026',
      'Thu, 3 Dec 2026',
      'Fri, 4 Dec 2026',
      'Another time',
    ])
    await talk.presses('anna', question, 'Tue, 1 Dec 2026')
    expect(await talk.written()).toMatchObject([{ status: 'PLANNED', day: new Date('2026-12-01T00:00:00Z') }])
  })

  it('when, of a meeting that is said to come', async () => {
    const question = await talk.says('anna', '/meeting will visit Acme')
    expect(question.text).toContain('When will it be?')
    await talk.presses('anna', question, 'Tomorrow')
    expect(await talk.written()).toMatchObject([{ status: 'PLANNED', day: new Date('2026-11-24T00:00:00Z') }])
  })

  it('whether it took place, when the line was on its way for longer than until then', async () => {
    const question = await talk.says('anna', '/meeting Acme at 13:00 today', {
      saidAt: new Date('2026-11-23T08:00:00Z'),
    })
    expect(question.text).toContain('That time has passed by now.')
    expect(await talk.written()).toEqual([])
    await talk.presses('anna', question, 'It has taken place')
    expect(await talk.written()).toMatchObject([
      { status: 'HELD', startsAt: new Date('2026-11-23T10:00:00Z') },
    ])
  })

  it('the account, when the line names none: the own ones, or any by the form', async () => {
    const question = await talk.says('boris', '/meeting вчера в 15:00 обсудили цены')
    expect(words(question)).toContain('Acme Corporation')
    expect(words(question).at(-1)).toBe('Другой клиент')
    const form = await talk.presses('boris', question, 'Другой клиент')
    expect(talk.held(form)).toMatchObject({ when: '22.11.2026 15:00' })
    expect(talk.held(form)['notes']).toContain('обсудили')
    const card = await talk.fills('boris', form, { account: 'romashka' })
    expect(card.text).toContain('Записано.')
    expect(await talk.written()).toMatchObject([
      {
        accountId: 'romashka',
        startsAt: new Date('2026-11-22T12:00:00Z'),
        said: 'вчера в 15:00 обсудили цены',
      },
    ])
  })
})

describe('an open question', () => {
  it('that was answered to the end says so', async () => {
    const question = await talk.says('anna', '/meeting Acme Friday visit')
    await talk.presses('anna', question, 'Fri, 20 Nov 2026')
    const again = await talk.presses('anna', question, 'Fri, 27 Nov 2026')
    expect(again.text).toContain('This was answered already')
    const form = await talk.presses('anna', question, 'Another time')
    expect(form.text).toContain('This was answered already')
    expect(await talk.written()).toHaveLength(1)
  })

  it('that two presses answer at the same moment writes once', async () => {
    const question = await talk.says('anna', '/meeting Acme Friday visit')
    const both = await Promise.all([
      talk.presses('anna', question, 'Fri, 20 Nov 2026'),
      talk.presses('anna', question, 'Fri, 27 Nov 2026'),
    ])
    expect(both.filter(({ text }) => text.includes('This was answered already'))).toHaveLength(1)
    expect(both.filter(({ text }) => /^(?:Logged|Planned)\./.test(text))).toHaveLength(1)
    expect(await talk.written()).toHaveLength(1)
  })

  it('is remembered for a week and not longer', async () => {
    const first = await talk.says('anna', '/meeting Acme Friday visit')
    const second = await talk.says('anna', '/meeting Acme Friday call')
    talk.clock.now = new Date(NOW.getTime() + 6 * DAY)
    expect((await talk.presses('anna', first, 'Fri, 20 Nov 2026')).text).toContain('Logged.')
    talk.clock.now = new Date(NOW.getTime() + 8 * DAY)
    expect((await talk.presses('anna', second, 'Fri, 20 Nov 2026')).text).toContain(
      'This was answered already',
    )
    expect(await talk.written()).toHaveLength(1)
  })

  it('plans nothing in the past when it is answered late', async () => {
    const question = await talk.says('anna', '/meeting Acme Friday visit')
    talk.clock.now = new Date(NOW.getTime() + 6 * DAY)
    const late = await talk.presses('anna', question, 'Fri, 27 Nov 2026')
    expect(late.text).toContain('That time has passed by now.')
    expect(await talk.written()).toEqual([])
  })

  it('belongs to whoever was asked', async () => {
    const question = await talk.says('anna', '/meeting Acme Friday visit')
    const other = await talk.presses('max', question, 'Fri, 20 Nov 2026')
    expect(other.text).toContain('This was answered already')
    expect(await talk.written()).toEqual([])
  })

  it('takes no account that its asker may not see, and no answer that is none', async () => {
    const { buttons } = await talk.says('boris', '/meeting Ромашка и Acme вчера')
    const draft = buttons[0]?.args['draft'] ?? ''
    const answer = (field: string, value: string) =>
      talk.runs('boris', 'meeting-answer', { draft, field, value })
    expect((await answer('account', 'globex')).text).toBe('Этого клиента здесь больше нет.')
    for (const [field, value] of [
      ['when', 'tomorrow'],
      ['when', '2026-13-45'],
      ['tense', 'maybe'],
      ['mood', 'x'],
    ] as const)
      expect((await answer(field, value)).text).toContain('Кнопка устарела')
    expect(await talk.written()).toEqual([])
  })
})

describe('what cannot be', () => {
  it.each([
    ['/meeting Acme 31 November', 'no such day'],
    ['/meeting visited Acme tomorrow', 'still to come'],
    ['/meeting will visit Acme yesterday', 'has passed'],
    ['/meeting Acme 12.12.2326', 'more than ten years away'],
    ['/meeting Acme yesterday, next: send the quote by 31 November', 'send the quote: There is no such day'],
  ])('logs nothing and keeps everything: %s', async (line, sentence) => {
    const { text, buttons } = await talk.says('anna', line)
    expect(text).toContain(sentence)
    expect(buttons.map((button) => button.words)).toEqual(['Correct'])
    expect(await talk.written()).toEqual([])
    expect(await talk.prisma.draft.count()).toBe(1)
  })

  it('is mended in the form', async () => {
    const wrong = await talk.says('anna', '/meeting Acme 31 November visit with Olga, mood good, prices')
    const form = await talk.presses('anna', wrong, 'Correct')
    expect(talk.held(form)).toMatchObject({ account: 'acme', kind: 'VISIT', mood: 'GOOD', attendees: 'Olga' })
    const again = await talk.fills('anna', form, { when: '31 November' })
    expect(again.text).toContain('When: 31 November ! There is no such day')
    const card = await talk.fills('anna', again, { when: '20 November 2026' })
    expect(card.text).toContain('Logged.')
    expect(await talk.written()).toMatchObject([
      {
        day: new Date('2026-11-20T00:00:00Z'),
        kind: 'VISIT',
        mood: 'GOOD',
        attendees: [{ contactId: 'olga' }],
      },
    ])
    expect(await talk.prisma.draft.count()).toBe(0)
  })
})
