import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Work } from '../../domain/shared/work.ts'

type Binding = Readonly<{ identity: ChatIdentity; personId: PersonId; channel: string; by: string }>

/** The one way a chat becomes somebody's: bound, and audited for them and for whoever had it before. */
export async function bindIdentity(work: Work, { identity, personId, channel, by }: Binding): Promise<void> {
  const former = await work.people.linkIdentity(identity, personId)
  const entry = { actorId: personId, channel, after: { platform: identity.platform, by } }
  if (former) await work.audit.write({ ...entry, action: 'identity.unlink', subject: former })
  await work.audit.write({ ...entry, action: 'identity.link', subject: personId })
}
