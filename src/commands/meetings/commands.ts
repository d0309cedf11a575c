import type { Command } from '../kit/command.ts'
import { meetingAmend, meetingEdit } from './amend.ts'
import { meetingHistory, meetingNotes, meetingShow } from './history.ts'
import { meeting, meetingAnswer, meetingSave } from './log.ts'
import { meetingCancel, meetingRestore, meetingUndo } from './undo.ts'

export const meetingCommands: readonly Command[] = [
  meeting,
  meetingSave,
  meetingAnswer,
  meetingShow,
  meetingUndo,
  meetingRestore,
  meetingCancel,
  meetingEdit,
  meetingAmend,
  meetingHistory,
  meetingNotes,
]
