import type { FollowUpTalk, TalkContext } from './talk.ts'

export function readFollowUp(_line: string, _context: TalkContext): FollowUpTalk {
  throw new Error('not built yet')
}
