import { beforeEach, describe, expect, it } from 'vitest'
import { NOW } from '../../support/clients.ts'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeEach(async () => {
  talk = await openTalk()
})

describe('the form', () => {
  it('opens without a line, and needs nothing but the account', async () => {
    const form = await talk.says('anna', '/meeting')
    expect(form.text).toContain('[Log or plan a meeting]')
    expect(talk.held(form)).toEqual({})
    const missing = await talk.fills('anna', form, { notes: 'Prices' })
    expect(missing.text).toContain('Account: ! Choose the account')
    expect(missing.text).toContain('Notes: Prices')
    expect((await talk.fills('anna', missing, { account: 'acme' })).text).toContain('Logged.')
    expect(await talk.written()).toMatchObject([
      { accountId: 'acme', status: 'HELD', startsAt: NOW, kind: 'MEETING', notes: 'Prices', said: null },
    ])
  })

  it('opens from the card with the account filled in', async () => {
    const card = await talk.says('anna', '/account Acme Corporation')
    const form = await talk.presses('anna', card, 'Log meeting')
    expect(form.text).toContain('Account: Acme Corporation')
    expect((await talk.fills('anna', form)).text).toContain('Logged.')
  })

  it('opens for a place where somebody is now', async () => {
    const form = await talk.runs('boris', 'meeting', { account: 'romashka', at: 'now', kind: 'VISIT' })
    expect(talk.held(form)).toEqual({ account: 'romashka', when: '23.11.2026 14:30', kind: 'VISIT' })
    await talk.fills('boris', form)
    expect(await talk.written()).toMatchObject([
      { status: 'HELD', kind: 'VISIT', startsAt: new Date('2026-11-23T11:30:00Z') },
    ])
  })

  it('opens with a time that a button brings', async () => {
    const form = await talk.runs('anna', 'meeting', { account: 'acme', when: 'tomorrow 10:00' })
    expect(talk.held(form)).toEqual({ account: 'acme', when: 'tomorrow 10:00' })
    expect((await talk.fills('anna', form)).text).toContain('Planned.')
  })

  it('takes everything, in ordinary words', async () => {
    const card = await talk.sends('boris', 'meeting-save', {
      account: 'romashka',
      when: 'вчера с 10:00 до 11:30',
      kind: 'ONLINE',
      mood: 'BAD',
      attendees: 'Иван Петров, Ольга',
      notes: 'Недовольны сроками',
      next: 'отправить КП до пятницы; !позвонить завтра в 9:00',
      they: 'пришлют спецификацию до 12.12',
    })
    expect(card.text).toContain('вс, 22 нояб. 2026, 10:00 — 11:30')
    expect(card.text).toMatch(
      /Мы обещали\n- отправить КП · пт, 27 нояб\. 2026\n- позвонить · .*09:00 · срочно/,
    )
    expect(card.text).toMatch(/Они обещали\n- .*спецификацию · сб, 12 дек\. 2026/)
    const [meeting] = await talk.written()
    expect(meeting).toMatchObject({
      kind: 'ONLINE',
      mood: 'BAD',
      startsAt: new Date('2026-11-22T07:00:00Z'),
      endsAt: new Date('2026-11-22T08:30:00Z'),
      notes: 'Недовольны сроками',
    })
    expect(meeting?.followUps.map(({ promisedBy, urgent }) => [promisedBy, urgent])).toEqual([
      ['US', false],
      ['US', true],
      ['CLIENT', false],
    ])
  })

  it.each([
    ['when', '31 November', 'There is no such day'],
    ['when', 'blue', 'I cannot find a time in this'],
    ['when', '12.12.2326', 'more than ten years away'],
    ['next', 'send the quote by 31 November', 'There is no such day'],
    ['they', 'send the plan by 20.11.2026', 'that time has passed'],
    ['notes', 'x'.repeat(20_001), 'That is too long'],
  ])('comes back with what is wrong in %s, and keeps the rest', async (field, value, sentence) => {
    const form = await talk.sends('anna', 'meeting-save', {
      account: 'acme',
      mood: 'GOOD',
      attendees: 'Ivan',
      [field]: value,
    })
    const label = { when: 'When', next: 'We promised', they: 'They promised', notes: 'Notes' }[field]
    expect(form.text).toMatch(new RegExp(`^${label}: .*! .*${sentence}`, 'm'))
    expect(talk.held(form)).toMatchObject({
      account: 'acme',
      mood: 'GOOD',
      attendees: 'Ivan',
      [field]: value,
    })
    expect(await talk.written()).toEqual([])
  })

  it('asks what is doubtful by buttons, and loses nothing on the way', async () => {
    const question = await talk.sends('anna', 'meeting-save', {
      account: 'acme',
      when: 'Friday',
      notes: 'Prices',
      next: 'send the quote',
    })
    expect(question.text).toContain('Which time do you mean?')
    const step = await talk.presses('anna', question, 'Fri, 20 Nov 2026')
    expect(step.text).toContain('By when: send the quote?')
    const form = await talk.presses('anna', step, 'Another time')
    expect(talk.held(form)).toMatchObject({
      account: 'acme',
      when: '2026-11-20',
      notes: 'Prices',
      next: 'send the quote',
    })
    const card = await talk.fills('anna', form, { next: 'send the quote by 1 December' })
    expect(card.text).toContain('Logged.')
    const [meeting] = await talk.written()
    expect(meeting).toMatchObject({ day: new Date('2026-11-20T00:00:00Z'), notes: 'Prices', said: null })
    expect(meeting?.followUps).toMatchObject([
      { what: 'send the quote', dueOn: new Date('2026-12-01T00:00:00Z') },
    ])
  })

  it('keeps ten thousand characters of notes, and shows them whole on pages', async () => {
    const notes = `${'Слово 🏭 '.repeat(1_111)}конец`
    const card = await talk.sends('anna', 'meeting-save', { account: 'acme', notes })
    expect(card.text.length).toBeLessThan(1_500)
    expect(await talk.written()).toMatchObject([{ notes }])

    const pages: string[] = []
    let page = await talk.presses('anna', card, 'Whole notes')
    for (;;) {
      const { answer } = page.reply
      if (answer.kind !== 'view') throw new Error('no page')
      const text = answer.view[2]
      if (text?.kind !== 'text' || !('plain' in text.text)) throw new Error('no notes')
      pages.push(text.text.plain)
      if (!page.buttons.some(({ words }) => words === 'More')) break
      page = await talk.presses('anna', page, 'More')
    }
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.join('')).toBe(notes)
  })
})
