import type { Language, Role } from '../../domain/shared/actor.ts'

/** Somebody a visitor of the console may speak as. `about` tells what is worth seeing as this person, where that is known. */
export type Persona = Readonly<{
  id: string
  name: string
  role: Role
  language: Language
  about: Readonly<Record<Language, string>> | null
}>

/** Read anew at each request, so that a changed language or a person who left is seen at once. */
export type People = Readonly<{ personas(): Promise<readonly Persona[]> }>
