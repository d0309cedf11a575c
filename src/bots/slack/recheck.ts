import type { Dispatcher, Journal } from '../../commands/kit/invocation.ts'
import type { ChatIdentity } from '../../domain/identity/person.ts'
import { remember } from '../remember.ts'
import type { SlackClient } from './client.ts'
import { identityOf, type Installation, introductionOf } from './membership.ts'

const GOOD_MS = 24 * 3_600_000
/** After a look that failed. */
const AGAIN_MS = 600_000
const MOST_KNOWN = 10_000

type Parts = Readonly<{
  client: SlackClient
  dispatcher: Dispatcher
  journal: Journal
  installation(): Installation
  now(): Date
}>

/** The address is what vouched for them: with another one, or none confirmed, they must be introduced anew. */
export async function hasOtherEmail(
  dispatcher: Pick<Dispatcher, 'whoIs'>,
  identity: ChatIdentity,
  email: string,
  isConfirmed: boolean,
): Promise<boolean> {
  if (email === '') return false
  const person = await dispatcher.whoIs(identity)
  return person !== null && (!isConfirmed || person.email !== email.toLowerCase())
}

export type Rechecks = Readonly<{ of(user: string): Promise<void> }>

/**
 * Slack says when a member leaves or becomes a guest, but not to a process that is down. So each person who is let in is
 * looked at once a day, beside their answer; whoever is no member any more, or somebody
 * else by their address, is forgotten, and must be introduced anew.
 */
export function createRechecks({ client, dispatcher, journal, installation, now }: Parts): Rechecks {
  const nextLook = new Map<string, number>()
  return {
    async of(user) {
      const time = now().getTime()
      if ((nextLook.get(user) ?? 0) > time) return
      remember(nextLook, user, time + GOOD_MS, MOST_KNOWN)
      try {
        const identity = identityOf(installation(), user)
        const { kind, email, emailVerified } = await introductionOf(client, installation(), user)
        const isOther = kind !== 'member' || (await hasOtherEmail(dispatcher, identity, email, emailVerified))
        if (isOther) await dispatcher.forget(identity, 'slack')
      } catch (error) {
        // Not known is not gone.
        nextLook.set(user, time + AGAIN_MS)
        journal.warn({ err: error }, 'a member could not be looked at')
      }
    },
  }
}
