import type { Command } from '../kit/command.ts'

export const noticeCommands: readonly Command[] = []
