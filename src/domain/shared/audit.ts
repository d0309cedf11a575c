import type { PersonId } from './actor.ts'

/** One change of state. The database numbers and chains the row; see the first migration. */
export type AuditRecord = Readonly<{
  actorId: PersonId | null
  onBehalfOf?: PersonId
  /** `slack`, `telegram`, `console`, `terminal` or `cli`. */
  channel: string
  /** Noun and verb, such as `settings.change`. */
  action: string
  subject: string
  before?: Json
  after?: Json
}>

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }
