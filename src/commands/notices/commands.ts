import type { Command } from '../kit/command.ts'
import { brief } from './brief-command.ts'

export const noticeCommands: readonly Command[] = [brief]
