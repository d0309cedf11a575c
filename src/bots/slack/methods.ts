/**
 * Every method of Slack's Web API that is called, with the scopes it needs. Nothing else can be called (the client
 * takes only these names), and the manifest asks for no scope beyond them.
 */
export const METHOD_SCOPES = {
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
} as const

export type Method = keyof typeof METHOD_SCOPES

/** Every event that is listened to, with the scope it needs. */
export const EVENT_SCOPES = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_id_changed: ['channels:read', 'groups:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
  team_join: ['users:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
} as const
