import { ApiError } from './api-error.ts'
import type { SlackChannel } from './directory.ts'
import { isJson, str, type Json } from './json.ts'
import type { StoredMessage, Via } from './timeline.ts'
import { accept, type World } from './world.ts'

export type ApiMethod = (args: Json, world: World) => Json

/** A refusal that also tells how long to wait. */
export class RateLimited extends ApiError {
  readonly seconds: number

  constructor(seconds: number) {
    super('ratelimited')
    this.seconds = seconds
  }
}

/** A user id stands for the direct message with that person. */
export function channelFor(world: World, id: unknown): SlackChannel {
  const channelId = str(id)
  if (/^[UW]/.test(channelId)) {
    const user = world.directory.users.get(channelId)
    if (!user) throw new ApiError('channel_not_found')
    if (user.is_bot) throw new ApiError('cannot_dm_bot')
    return world.directory.directMessage(channelId)
  }
  const channel = world.directory.channels.get(channelId)
  if (!channel) throw new ApiError('channel_not_found')
  return channel
}

function postable(world: World, id: unknown): SlackChannel {
  const channel = channelFor(world, id)
  if (channel.is_archived) throw new ApiError('is_archived')
  const visible = channel.is_member !== false || channel.is_im === true
  if (!visible) throw new ApiError(channel.is_private ? 'channel_not_found' : 'not_in_channel')
  const wait = world.limits.takeMessage(channel.id)
  if (wait > 0) throw new RateLimited(wait)
  return channel
}

const messageKeys = ['text', 'blocks', 'attachments', 'markdown_text', 'mrkdwn']

function content(args: Json): Json {
  return Object.fromEntries(Object.entries(args).filter(([key]) => messageKeys.includes(key)))
}

function storeMessage(world: World, via: Via, given: Partial<StoredMessage> & { channel: string }): Json {
  const message: StoredMessage = {
    ts: world.timeline.nextTs(),
    onlyFor: null,
    text: '',
    blocks: [],
    threadTs: null,
    metadata: null,
    ...given,
  }
  world.timeline.show(via, message)
  return messageOutput(world, message)
}

export function messageOutput(world: World, message: StoredMessage): Json {
  const { identity } = world
  return {
    type: 'message',
    user: identity.botUserId,
    bot_id: identity.botId,
    app_id: identity.appId,
    team: identity.teamId,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  }
}

function metadataOf(args: Json): Json | null {
  const metadata = args['metadata']
  if (metadata === undefined) return null
  const sound =
    isJson(metadata) && typeof metadata['event_type'] === 'string' && isJson(metadata['event_payload'])
  if (!sound) throw new ApiError('invalid_metadata_format')
  return metadata
}

function parts(world: World, args: Json): Omit<StoredMessage, 'ts' | 'channel' | 'onlyFor'> {
  return {
    text: str(args['text'] ?? args['markdown_text']),
    blocks: world.timeline.named(args['blocks']),
    threadTs: str(args['thread_ts']) || null,
    metadata: metadataOf(args),
  }
}

function postMessage(args: Json, world: World): Json {
  const channel = postable(world, args['channel'])
  accept(world, 'message', content(args), 'chat.postMessage')
  const message = storeMessage(world, 'chat.postMessage', { channel: channel.id, ...parts(world, args) })
  return { channel: channel.id, ts: message['ts'], message }
}

function postEphemeral(args: Json, world: World): Json {
  const channel = postable(world, args['channel'])
  const user = str(args['user'])
  if (!world.directory.users.has(user)) throw new ApiError('user_not_found')
  if (!world.directory.sees(user, channel.id)) throw new ApiError('user_not_in_channel')
  if (Buffer.byteLength(str(args['text'])) > 4000) throw new ApiError('msg_too_long')
  accept(world, 'message', content(args), 'chat.postEphemeral')
  const where = { channel: channel.id, onlyFor: user }
  const message = storeMessage(world, 'chat.postEphemeral', { ...where, ...parts(world, args) })
  return { message_ts: message['ts'] }
}

function existing(world: World, args: Json): StoredMessage {
  const channel = channelFor(world, args['channel'])
  const message = world.timeline.messages.get(str(args['ts']))
  // An ephemeral message exists only on one screen: the API cannot reach it again.
  if (message?.channel !== channel.id || message.onlyFor) throw new ApiError('message_not_found')
  return message
}

function update(args: Json, world: World): Json {
  const message = existing(world, args)
  const wait = world.limits.takeMessage(message.channel)
  if (wait > 0) throw new RateLimited(wait)
  accept(world, 'message', content(args), 'chat.update')
  const changed: StoredMessage = {
    ...message,
    text: str(args['text'] ?? args['markdown_text']),
    // Slack keeps the old blocks unless the call names new ones (an empty list removes them).
    blocks: args['blocks'] === undefined ? message.blocks : world.timeline.named(args['blocks']),
    metadata: args['metadata'] === undefined ? message.metadata : metadataOf(args),
  }
  world.timeline.show('chat.update', changed, message.ts)
  const output = messageOutput(world, changed)
  return { channel: changed.channel, ts: changed.ts, text: changed.text, message: output }
}

function remove(args: Json, world: World): Json {
  const message = existing(world, args)
  world.timeline.remove('chat.delete', message)
  return { channel: message.channel, ts: message.ts }
}

export const chatMethods: Record<string, ApiMethod> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
}
