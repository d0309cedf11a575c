import type { Actor } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { requireTrusted } from '../../domain/identity/person.ts'
import { bindIdentity } from './bind-identity.ts'
import type { Shown } from './command.ts'
import type { Turn } from './turn.ts'
import type { Invocation } from './invocation.ts'
import { cleanText } from './parse.ts'
import { answerOf } from './unseen.ts'

const LONGEST_GREETING = 200

/** Where the platform can vouch for its members: bind by verified e-mail, audited. Null where it cannot. */
export async function introduced({ parts, invocation, now, journal }: Turn): Promise<Actor | null> {
  if (!invocation.introduce) return null
  const introduction = await invocation.introduce()
  requireTrusted(introduction)
  const { identity, channel } = invocation
  await parts.unitOfWork.change(async (work) => {
    const person = await work.people.byEmail(introduction.email.toLowerCase())
    if (!person?.active) throw new DomainError('identity.noAccount')
    await bindIdentity(work, { identity, personId: person.id, channel, by: 'verified e-mail' })
  })
  journal.info({}, 'identity linked by verified e-mail')
  return parts.unitOfWork.identify(identity, now)
}

/** Where nobody vouches for people they are shown the way in, whatever they did. */
export const isWelcomed = ({ identity }: Invocation): boolean => identity.platform === 'TELEGRAM'

/** A code is taken from known people too: a telephone may change hands. */
export function handsInCode({ identity, act }: Invocation): boolean {
  return identity.platform === 'TELEGRAM' && act.kind === 'line' && /^\/(start|link)\s+\S/i.test(act.text)
}

export async function welcomed({ parts, invocation, now }: Turn): Promise<Shown | { kind: 'repeat' }> {
  const { identity, channel, act } = invocation
  const line = act.kind === 'line' ? cleanText(act.text.slice(0, LONGEST_GREETING)) : ''
  const answer = await parts.unitOfWork.write(invocation, now, (work) =>
    parts.welcome({ identity, channel, now, work }, line),
  )
  return answerOf(answer, invocation)
}
