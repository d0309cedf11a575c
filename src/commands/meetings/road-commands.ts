import type { Command } from '../kit/command.ts'
import { attach, meetingFiles } from './attach.ts'
import { contactAdd } from './contact.ts'
import { meetingEdited } from './edited.ts'
import { late } from './late.ts'
import { lateMove } from './late-move.ts'
import { nearby } from './nearby.ts'
import { meetingOutcome, meetingOutcomeUndo } from './outcome.ts'
import { contactShared } from './shared-card.ts'
import { visited } from './visited.ts'

/** On the way to a meeting, there, and just after it. Before what reads any line: to be late is no meeting. */
export const roadCommands: readonly Command[] = [
  late,
  lateMove,
  meetingOutcome,
  meetingOutcomeUndo,
  meetingEdited,
  nearby,
  visited,
  attach,
  meetingFiles,
  contactShared,
  contactAdd,
]
