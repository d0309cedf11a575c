import { z } from 'zod'
import type { Actor } from '../domain/shared/actor.ts'
import { type Command, defineCommand } from './kit/command.ts'
import { EVERYONE } from './kit/roles.ts'
import { type Line, plain, say, show, type Text } from './kit/view.ts'

/** Made from the same declarations that run: what is not there is not promised. `commands` is asked at each call. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'kamerton',
    aliases: ['help', 'start', 'помощь', 'справка', 'привет', 'здравствуйте', 'hello', '?'],
    summary: 'kamerton.summary',
    roles: EVERYONE,
    effect: 'read',
    listed: true,
    input: z.object({}),

    async run({ actor, identity }) {
      // Slack knows a command by its name alone.
      const words = identity.platform === 'SLACK' ? 'en' : actor.language
      const mine = commands().filter(
        (one) =>
          one.listed &&
          one.roles.includes(actor.role) &&
          (one.on ?? [identity.platform]).includes(identity.platform),
      )
      return show([
        { kind: 'heading', text: say('kamerton.title', { name: plain(actor.name) }) },
        { kind: 'text', text: say('kamerton.intro') },
        {
          kind: 'list',
          title: say('kamerton.commands'),
          items: mostUsedFirst(mine).map((one) => commandLine(one, words)),
        },
        {
          kind: 'list',
          title: say('kamerton.examples'),
          items: examplesOf(mine),
        },
        {
          kind: 'text',
          text: say('kamerton.role', {
            role: { key: `role.${actor.role}` },
            sight: sightText(actor.sight === 'all', actor.role),
          }),
        },
        {
          kind: 'buttons',
          buttons: [
            { label: say('account.button.mine'), command: 'account', args: {}, style: 'primary' },
            ...(mine.some(({ name }) => name === 'today')
              ? [{ label: say('reminder.today'), command: 'today', args: {} }]
              : []),
            { label: say('settings.title'), command: 'settings', args: {} },
          ],
        },
        { kind: 'note', text: say('kamerton.privacy') },
      ])
    },
  })
}

/** The others follow in the order of the registry, where it decides which command reads a line. */
const MOST_USED = [
  'account',
  'meeting',
  'discount',
  'followup',
  'today',
  'approvals',
  'brief',
  'followups',
  'late',
]

function mostUsedFirst(mine: readonly Command[]): Command[] {
  const first = MOST_USED.flatMap((name) => mine.filter((command) => command.name === name))
  return [...first, ...mine.filter((command) => !first.includes(command))]
}

/** Lines to copy, only for what this person may do. */
function examplesOf(mine: readonly Command[]): Line[] {
  const may = (name: string) => mine.some((command) => command.name === name)
  const meetings = [
    say('kamerton.example.meeting', { line: say('meeting.example') }),
    say('kamerton.example.plan', { line: say('kamerton.example.plan.line') }),
  ]
  return [
    say('kamerton.example.lookup', { line: say('account.example') }),
    ...(may('meeting') ? meetings : []),
    ...(may('discount') ? [say('kamerton.example.discount', { line: say('discount.example') })] : []),
    ...(may('followup') ? [say('kamerton.example.followup', { line: say('followup.example') })] : []),
  ].map((text) => ({ text }))
}

function commandLine({ name, aliases, summary }: Command, words: Actor['language']): Line {
  const short = aliases.find((alias) => alias.length === 1 && alias !== '?')
  const russian = words === 'ru' ? aliases.find((alias) => /^[а-яё]/u.test(alias)) : undefined
  const others = [short, russian].filter((one) => one !== undefined).map((one) => `/${one}`)
  const command = plain(others.length > 0 ? `/${name} (${others.join(', ')})` : `/${name}`)
  return { text: say('kamerton.command', { command, summary: { key: summary } }) }
}

function sightText(all: boolean, role: string): Text {
  if (all) return say('kamerton.sight.all')
  return role === 'MANAGER' ? say('kamerton.sight.tree') : say('kamerton.sight.own')
}
