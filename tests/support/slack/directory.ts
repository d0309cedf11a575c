export interface SlackUser {
  id: string
  team_id?: string
  name?: string
  real_name?: string
  email?: string
  is_email_confirmed?: boolean
  is_bot?: boolean
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  is_stranger?: boolean
  deleted?: boolean
  tz?: string
  tz_offset?: number
  locale?: string
}

export interface SlackChannel {
  id: string
  name?: string
  is_im?: boolean
  is_mpim?: boolean
  is_private?: boolean
  is_archived?: boolean
  is_shared?: boolean
  is_org_shared?: boolean
  is_ext_shared?: boolean
  is_member?: boolean
  /** The person at the other end of a direct message. */
  user?: string
  /** When given, only these people can be shown something in the channel. */
  members?: string[]
}

/** Who and what exists in the workspace. Tests change it while the app runs. */
export class Directory {
  readonly teamId: string
  readonly users = new Map<string, SlackUser>()
  readonly channels = new Map<string, SlackChannel>()

  constructor(teamId: string, users: readonly SlackUser[], channels: readonly SlackChannel[]) {
    this.teamId = teamId
    for (const user of users) this.users.set(user.id, user)
    for (const channel of channels) this.channels.set(channel.id, channel)
  }

  setUser(user: SlackUser): void {
    this.users.set(user.id, { ...this.users.get(user.id), ...user })
  }

  setChannel(channel: SlackChannel): void {
    this.channels.set(channel.id, { ...this.channels.get(channel.id), ...channel })
  }

  teamOf(userId: string): string {
    return this.users.get(userId)?.team_id ?? this.teamId
  }

  byEmail(email: string): SlackUser | undefined {
    const wanted = email.toLowerCase()
    return [...this.users.values()].find(
      (user) => user.email?.toLowerCase() === wanted && !user.deleted && !user.is_stranger,
    )
  }

  directMessage(userId: string): SlackChannel {
    const known = [...this.channels.values()].find((channel) => channel.is_im && channel.user === userId)
    if (known) return known
    const opened: SlackChannel = { id: `D${userId.slice(1)}`, is_im: true, user: userId, is_member: true }
    this.channels.set(opened.id, opened)
    return opened
  }

  sees(userId: string, channelId: string): boolean {
    const channel = this.channels.get(channelId)
    if (channel?.is_im && channel.user) return channel.user === userId
    return channel?.members ? channel.members.includes(userId) : true
  }
}
