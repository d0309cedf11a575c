import type { Actor } from '../../domain/shared/actor.ts'
import type { TalkContext } from '../../domain/talk/talk.ts'

/** How this person's words about time are read, as of when they were said. */
export const talkContext = (
  { timeZone, language, hours }: Pick<Actor, 'timeZone' | 'language' | 'hours'>,
  saidAt: Date,
): TalkContext => ({ now: saidAt, timeZone, language, workdayEndsAt: hours.workTo })
