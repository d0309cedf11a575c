import { describe, expect, it } from 'vitest'
import { tellsOfMeeting } from '../../../src/commands/meetings/plain-talk.ts'

describe('a line without a command', () => {
  it.each([
    'Был в Ромашке, обсудили цены',
    'была у Альфы',
    'Созвонились с Ольгой из Ромашки вчера',
    'Заехал в Ромашку, договорились о встрече',
    'Встретились с Ивановым, далее: отправить КП',
    'Визит в Ромашку завтра в 10:00',
    'Провёл переговоры с Альфой',
    'завтра встречаюсь с Ромашкой',
    'met Acme yesterday, went well',
    'Visited Acme, discussed the price list',
    'had a call with Acme this morning',
    'Acme: discussed prices yesterday',
    'Meeting with Acme tomorrow 10:00',
    'will visit Acme on Friday',
    'just left Acme, good mood',
  ])('tells of a meeting: %s', (line) => {
    expect(tellsOfMeeting(line)).toBe(true)
  })

  it.each([
    'Acme',
    'Acme Corporation',
    'Ромашка',
    'ООО «Ромашка Плюс»',
    'Met Office',
    'Met Life Insurance',
    'The Meeting Point Hotel',
    'Визит Плюс ООО',
    'Meeting Point, Berlin Mitte GmbH',
    'Первый визит',
    'Был ли я в Ромашке вчера?',
    'Когда была встреча с Ромашкой?',
    'напомни завтра, что встречались с Ромашкой',
    'remind me tomorrow that we met Acme',
    'call Acme tomorrow',
    'позвонить в Ромашку завтра',
    'send the quote by Friday',
    'I’ll be 10 minutes late, meeting with Acme at 15:00',
    'опаздываю на 20 минут, встреча в Ромашке в 15:00',
    'вчера',
    '',
  ])('does not: %s', (line) => {
    expect(tellsOfMeeting(line)).toBe(false)
  })

  it('of ten thousand characters is judged at once', () => {
    expect(tellsOfMeeting('в '.repeat(5_000))).toBe(false)
    expect(tellsOfMeeting(`Acme, ${'обсудили цены '.repeat(700)}`)).toBe(true)
  })
})
