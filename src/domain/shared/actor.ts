import type { Hours } from '../identity/hours.ts'

export const ROLES = ['KAM', 'MANAGER', 'DIRECTOR', 'FINANCE', 'ADMIN'] as const
export type Role = (typeof ROLES)[number]

export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

/** The chat platforms a person can be reached on. The terminal speaks as the console. */
export const PLATFORMS = ['SLACK', 'TELEGRAM', 'CONSOLE'] as const
export type Platform = (typeof PLATFORMS)[number]

export type PersonId = string

/**
 * Whose accounts a person sees: everyone's, or those that belong to these people. The list holds the person, everyone
 * below them in the manager tree, and the same for whoever they substitute for today; see TREE_PASSES_TO for how far.
 */
export type Sight = 'all' | readonly PersonId[]

/** Who the words are for: decides language, number format, and which day today is. */
export type Reader = Readonly<{ language: Language; timeZone: string; currency: string }>

/** A known, active person at the moment of one update. Read anew for each update, so that a lost right is lost at once. */
export type Actor = Reader &
  Readonly<{
    id: PersonId
    name: string
    email: string
    role: Role
    sight: Sight
    preferredChat: Platform | null
    hours: Hours
    /** Whom this person substitutes for today. */
    standsFor: readonly PersonId[]
    /** Whose work this person may do: their own, that of those whom they substitute for, and of those below each of these. */
    answersFor: readonly PersonId[]
    /** Where this person can be reached today. */
    linked: readonly Platform[]
  }>

/** Roles that see every account; FINANCE only reads, which the commands' `roles` say. */
export const SEES_ALL: readonly Role[] = ['DIRECTOR', 'FINANCE', 'ADMIN']

const ANSWERS_FOR_ALL: readonly Role[] = ['DIRECTOR', 'ADMIN']

/** To see somebody's work is not yet to do it: finance sees everything and answers for its own. */
export function mayActFor(
  { id, role, answersFor }: Pick<Actor, 'id' | 'role' | 'answersFor'>,
  person: PersonId,
): boolean {
  return person === id || ANSWERS_FOR_ALL.includes(role) || answersFor.includes(person)
}

/** What belongs to nobody is the directors' and the administrators'. */
export const mayActForAll = ({ role }: Pick<Actor, 'role'>): boolean => ANSWERS_FOR_ALL.includes(role)
