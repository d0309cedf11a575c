import type { MeetingTalk, TalkContext } from './talk.ts'

export function readMeeting(_line: string, _context: TalkContext): MeetingTalk {
  throw new Error('not built yet')
}
