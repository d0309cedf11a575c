import { describe, expect, test } from 'vitest'
import { intentOf, laneOf, queryIdOf } from '../../../src/bots/telegram/updates.ts'
import { fc } from './properties.ts'

const from = { id: 5, is_bot: false, first_name: 'A' }
const chat = { id: 5, type: 'private' }

/** Every kind up to Bot API 10.3 that is none of ours, and two nobody has heard of. */
const OTHERS = [
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'guest_message',
  'subscription',
  'something_of_next_year',
]

describe('an update', () => {
  test.each(OTHERS)('of the kind %s is passed over', (kind) => {
    const update = { update_id: 1, [kind]: { message_id: 1, from, chat, text: '/account Acme' } }
    expect(intentOf(update, 'us').kind).toBe('ignore')
  })

  test.each(['pinned_message', 'message_auto_delete_timer_changed', 'users_shared', 'something_new'])(
    'that is the service message %s asks for nothing',
    (name) => expect(intentOf({ message: { from, chat, [name]: {} } }, 'us').kind).toBe('ignore'),
  )

  test('of another bot is not answered', () => {
    expect(intentOf({ message: { from: { ...from, is_bot: true }, chat, text: 'x' } }, 'us').kind).toBe(
      'ignore',
    )
  })

  test('E-06 that is a tap on somebody else’s message, by way of an inline query, is only acknowledged', () => {
    const query = { id: '1', from, chat_instance: 'x', data: 'discount-approve?id=1&s=1.1' }
    expect(intentOf({ callback_query: { ...query, inline_message_id: 'i' } }, 'us').kind).toBe('emptyPress')
    expect(intentOf({ callback_query: query }, 'us').kind).toBe('press')
  })

  test('of a shape that never was does no harm', { timeout: 60_000 }, () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.bigInt().map(Number),
    )
    const name = fc.constantFrom(
      'message',
      'callback_query',
      'my_chat_member',
      'edited_message',
      'from',
      'chat',
      'id',
      'text',
      'data',
      'date',
      'message_id',
      'type',
      'new_chat_member',
      'status',
      'language_code',
      '__proto__',
      'location',
      'venue',
      'latitude',
      'longitude',
      'photo',
      'voice',
      'video_note',
      'document',
      'file_id',
      'file_size',
      'caption',
      'media_group_id',
      'contact',
      'first_name',
      'phone_number',
      'forward_origin',
      'sticker',
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(name, tie('tree')),
      ),
    }))
    const told = new Set([
      'ignore',
      'line',
      'press',
      'emptyPress',
      'event',
      'forwarded',
      'useless',
      'group',
      'membership',
    ])
    const message = tree.map((body) => ({ ...(typeof body === 'object' ? body : {}), from, chat }))
    const content = fc.oneof(
      tree,
      message.map((body) => ({ message: body })),
      message.map((body) => ({ edited_message: body })),
    )
    fc.assert(
      fc.property(content, (update) => {
        const intent = intentOf(update, 'us')
        expect(told).toContain(intent.kind)
        if (intent.kind === 'event') {
          expect(Object.values(intent.values).every((value) => typeof value === 'string')).toBe(true)
        }
        expect(typeof laneOf(update)).toBe('string')
        queryIdOf(update)
      }),
      { numRuns: 10_000 },
    )
  })

  test('has its place in the lane of its chat, a tap too', () => {
    expect(laneOf({ update_id: 1, message: { from: { id: 1 }, chat: { id: -100 } } })).toBe('-100')
    expect(laneOf({ update_id: 1, callback_query: { from: { id: 5 }, message: { chat } } })).toBe('5')
    expect(laneOf({ update_id: 1, callback_query: { from: { id: 5 } } })).toBe('5')
    expect(laneOf({ update_id: 1, inline_query: {} })).toBe('')
  })
})
