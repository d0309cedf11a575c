import { z } from 'zod'
import type { MessageRef } from '../../domain/meetings/meeting.ts'
import type { Context } from '../kit/command.ts'

const KIND = 'early edit'
const kept = z.object({ line: z.string() })
/** As long as a question about the message may be open, which is longer than a platform delivers again. */
const KEPT_MS = 7 * 24 * 3_600_000

/**
 * An edit may overtake its own message, when that was not taken at first, or come while a question about it is open: the
 * words are kept until it comes, or is answered.
 */
export async function keepEarlyEdit(
  { work, actor, now }: Context,
  ref: MessageRef,
  line: string,
): Promise<void> {
  await work.drafts.save(actor.id, KIND, { ...ref, line }, new Date(now.getTime() + KEPT_MS))
}

/** What this message says by now: the words of the edit that came before it, else its own. */
export async function newestWords({ work, actor, source, now }: Context, line: string): Promise<string> {
  if (!source) return line
  await work.meetings.oneByOne(actor.id)
  const edit = await work.drafts.newestLike(actor.id, KIND, { ...source }, now)
  return kept.safeParse(edit).data?.line ?? line
}
