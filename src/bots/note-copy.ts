import type { Journal } from '../commands/kit/invocation.ts'
import type { CardNotes, Delivered } from './ports.ts'

type Parts = Readonly<{ cards?: CardNotes | undefined; journal: Journal; now(): Date }>

/**
 * A card is noted; what took the place of one and is none is forgotten, unless it is passing: a question about the card,
 * or the word that it was decided, must be edited to the outcome all the same. The answer is there by now, so whatever
 * fails here is written down and no more.
 */
export async function noteCopy(
  { cards, journal, now }: Parts,
  { whose, answer, at, replaced }: Delivered,
): Promise<void> {
  if (!cards || answer.kind === 'form' || answer.passing) return
  const { about } = answer
  try {
    if (about && at) await cards.note(whose, at, about, now())
    const isStillCard = about && at && replaced?.message === at.message
    if (replaced && !isStillCard) await cards.forget(whose, replaced)
  } catch (error) {
    journal.warn({ err: error }, 'a card could not be noted and will not follow its request')
  }
}
