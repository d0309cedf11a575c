import type { Command } from '../kit/command.ts'

export const followUpCommands: readonly Command[] = []
