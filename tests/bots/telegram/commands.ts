import { z } from 'zod'
import { type Command, defineCommand } from '../../../src/commands/kit/command.ts'
import { EVERYONE } from '../../../src/commands/kit/roles.ts'
import { plain, show } from '../../../src/commands/kit/view.ts'

const command = (name: string, more: Partial<Command> = {}): Command => ({
  ...defineCommand({
    name,
    aliases: [],
    summary: 'account.summary',
    roles: EVERYONE,
    effect: 'read',
    listed: true,
    input: z.object({}),
    run: async () => show([{ kind: 'text', text: plain(name) }]),
  }),
  ...more,
})

export const account = command('account')
export const hidden = command('account-people', { listed: false })
export const slackOnly = command('link', { on: ['SLACK', 'CONSOLE'] })
export const help = command('kamerton', { aliases: ['help', 'start'], summary: 'kamerton.summary' })
