import type { Command } from '../kit/command.ts'
import { followupDone, followupDrop, followupShow, followupSnooze } from './act.ts'
import { followup, followupPick } from './add.ts'
import { followupChase } from './chase.ts'
import { followupAmend, followupEdit } from './edit.ts'
import { followups } from './list.ts'
import { todayCommand } from './today.ts'
import { followupUndo } from './undo.ts'

export const followUpCommands: readonly Command[] = [
  followup,
  followups,
  todayCommand,
  followupPick,
  followupShow,
  followupDone,
  followupSnooze,
  followupDrop,
  followupUndo,
  followupEdit,
  followupAmend,
  followupChase,
]
