import type { Actor } from '../../domain/shared/actor.ts'
import type { View } from '../kit/view.ts'
import type { ComposeContext } from './composer.ts'

/** The card of a request as it stands now, for whoever reads this copy, and the version that it shows. */
export type ComposeCard = (
  context: ComposeContext,
  asked: Readonly<{ subject: string; to: Actor }>,
) => Promise<Readonly<{ view: View; version: number }> | null>

/** STUB, to be filled with the discounts. Null: there is no such request for this person any more. */
export const composeCard: ComposeCard = async () => null
