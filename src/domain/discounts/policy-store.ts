import type { PersonId } from '../shared/actor.ts'
import type { Policy, PolicyVersion } from './policy.ts'

/** One line of the history. Nobody is named when it was set on the command line. */
export type PolicyEdition = Readonly<{
  version: number
  name: string
  /** ISO 8601 in UTC. */
  setAt: string
  by: string | null
  channel: string
}>

/** Who sets a policy, and from where. */
export type PolicyAuthor = Readonly<{ authorId: PersonId | null; channel: string; at: Date }>

/** `changed` when another version was set after the one that was expected. */
export type PolicySetting =
  | Readonly<{ kind: 'set'; version: number }>
  | Readonly<{ kind: 'changed'; current: number }>

export type PolicyStore = Readonly<{
  /** The one that holds: the newest, else the one that comes with the product. */
  current(): Promise<PolicyVersion>
  /** Null when there never was such a version. */
  find(version: number): Promise<PolicyVersion | null>
  /** Those that were set, the newest first. */
  all(): Promise<readonly PolicyEdition[]>
  /** Makes it the next version, with its audit row, in one transaction. `source` is the text as it was written. */
  set(policy: Policy, source: string, author: PolicyAuthor, expectedVersion: number): Promise<PolicySetting>
}>
