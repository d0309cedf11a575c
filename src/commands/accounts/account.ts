import { z } from 'zod'
import type { AccountRef } from '../../domain/accounts/account.ts'
import { maySee } from '../../domain/accounts/account.ts'
import { judgeNames } from '../../domain/accounts/name-match.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, plain, say, show } from '../kit/view.ts'
import { cardOf } from './card.ts'
import { factsOf } from './facts-of.ts'
import { showMine } from './mine.ts'
import { opens } from './phrases.ts'

const LONGEST_NAME = 200
/** How much of a wild name is repeated back. */
const SHOWN_NAME = 60

export const account = defineCommand({
  name: 'account',
  aliases: ['a', 'клиент', 'клиенты', 'аккаунт'],
  summary: 'account.summary',
  example: 'account.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({
    id: z.string().max(64).optional(),
    /** Where a page of my accounts begins. */
    from: z.coerce.number().int().min(0).max(10_000).optional(),
    name: z.string().max(LONGEST_NAME, { error: 'error.nameTooLong' }).optional(),
  }),
  parse: (name) => (name ? { name } : {}),

  ahead: ({ id, name }) => (id ? { account: { id } } : name ? { account: { name } } : null),

  async run(context, { id, name, from }) {
    if (id) return cardById(context, id)
    return name ? byName(context, name) : showMine(context, from)
  },
})

async function cardById(context: Context, id: string): Promise<Answer> {
  return show(cardOf(await factsOf(context, id), context.today, context.actor.role))
}

/** An exact name is answered in one round trip; only another spelling costs the search. */
async function byName(context: Context, name: string): Promise<Answer> {
  const { actor, work, today } = context
  const exact = await work.accounts.factsByName(name, actor.sight, context)
  if (exact && maySee(actor, exact)) return show(cardOf(exact, today, actor.role))

  const match = judgeNames(name, await work.accounts.candidates(name, actor.sight))
  switch (match.kind) {
    case 'sure':
      return cardById(context, match.accountId)
    case 'several':
      return chooseFrom(name, await work.accounts.refs(match.accountIds, actor.sight))
    case 'none':
      return notFound(name, await work.accounts.refs(match.nearest, actor.sight))
  }
}

const shown = (name: string) => plain([...name].slice(0, SHOWN_NAME).join(''))

function chooseFrom(name: string, accounts: readonly AccountRef[]): Answer {
  return show([
    { kind: 'text', text: say('account.choose', { name: shown(name) }) },
    { kind: 'buttons', buttons: accounts.map(opens) },
  ])
}

/** Word for word the same for an account that does not exist and for one the asker may not see. */
function notFound(name: string, nearest: readonly AccountRef[]): Answer {
  const blocks: Block[] = [
    { kind: 'text', tone: 'warn', text: say('account.notFound', { name: shown(name) }) },
  ]
  if (nearest.length > 0) {
    blocks.push(
      { kind: 'text', text: say('account.nearest') },
      { kind: 'buttons', buttons: nearest.map(opens) },
    )
  }
  return show([...blocks, { kind: 'note', text: say('account.notFound.hint') }])
}
