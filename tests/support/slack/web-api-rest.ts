import { ApiError } from './api-error.ts'
import type { SlackUser } from './directory.ts'
import { flag, isJson, parseJson, records, str, type Json } from './json.ts'
import { channelFor, type ApiMethod } from './web-api-chat.ts'
import type { StoredView } from './views.ts'
import { accept, type World } from './world.ts'

function authTest(_args: Json, world: World): Json {
  const { teamId, teamDomain, botId, botUserId } = world.identity
  const url = `https://${teamDomain}.slack.com/`
  const ids = { team_id: teamId, user_id: botUserId, bot_id: botId }
  return { url, team: teamDomain, user: 'kamerton', is_enterprise_install: false, ...ids }
}

function userOutput(world: World, user: SlackUser, withLocale: boolean): Json {
  const { email, locale, real_name: real, ...rest } = user
  const name = user.name ?? user.id.toLowerCase()
  const outsider = user.is_stranger === true || world.directory.teamOf(user.id) !== world.identity.teamId
  return {
    team_id: world.identity.teamId,
    name,
    real_name: real ?? name,
    deleted: false,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_email_confirmed: email !== undefined,
    tz: 'Europe/Warsaw',
    tz_offset: 3600,
    ...rest,
    profile: {
      display_name: name,
      real_name: real ?? name,
      team: world.directory.teamOf(user.id),
      ...(email && !outsider && !user.is_bot ? { email } : {}),
    },
    ...(withLocale && !outsider ? { locale: locale ?? 'en-US' } : {}),
  }
}

function usersInfo(args: Json, world: World): Json {
  const user = world.directory.users.get(str(args['user']))
  if (!user) throw new ApiError('user_not_found')
  return { user: userOutput(world, user, flag(args['include_locale'])) }
}

function lookupByEmail(args: Json, world: World): Json {
  const user = world.directory.byEmail(str(args['email']))
  if (!user) throw new ApiError('users_not_found')
  return { user: userOutput(world, user, false) }
}

function conversationsInfo(args: Json, world: World): Json {
  const channel = world.directory.channels.get(str(args['channel']))
  const hidden = channel?.is_private === true && channel.is_member === false
  if (!channel || hidden) throw new ApiError('channel_not_found')
  const { members, ...rest } = channel
  const kind = {
    is_channel: !channel.is_im,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_archived: false,
  }
  const sharing = { is_shared: channel.is_ext_shared === true, is_ext_shared: false, is_org_shared: false }
  const count = flag(args['include_num_members']) ? { num_members: members?.length ?? 1 } : {}
  return {
    channel: { name: channel.id.toLowerCase(), is_member: true, ...kind, ...sharing, ...rest, ...count },
  }
}

function conversationsOpen(args: Json, world: World): Json {
  const ids = str(args['users']).split(',').filter(Boolean)
  const [first] = ids
  if (str(args['channel'])) return { channel: { id: channelFor(world, args['channel']).id } }
  if (!first) throw new ApiError('users_list_not_supplied')
  for (const id of ids) {
    const user = world.directory.users.get(id)
    if (!user) throw new ApiError('user_not_found')
    if (user.deleted) throw new ApiError('user_disabled')
  }
  if (ids.length > 1) {
    const id = world.timeline.nextId('G')
    world.directory.setChannel({ id, is_mpim: true, is_private: true, is_member: true, members: ids })
    return { channel: { id } }
  }
  return { channel: { id: world.directory.directMessage(first).id } }
}

function checkedView(args: Json, world: World, method: string, surface: 'modal' | 'home'): Json {
  const view = args['view']
  if (!isJson(view)) throw new ApiError('invalid_arguments', ['[ERROR] missing required field: view'])
  accept(world, surface, view, method)
  return view
}

function viewAnswer(stored: StoredView): Json {
  return { view: stored.view }
}

function viewsOpen(args: Json, world: World): Json {
  const view = checkedView(args, world, 'views.open', 'modal')
  const { user } = world.triggers.exchange(str(args['trigger_id']))
  return viewAnswer(world.views.open(user, view))
}

function viewsPush(args: Json, world: World): Json {
  const view = checkedView(args, world, 'views.push', 'modal')
  const { user, viewId } = world.triggers.exchange(str(args['trigger_id']))
  // Only a trigger that was born inside an open modal can put another one on top of it.
  if (!viewId || !world.views.all.has(viewId)) throw new ApiError('invalid_trigger_id')
  return viewAnswer(world.views.push(user, view))
}

function viewsUpdate(args: Json, world: World): Json {
  const stored = world.views.find(str(args['view_id']), str(args['external_id']))
  const view = checkedView(args, world, 'views.update', stored.surface)
  return viewAnswer(world.views.update(stored, view, str(args['hash'])))
}

function viewsPublish(args: Json, world: World): Json {
  const user = str(args['user_id'])
  if (!world.directory.users.has(user)) throw new ApiError('user_not_found')
  const view = checkedView(args, world, 'views.publish', 'home')
  return viewAnswer(world.views.publish(user, view, str(args['hash'])))
}

function uploadUrl(args: Json, world: World): Json {
  const length = Number(args['length'])
  if (!str(args['filename']) || !(length > 0)) throw new ApiError('invalid_arguments')
  const id = world.timeline.nextId('F')
  const filename = str(args['filename'])
  world.files.set(id, { id, filename, length, body: null, title: filename, channel: null })
  return { upload_url: `${world.baseUrl()}/upload/${id}`, file_id: id }
}

function completeUpload(args: Json, world: World): Json {
  const listed = typeof args['files'] === 'string' ? parseJson(args['files']) : args['files']
  const channel = args['channel_id'] === undefined ? null : channelFor(world, args['channel_id']).id
  const files = records(listed).map((entry) => {
    const file = world.files.get(str(entry['id']))
    if (!file?.body) throw new ApiError('file_not_found')
    file.title = str(entry['title']) || file.filename
    if (channel && !file.channel) world.timeline.showFile(channel, file.title, str(args['initial_comment']))
    file.channel = channel ?? file.channel
    return { id: file.id, title: file.title }
  })
  if (files.length === 0) throw new ApiError('invalid_arguments')
  return { files }
}

export const otherMethods: Record<string, ApiMethod> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.lookupByEmail': lookupByEmail,
  'conversations.info': conversationsInfo,
  'conversations.open': conversationsOpen,
  'views.open': viewsOpen,
  'views.push': viewsPush,
  'views.update': viewsUpdate,
  'views.publish': viewsPublish,
  'files.getUploadURLExternal': uploadUrl,
  'files.completeUploadExternal': completeUpload,
  'apps.connections.open': (_args, world) => ({ url: world.socketUrl() }),
}
