import type { Invocation } from '../../commands/kit/invocation.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import { remember } from '../remember.ts'
import type { SlackClient } from './client.ts'

type Audience = Invocation['audience']

export type Audiences = Readonly<{
  /** Who else could see an answer to this person in this channel. */
  of(channel: string, user: string): Promise<Audience>
  /** Slack says that the sharing of a channel changed: what is known about it is no longer true. */
  changed(channel: string): void
}>

const KNOWN_MS = 5 * 60_000
const MOST_KNOWN = 5_000

/** What is known of a channel: shared with outsiders, or, for a direct message with us, with whom. */
type Channel = Readonly<{ outsiders: boolean; imWith: string }>
type Entry = Readonly<{ channel: Promise<Channel>; until: number }>

/** Unknown is the same as shared: no account data goes where nobody could say who reads along. */
export function createAudiences(client: SlackClient, now: () => Date): Audiences {
  const known = new Map<string, Entry>()

  const look = (id: string): Entry => {
    const found = known.get(id)
    if (found && found.until > now().getTime()) return found
    const entry = { channel: channelInfo(client, id), until: now().getTime() + KNOWN_MS }
    remember(known, id, entry, MOST_KNOWN)
    // What failed is asked anew the next time.
    entry.channel.catch(() => known.get(id) === entry && known.delete(id))
    return entry
  }

  const isClosed = async (id: string, user: string): Promise<boolean> => {
    const entry = look(id)
    const channel = await entry.channel
    // The sharing changed while we asked: the answer may be from before.
    if (known.get(id) !== entry) return false
    return !channel.outsiders && (channel.imWith === '' || channel.imWith === user)
  }

  return {
    async of(channel, user) {
      try {
        return channel !== '' && (await isClosed(channel, user)) ? 'asker' : 'outsiders'
      } catch {
        return 'outsiders'
      }
    },
    changed: (channel) => void known.delete(channel),
  }
}

async function channelInfo(client: SlackClient, id: string): Promise<Channel> {
  const channel = at(await client.call('conversations.info', { channel: id }), 'channel')
  if (textAt(channel, 'id') !== id) throw new Error('Slack named no channel')
  const shared = ['is_ext_shared', 'is_pending_ext_shared'].some((flag) => isTrueAt(channel, flag))
  const connected = at(channel, 'pending_connected_team_ids')
  const pending = Array.isArray(connected) && connected.length > 0
  return {
    outsiders: shared || pending,
    imWith: isTrueAt(channel, 'is_im') ? textAt(channel, 'user') || '?' : '',
  }
}
