import { describe, expect, test } from 'vitest'
import { readFollowUp } from '../../../src/domain/talk/read-follow-up.ts'
import type { TalkContext } from '../../../src/domain/talk/talk.ts'
import type { Repeat } from '../../../src/domain/follow-ups/repeat.ts'
import { toldWhen } from '../../when/judge.ts'

/** Monday 23 November 2026, 14:30 in Moscow. */
const RU: TalkContext = { now: new Date('2026-11-23T11:30:00Z'), timeZone: 'Europe/Moscow', language: 'ru' }
const EN: TalkContext = { ...RU, language: 'en' }

function read(line: string) {
  const talk = readFollowUp(line, /[а-я]/i.test(line) ? RU : EN)
  const { when } = talk
  const time =
    when === null
      ? '-'
      : when.kind === 'clear'
        ? toldWhen(when.when)
        : when.kind === 'impossible'
          ? `! ${when.reason}`
          : `? ${when.choices.map(toldWhen).join(' ~ ')}`
  const [name = null] = talk.names
  return { ...talk, time, name: name?.text ?? '-', what: talk.whatWithout(name) }
}

describe('a line about a follow-up', () => {
  test.each([
    ['Acme Friday 15:00 call Ivan', 'Acme', '2026-11-27 15:00', 'call Ivan'],
    ['call Ivan at Acme on Friday 15:00', 'Acme', '2026-11-27 15:00', 'call Ivan'],
    ['send Acme the quote by Friday', 'Acme', '2026-11-27', 'send the quote'],
    ['remind me to call Acme tomorrow at 10', 'Acme', '2026-11-24 10:00', 'call'],
    ['Acme in 2 hours call back', 'Acme', '2026-11-23 16:30', 'call back'],
    ['Ромашка завтра отправить КП', 'Ромашка', '2026-11-24', 'отправить КП'],
    ['отправить КП Ленте до пятницы', 'Ленте', '2026-11-27', 'отправить КП'],
    ['напомни позвонить в Ленту завтра в 10', 'Ленту', '2026-11-24 10:00', 'позвонить'],
    ['через час перезвонить Ромашке', 'Ромашке', '2026-11-23 15:30', 'перезвонить'],
    ['Лента через неделю уточнить про договор', 'Лента', '2026-11-30', 'уточнить про договор'],
    ['Acme 31 November call', 'Acme', '! noSuchDay', 'call'],
    ['Acme yesterday call', 'Acme', '! past', 'call'],
    ['Ромашка 12.12.2326 позвонить', 'Ромашка', '! tooFar', 'позвонить'],
    ['Acme tomorrow at 8 call', 'Acme', '? 2026-11-24 08:00 ~ 2026-11-24 20:00', 'call'],
    ['Acme call Ivan', 'Acme', '-', 'call Ivan'],
    ['завтра в 10', '-', '2026-11-24 10:00', ''],
  ])('%s', (line, name, time, what) => {
    expect(read(line)).toMatchObject({ name, time, what, repeat: null })
  })

  test.each<[string, Repeat, string, string]>([
    [
      'every Monday 9:00 Acme check the stock',
      { every: 'week', interval: 1, weekdays: [1] },
      '2026-11-30 09:00',
      'check the stock',
    ],
    [
      'Acme every Monday at 17:00 check',
      { every: 'week', interval: 1, weekdays: [1] },
      '2026-11-23 17:00',
      'check',
    ],
    [
      'каждый понедельник в 9 Ромашка проверить остатки',
      { every: 'week', interval: 1, weekdays: [1] },
      '2026-11-30 09:00',
      'проверить остатки',
    ],
    [
      'Ромашка каждый последний день месяца выставить счет',
      { every: 'month', interval: 1, monthDay: 'last' },
      '2026-11-30',
      'выставить счет',
    ],
    [
      'Ромашка каждый последний рабочий день месяца в 17:00 акт',
      { every: 'month', interval: 1, monthDay: 'lastWorkday' },
      '2026-11-30 17:00',
      'акт',
    ],
    [
      'по пятницам в 10 звонить Акме',
      { every: 'week', interval: 1, weekdays: [5] },
      '2026-11-27 10:00',
      'звонить',
    ],
    [
      'по понедельникам и средам в 10:00 отчет по Ленте',
      { every: 'week', interval: 1, weekdays: [1, 3] },
      '2026-11-25 10:00',
      'отчет',
    ],
    ['каждое 15 число Акме сверка', { every: 'month', interval: 1, monthDay: 15 }, '2026-12-15', 'сверка'],
    [
      'Acme monthly on the 5th invoice',
      { every: 'month', interval: 1, monthDay: 5 },
      '2026-12-05',
      'invoice',
    ],
    [
      'Acme on the 1st of every month invoice',
      { every: 'month', interval: 1, monthDay: 1 },
      '2026-12-01',
      'invoice',
    ],
    [
      'every 2 weeks on Tue 10:00 sync with Acme',
      { every: 'week', interval: 2, weekdays: [2] },
      '2026-11-24 10:00',
      'sync',
    ],
    [
      'Acme every other Friday at 3pm beer',
      { every: 'week', interval: 2, weekdays: [5] },
      '2026-11-27 15:00',
      'beer',
    ],
    [
      'раз в две недели по вторникам Лента звонок',
      { every: 'week', interval: 2, weekdays: [2] },
      '2026-11-24',
      'звонок',
    ],
    ['раз в две недели Лента звонок', { every: 'week', interval: 2, weekdays: [1] }, '-', 'звонок'],
    [
      'yearly on 1 March send greetings to Acme',
      { every: 'year', month: 3, monthDay: 1 },
      '2027-03-01',
      'send greetings',
    ],
    [
      'ежегодно 1 марта поздравить Ромашку',
      { every: 'year', month: 3, monthDay: 1 },
      '2027-03-01',
      'поздравить',
    ],
    ['daily Acme check deliveries', { every: 'day', interval: 1 }, '-', 'check deliveries'],
    [
      'daily at 9:00 Acme check deliveries',
      { every: 'day', interval: 1 },
      '2026-11-24 09:00',
      'check deliveries',
    ],
    ['каждый день с 1 декабря Ромашка проверка', { every: 'day', interval: 1 }, '2026-12-01', 'проверка'],
    [
      'every workday 9:00 Acme check deliveries',
      { every: 'workday' },
      '2026-11-24 09:00',
      'check deliveries',
    ],
    ['Лента по будням в 18:00 сводка', { every: 'workday' }, '2026-11-23 18:00', 'сводка'],
    ['ежемесячно Лента акт сверки', { every: 'month', interval: 1, monthDay: 23 }, '-', 'акт сверки'],
    [
      'Ромашка: с 1 декабря ежемесячно отчет',
      { every: 'month', interval: 1, monthDay: 1 },
      '2026-12-01',
      'отчет',
    ],
    ['Acme every quarter review', { every: 'month', interval: 3, monthDay: 23 }, '-', 'review'],
    [
      'каждую пятницу утром Ромашка сводка',
      { every: 'week', interval: 1, weekdays: [5] },
      '2026-11-27 09:00',
      'сводка',
    ],
  ])('%s repeats', (line, repeat, time, what) => {
    expect(read(line)).toMatchObject({ repeat, time, what })
  })

  test('asks which half of the day a repeating hour means, and on a day to come', () => {
    expect(read('каждый понедельник в 8 Ромашка').time).toBe('? 2026-11-30 08:00 ~ 2026-11-30 20:00')
  })

  test('never repeats on a day that no year has', () => {
    expect(read('Acme every 30 February call')).toMatchObject({ repeat: null, time: '! noSuchDay' })
  })

  test.each([
    ['они: пришлют ТЗ до 12.12 Ромашка', 'CLIENT'],
    ['Ромашка они пришлют ТЗ до 12.12', 'CLIENT'],
    ['клиент обещал прислать договор до пятницы', 'CLIENT'],
    ['Acme they promised to send the contract by Friday', 'CLIENT'],
    ['Acme they: will send the contract by Friday', 'CLIENT'],
    ['Acme we promised the contract by Friday', 'US'],
    ['я обещал прислать КП до пятницы', 'US'],
    ['Acme Friday call', 'US'],
  ])('%s is promised by %s', (line, promisedBy) => {
    expect(readFollowUp(line, EN).promisedBy).toBe(promisedBy)
  })

  test.each([
    ['срочно позвонить Ромашке завтра в 10', true],
    ['! позвонить Ромашке завтра', true],
    ['Acme tomorrow send the quote !', true],
    ['Acme tomorrow urgent call', true],
    ['Acme tomorrow call!', false],
    ['Acme tomorrow call', false],
  ])('%s: urgent is %s', (line, urgent) => {
    expect(readFollowUp(line, EN).urgent).toBe(urgent)
    expect(read(line).what).not.toContain('!'.repeat(urgent ? 1 : 2))
  })
})
