import type { ChatIdentity, Introduction } from '../../domain/identity/person.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import type { SlackClient } from './client.ts'

/** Where we are installed, as the bot token says. */
export type Installation = Readonly<{
  teamId: string
  enterpriseId: string
  botUserId: string
  botId: string
}>

export const identityOf = (installation: Installation, user: string): ChatIdentity => ({
  platform: 'SLACK',
  workspace: installation.teamId,
  externalId: user,
})

/** In an Enterprise Grid the company is the organisation: its other workspaces are no strangers. */
export function isForeign({ teamId, enterpriseId }: Installation, team: string, enterprise: string): boolean {
  if (team === '' || team === teamId) return false
  return enterpriseId === '' || (team !== enterpriseId && enterprise !== enterpriseId)
}

/**
 * Whether a payload says that its user is from another company. In a Grid it does not always name their organisation:
 * then Slack is asked about the person, as about everybody unknown.
 */
const isForeignIn = (installation: Installation, team: string, enterprise: string): boolean =>
  (installation.enterpriseId === '' || enterprise !== '') && isForeign(installation, team, enterprise)

/** Who pressed or sent: in a shared channel that can be somebody from the other company. */
export const isForeignUser = (installation: Installation, payload: unknown): boolean =>
  isForeignIn(installation, textAt(payload, 'user', 'team_id'), textAt(payload, 'user', 'enterprise_id'))

/** Who typed a command. */
export const isForeignCommand = (installation: Installation, payload: unknown): boolean =>
  isForeignIn(installation, textAt(payload, 'team_id'), textAt(payload, 'enterprise_id'))

/** Who wrote: events name the author's own workspace. */
export function isForeignAuthor(installation: Installation, event: unknown): boolean {
  const team = textAt(event, 'user_team') || textAt(event, 'source_team') || textAt(event, 'team')
  return isForeignIn(installation, team, '')
}

/** What Slack vouches for about one person. Asked only for identities that are not bound yet. */
export async function introductionOf(
  client: SlackClient,
  installation: Installation,
  id: string,
): Promise<Introduction> {
  const user = at(await client.call('users.info', { user: id }), 'user')
  return {
    email: textAt(user, 'profile', 'email'),
    emailVerified: isTrueAt(user, 'is_email_confirmed'),
    kind: kindOf(installation, user),
  }
}

export function kindOf(installation: Installation, user: unknown): Introduction['kind'] {
  const id = textAt(user, 'id')
  const enterprise = textAt(user, 'enterprise_user', 'enterprise_id') || textAt(user, 'enterprise_id')
  // An answer without a person in it vouches for nobody.
  if (id === '') return 'stranger'
  if (isTrueAt(user, 'deleted')) return 'deactivated'
  if (isTrueAt(user, 'is_bot') || id === 'USLACKBOT') return 'bot'
  if (isTrueAt(user, 'is_stranger') || isForeign(installation, textAt(user, 'team_id'), enterprise))
    return 'stranger'
  return isTrueAt(user, 'is_restricted') || isTrueAt(user, 'is_ultra_restricted') ? 'guest' : 'member'
}
