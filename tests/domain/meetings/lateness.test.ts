import { describe, expect, it } from 'vitest'
import { readLateness, readMinutes } from '../../../src/domain/meetings/lateness.ts'

const late = (minutes: number | null, rest = '') => ({ minutes, arrivesIn: null, rest })
const arrives = (arrivesIn: number, rest = '') => ({ minutes: null, arrivesIn, rest })

describe('somebody who says that they are late', () => {
  it.each([
    ["I'll be 10 minutes late", late(10)],
    ['I’ll be 10 min late.', late(10)],
    ['running 15 min late', late(15)],
    ['I am late by 20 minutes', late(20)],
    ["I'm running about half an hour late", late(30)],
    ["I'll be an hour late", late(60)],
    ["Sorry, I'll be an hour and a half late", late(90)],
    ['10 minutes late', late(10)],
    ["I'll be 10 minutes late to Acme", late(10, 'to Acme')],
    ["I'll be there in half an hour", arrives(30)],
    ["sorry, I'll be late", late(null)],
    ["I'm late for Acme", late(null, 'for Acme')],
    ['опаздываю на 10 минут', late(10)],
    ['Опаздываю минут на 10', late(10)],
    ['опаздываю на 5', late(5)],
    ['задерживаюсь на 20 мин', late(20)],
    ['Извините, я немного опоздаю на четверть часа', late(15)],
    ['буду позже на 15 минут', late(15)],
    ['задержусь на полтора часа', late(90)],
    ['на 10 минут опаздываю', late(10)],
    ['опаздываю на 10 минут в Ромашку', late(10, 'в Ромашку')],
    ['буду через полчаса', arrives(30)],
    ['Буду минут через 20', arrives(20)],
    ['опаздываю', late(null)],
    ['опаздываю в Ромашку', late(null, 'в Ромашку')],
  ])('%s', (line, said) => {
    expect(readLateness(line)).toEqual(said)
  })

  it.each([
    'was 10 minutes late at Acme',
    'He is 10 minutes late',
    'late',
    'опоздал на 10 минут в Ромашку',
    'буду через неделю в Ромашке',
    'буду в Ромашке завтра в 15:00',
    'Acme',
    '',
    `I'll be 10 minutes late ${'and '.repeat(40)}`,
  ])('is not found in: %s', (line) => {
    expect(readLateness(line)).toBeNull()
  })
})

describe('minutes after the command', () => {
  it.each([
    ['10', 10, ''],
    ['10 min Acme', 10, 'Acme'],
    ['на 10 минут', 10, ''],
    ['минут 10', 10, ''],
    ['полчаса', 30, ''],
    ['half an hour', 30, ''],
    ['час', 60, ''],
    ['полтора часа', 90, ''],
  ])('%s', (text, minutes, rest) => {
    expect(readMinutes(text)).toEqual({ minutes, rest })
  })

  it.each(['', '-5', '10.5', '1000', 'завтра', 'Acme'])('are not read from: %s', (text) => {
    expect(readMinutes(text)).toBeNull()
  })
})
