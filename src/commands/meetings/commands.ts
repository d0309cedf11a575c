import type { Command } from '../kit/command.ts'

export const meetingCommands: readonly Command[] = []
