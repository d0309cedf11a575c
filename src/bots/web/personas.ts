import type { Language, Role } from '../../domain/shared/actor.ts'

/** Somebody a visitor of the console may speak as. `title` is the job title, where one is recorded. */
export type Persona = Readonly<{
  id: string
  name: string
  role: Role
  language: Language
  title: string | null
}>

/** Read anew at each request, so that a changed language or a person who left is seen at once. */
export type People = Readonly<{ personas(): Promise<readonly Persona[]> }>
