import { DomainError } from '../shared/errors.ts'
import type { Actor, Language, PersonId, Platform, Role } from '../shared/actor.ts'
import type { Hours } from './hours.ts'

/** Who someone is on a chat platform. `workspace` is Slack's team id, else empty. */
export type ChatIdentity = Readonly<{ platform: Platform; workspace: string; externalId: string }>

/** What Slack vouches for about a member of our own workspace. */
export type Introduction = Readonly<{
  email: string
  emailVerified: boolean
  kind: 'member' | 'guest' | 'bot' | 'stranger' | 'deactivated'
}>

export type Settings = Readonly<{
  language: Language
  timeZone: string
  currency: string
  preferredChat: Platform | null
}>

/** Where somebody is, and when they work there. */
export type WorkingTime = Readonly<{ timeZone: string; hours: Hours }>

/** The name of whoever was erased; spoken in each reader's own language. */
export const FORMER_COLLEAGUE = 'former colleague'

export type Person = Readonly<{ id: PersonId; name: string; email: string; role: Role; active: boolean }>

export type PeopleStore = Readonly<{
  byEmail(email: string): Promise<Person | null>
  byId(id: PersonId): Promise<Person | null>
  /**
   * Binds the identity to the person; an older identity of theirs on the same platform gives way. Returns who had this
   * identity before, when it was somebody else.
   */
  linkIdentity(identity: ChatIdentity, personId: PersonId): Promise<PersonId | null>
  /** Returns whose it was, or null when nobody had it. */
  unlinkIdentity(identity: ChatIdentity): Promise<PersonId | null>
  /** Writes only what is given: of two who change different things at once, both succeed. */
  saveSettings(personId: PersonId, changes: Partial<Settings & Hours>): Promise<void>
  /** Of somebody other than the actor, who carries their own; null when there is no such person. */
  workingTimeOf(personId: PersonId): Promise<WorkingTime | null>
}>

/** Throws unless the introduction is good enough to be let in by e-mail: fails closed. */
export function requireTrusted(introduction: Introduction): void {
  if (introduction.kind !== 'member') throw new DomainError(`identity.${introduction.kind}`)
  if (!introduction.emailVerified || introduction.email === '') throw new DomainError('identity.unverified')
}

export function settingsOf(actor: Actor): Settings {
  const { language, timeZone, currency, preferredChat } = actor
  return { language, timeZone, currency, preferredChat }
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/**
 * The zone in its usual spelling, or null. Any IANA name, also an older one (`Asia/Calcutta` and `Asia/Kolkata` are one
 * zone, and both are right); an offset such as `+03:00` is none, because it knows no summer time.
 */
export function timeZoneNamed(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name
  } catch {
    return null
  }
}

export const isTimeZone = (name: string): boolean => timeZoneNamed(name) !== null
export const isCurrency = (code: string): boolean => CURRENCIES.has(code)
/** What is offered while somebody types; more names than these are understood. */
export const timeZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')]
export const currencies = (): readonly string[] => [...CURRENCIES]
