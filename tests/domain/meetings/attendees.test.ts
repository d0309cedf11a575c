import { describe, expect, it } from 'vitest'
import { matchAttendees } from '../../../src/domain/meetings/attendees.ts'

const CONTACTS = [
  { id: 'olga', name: 'Ольга Смирнова' },
  { id: 'ivan', name: 'Иван Петров' },
  { id: 'ivan2', name: 'Иван Сергеевич Громов' },
  { id: 'sergey', name: 'Сергей Белый' },
  { id: 'igor', name: 'Игорь Лось' },
  { id: 'katya', name: 'Катя Толстая' },
  { id: 'artem', name: 'Артём Достоевский' },
  { id: 'ken', name: 'Ken Ono' },
  { id: 'jean', name: 'Jean-Luc O’Neil' },
]
const found = (...names: string[]) =>
  matchAttendees(names, CONTACTS).map(({ contactId, name }) => contactId ?? name)

describe('attendees', () => {
  it.each([
    ['Ольга Смирнова', 'olga'],
    ['Смирнова Ольга', 'olga'],
    ['ольга', 'olga'],
    ['Ольгой Смирновой', 'olga'],
    ['Ольгой', 'olga'],
    ['Иваном Петровым', 'ivan'],
    ['Петровым', 'ivan'],
    ['Иваном Сергеевичем', 'ivan2'],
    ['Сергеем', 'sergey'],
    ['Сергеем Белым', 'sergey'],
    ['Игорем', 'igor'],
    ['Катей Толстой', 'katya'],
    ['Артемом Достоевским', 'artem'],
    ['ken', 'ken'],
    ['Jean Luc', 'jean'],
  ])('%s is the contact %s', (name, contact) => {
    expect(found(name)).toEqual([contact])
  })

  it.each(['Иваном', 'Иван', 'Ольга Петрова', 'Ken Onopko', 'Ольга Ольга', 'Пётр'])(
    '%s is nobody for certain, and stays as it was written',
    (name) => {
      expect(matchAttendees([name], CONTACTS)).toEqual([{ name, contactId: null }])
    },
  )

  it('prefers the whole name to a part of another one', () => {
    const contacts = [
      { id: 'long', name: 'Anna Maria Berg' },
      { id: 'short', name: 'Anna Berg' },
    ]
    expect(matchAttendees(['Anna Berg'], contacts)).toEqual([{ name: 'Anna Berg', contactId: 'short' }])
  })

  it('counts each person once, under the name of the contact', () => {
    expect(matchAttendees(['Ольга', 'Ольгой Смирновой', 'Sam', 'sam', ' '], CONTACTS)).toEqual([
      { name: 'Ольга Смирнова', contactId: 'olga' },
      { name: 'sam', contactId: null },
    ])
  })
})
