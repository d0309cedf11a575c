import type { Actor } from '../../domain/shared/actor.ts'
import { cardFor } from '../discounts/card-copy.ts'
import type { View } from '../kit/view.ts'
import type { ComposeContext } from './composer.ts'

/** The card of a request as it stands now, for whoever reads this copy, and the version that it shows. */
export type ComposeCard = (
  context: ComposeContext,
  asked: Readonly<{ subject: string; to: Actor }>,
) => Promise<Readonly<{ view: View; version: number }> | null>

/** Null: there is no such request for this person any more. */
export const composeCard: ComposeCard = async (context, { subject, to }) => {
  const request = await context.work.discounts.find(subject)
  const card = request && (await cardFor(context, request, to))
  return request && card ? { view: card.view, version: request.version } : null
}
