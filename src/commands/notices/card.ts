import type { Actor } from '../../domain/shared/actor.ts'
import { cardFor } from '../discounts/card-copy.ts'
import { say, type View } from '../kit/view.ts'
import type { ComposeContext } from './composer.ts'

/** The card of a request as it stands now, for whoever reads this copy, and the version that it shows. */
export type ComposeCard = (
  context: ComposeContext,
  asked: Readonly<{ subject: string; to: Actor }>,
) => Promise<Readonly<{ view: View; version: number }> | null>

/**
 * Null: there is no such request any more. For whoever lost the right to it, its copy says so once and has no buttons:
 * what stood there must not stay.
 */
export const composeCard: ComposeCard = async (context, { subject, to }) => {
  const request = await context.work.discounts.find(subject)
  if (!request) return null
  const card = await cardFor({ ...context, actor: to }, request)
  const gone: View = [{ kind: 'text', text: say('error.discount.gone') }]
  return { view: card?.view ?? gone, version: request.version }
}
