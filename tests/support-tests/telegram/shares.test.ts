import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA } from './api-client.ts'

let standIn: TelegramStandIn
let clock = 1_000_000_000_000

beforeEach(async () => {
  clock = 1_000_000_000_000
  standIn = await startTelegramStandIn({ now: () => clock })
})
afterEach(() => standIn.stop())

describe('what a person shares', () => {
  test('is a message with the sender, a number and a date like any other', () => {
    const { update, messageId } = standIn.share(ANNA, { kind: 'location', latitude: 1, longitude: 2 })
    expect(update).toMatchObject({
      message: {
        message_id: messageId,
        date: 1_000_000_000,
        from: { id: ANNA.id },
        chat: { id: ANNA.id, type: 'private' },
        location: { latitude: 1, longitude: 2 },
      },
    })
    expect(update['message']).not.toHaveProperty('text')
  })

  test('as a photo comes in sizes from small to large, each with an id of its own', () => {
    const { update } = standIn.share(ANNA, { kind: 'photo', bytes: 90_000, caption: 'shelf' })
    const { photo, caption } = update['message'] as {
      photo: { file_id: string; file_size: number }[]
      caption: string
    }
    expect(caption).toBe('shelf')
    expect(photo.map(({ file_size: size }) => size)).toEqual([1_200, 18_000, 90_000])
    expect(new Set(photo.map(({ file_id: id }) => id)).size).toBe(3)
  })

  test('as a venue or a moving picture brings along what older bots know', () => {
    const venue = standIn.share(ANNA, { kind: 'venue', latitude: 1, longitude: 2, title: 'Acme' })
    expect(venue.update['message']).toMatchObject({ location: { latitude: 1 }, venue: { title: 'Acme' } })
    const moving = standIn.share(ANNA, { kind: 'animation', bytes: 5 })
    expect(moving.update['message']).toMatchObject({ animation: {}, document: {} })
  })

  test('is never what no client could send', () => {
    expect(() => standIn.share(ANNA, { kind: 'location', latitude: 91, longitude: 0 })).toThrow(
      'no such place',
    )
    expect(() => standIn.share(ANNA, { kind: 'voice', bytes: 0 })).toThrow('of this size')
    const caption = 'x'.repeat(1_025)
    expect(() => standIn.share(ANNA, { kind: 'photo', bytes: 1, caption })).toThrow('1,024')
  })
})

describe('an edit', () => {
  test('keeps the number and the date of the message, and says when it was changed', () => {
    const { messageId } = standIn.say(ANNA, 'before')
    clock += 60_000
    const { update } = standIn.say(ANNA, 'after', { editOf: messageId })
    expect(update['edited_message']).toMatchObject({
      message_id: messageId,
      date: 1_000_000_000,
      edit_date: 1_000_000_060,
      text: 'after',
    })
  })

  test('of a message that nobody wrote does not happen', () => {
    expect(() => standIn.say(ANNA, 'x', { editOf: 99 })).toThrow('nobody wrote')
  })
})
