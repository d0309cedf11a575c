import type { Command } from '../kit/command.ts'
import { briefCommand } from './brief-command.ts'

export const noticeCommands: readonly Command[] = [briefCommand]
