const from = { id: 501, is_bot: false, first_name: 'Anna', username: 'anna', language_code: 'en' }
const chat = { id: 501, type: 'private', first_name: 'Anna' }
const message = { message_id: 7, date: 1_763_900_000, from, chat }
const file = { file_id: 'AgACAgI', file_unique_id: 'AQAD', file_size: 12_345 }

/** One update of every kind that we read, as the Bot API describes it, without its number. */
export const RECORDED: readonly Readonly<Record<string, unknown>>[] = [
  {
    message: {
      ...message,
      text: '/account@kamerton_bot Acme',
      entities: [{ type: 'bot_command', offset: 0, length: 21 }],
    },
  },
  {
    message: {
      ...message,
      text: 'Met Olga at Acme; next: send the quote on Friday',
      reply_to_message: message,
    },
  },
  { message: { ...message, chat: { id: -1_001, type: 'supergroup', title: 'Sales' }, text: '/help' } },
  {
    message: {
      ...message,
      photo: [file, { ...file, width: 90, height: 60 }],
      caption: 'shelf',
      media_group_id: '13',
    },
  },
  { message: { ...message, voice: { ...file, duration: 5, mime_type: 'audio/ogg' } } },
  { message: { ...message, document: { ...file, file_name: 'a.pdf', mime_type: 'application/pdf' } } },
  { message: { ...message, location: { latitude: 55.75, longitude: 37.61, live_period: 900 } } },
  {
    message: {
      ...message,
      venue: { location: { latitude: 1, longitude: 2 }, title: 'Acme', address: 'Main St 1' },
    },
  },
  { message: { ...message, contact: { phone_number: '+7495', first_name: 'Ivan', user_id: 9 } } },
  {
    message: {
      ...message,
      sticker: { ...file, emoji: '👋' },
      forward_origin: { type: 'user', date: 1, sender_user: from },
    },
  },
  { message: { ...message, new_chat_members: [from], migrate_to_chat_id: -1_002 } },
  { edited_message: { ...message, edit_date: 1_763_900_100, text: 'Met Olga at Acme again' } },
  {
    callback_query: {
      id: '4382bfdwdsb323b2d9',
      from,
      message: { ...message, from: { id: 1, is_bot: true, first_name: 'k' }, text: 'card' },
      chat_instance: '-3',
      data: 'account-deals?id=a1',
    },
  },
  {
    callback_query: {
      id: '5',
      from,
      message: { chat, message_id: 7, date: 0 },
      chat_instance: '-3',
      data: '~token',
    },
  },
  {
    my_chat_member: {
      chat,
      from,
      date: 1_763_900_000,
      old_chat_member: { user: from, status: 'member' },
      new_chat_member: { user: from, status: 'kicked', until_date: 0 },
    },
  },
]

/** Every kind up to Bot API 10.3 that is none of ours, and one nobody has heard of. */
export const OTHER_KINDS: readonly string[] = [
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
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
  'managed_bot',
  'subscription',
  'something_of_next_year',
]
