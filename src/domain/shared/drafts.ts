import type { PersonId } from './actor.ts'
import type { Json } from './audit.ts'

/** What somebody began to say and was asked about. Only its owner finds it, and only until it expires. */
export type DraftStore = Readonly<{
  save(owner: PersonId, kind: string, content: Json, expiresAt: Date): Promise<string>
  find(id: string, owner: PersonId, kind: string, now: Date): Promise<Json | null>
  /** The one saved last of those that hold at least this. */
  newestLike(owner: PersonId, kind: string, like: Json, now: Date): Promise<Json | null>
  update(id: string, owner: PersonId, content: Json): Promise<void>
  /** False when it was not there any more: of two who answer at once, one finds it. */
  remove(id: string, owner: PersonId): Promise<boolean>
}>
