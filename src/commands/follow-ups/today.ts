import { z } from 'zod'
import { defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { show } from '../kit/view.ts'
import { agendaView } from './agenda-view.ts'

export const todayCommand = defineCommand({
  name: 'today',
  aliases: ['сегодня', 'день'],
  summary: 'today.summary',
  example: 'today.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({}),
  async run({ work, actor, now, today, calendar }) {
    return show(await agendaView(work, actor, { now, today, calendar }))
  },
})
