import { record, str, type Json } from './json.ts'
import type { StoredMessage } from './timeline.ts'
import type { StoredView } from './views.ts'
import type { Control } from './visible.ts'
import { stateOf } from './form-state.ts'
import { messageOutput } from './web-api-chat.ts'
import type { World } from './world.ts'

/** The fields every interaction has. An outsider's click carries the outsider's own team in `user`. */
export function interactionBase(world: World, type: string, user: string): Json {
  const { teamId, teamDomain, appId, verificationToken } = world.identity
  const name = world.directory.users.get(user)?.name ?? user.toLowerCase()
  return {
    type,
    token: verificationToken,
    api_app_id: appId,
    is_enterprise_install: false,
    enterprise: null,
    team: {
      id: teamId,
      domain: teamDomain,
    },
    user: {
      id: user,
      username: name,
      name,
      team_id: world.directory.teamOf(user),
    },
  }
}

function channelName(world: World, id: string): string {
  const channel = world.directory.channels.get(id)
  if (channel?.is_im) return 'directmessage'
  if (channel?.is_private) return 'privategroup'
  return channel?.name ?? id.toLowerCase()
}

export interface CommandInput {
  command: string
  text: string
  user: string
  channel: string
  teamId?: string
  /** Replaces or adds fields of the payload; undefined removes one. */
  fields?: Record<string, string | undefined>
}

export function commandPayload(
  world: World,
  input: CommandInput,
  responseUrl: string,
): Record<string, string> {
  const { teamId, teamDomain, appId, verificationToken } = world.identity
  const fields: Record<string, string | undefined> = {
    token: verificationToken,
    team_id: input.teamId ?? teamId,
    team_domain: teamDomain,
    channel_id: input.channel,
    channel_name: channelName(world, input.channel),
    user_id: input.user,
    user_name: world.directory.users.get(input.user)?.name ?? input.user.toLowerCase(),
    command: input.command,
    text: input.text,
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: world.triggers.issue(input.user),
    ...input.fields,
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

export function actionOf(world: World, control: Control, selected: unknown): Json {
  const { element, blockId } = control
  const common = { action_id: element['action_id'], block_id: blockId, action_ts: world.timeline.nextTs() }
  if (element['type'] !== 'button') {
    const { placeholder, confirm } = element
    return {
      ...common,
      ...(placeholder ? { placeholder } : {}),
      ...(confirm ? { confirm } : {}),
      ...stateOf(element, selected),
    }
  }
  const { accessibility_label: _label, ...shown } = element
  return { ...shown, ...common }
}

export function messageContext(world: World, message: StoredMessage, responseUrl: string): Json {
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.onlyFor !== null,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  }
  return {
    container,
    channel: { id: message.channel, name: channelName(world, message.channel) },
    // Slack does not keep ephemeral messages, so it cannot send one along.
    ...(message.onlyFor ? {} : { message: messageOutput(world, message) }),
    response_url: responseUrl,
  }
}

export function viewContext(stored: StoredView): Json {
  return { container: { type: 'view', view_id: stored.id }, view: stored.view }
}

export interface EventInput {
  eventId?: string
  teamId?: string
  isExtShared?: boolean
  /** Marks the delivery as a repetition, as the headers of a retry do. */
  retry?: { num: number; reason: string }
  fields?: Json
}

export function eventPayload(world: World, event: Json, input: EventInput): Json {
  const { teamId, appId, botUserId, verificationToken } = world.identity
  const ts = world.timeline.nextTs()
  const filled =
    event['type'] === 'message' || event['type'] === 'app_mention' ? { ts, event_ts: ts } : { event_ts: ts }
  const authorization = { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true }
  return {
    token: verificationToken,
    team_id: input.teamId ?? teamId,
    context_team_id: teamId,
    api_app_id: appId,
    type: 'event_callback',
    context_enterprise_id: null,
    event: {
      ...filled,
      ...event,
    },
    event_id: input.eventId ?? world.timeline.nextId('Ev'),
    event_time: Math.floor(world.now() / 1e3),
    authorizations: [
      {
        ...authorization,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: input.isExtShared ?? isShared(world, event),
    ...input.fields,
  }
}

function isShared(world: World, event: Json): boolean {
  return world.directory.channels.get(str(event['channel']))?.is_ext_shared === true
}

/** A message a person wrote to the app in their direct message channel. */
export function directMessageEvent(world: World, user: string, text: string): Json {
  const channel = world.directory.directMessage(user).id
  const team = world.directory.teamOf(user)
  return { type: 'message', channel, channel_type: 'im', user, text, team }
}

/** What a person wrote in their direct message with the app, as Slack keeps it. */
export interface WrittenMessage {
  user: string
  ts: string
  text: string
}

/** Its author changed a message. Slack marks every such event as hidden: there is nothing new to show in the list. */
export function editEvent(world: World, before: WrittenMessage, text: string, fields: Json = {}): Json {
  const { user, ts } = before
  const team = world.directory.teamOf(user)
  const common = { type: 'message', user, team, ts, client_msg_id: `client-${ts}` }
  const edited = { user, ts: `${Math.floor(world.now() / 1e3)}.000000` }
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: world.directory.directMessage(user).id,
    channel_type: 'im',
    message: { ...common, text, source_team: team, user_team: team, edited },
    previous_message: { ...common, text: before.text },
    ...fields,
  }
}

export function idOf(value: unknown, key: string): string {
  return typeof value === 'string' ? value : str(record(value)[key])
}
