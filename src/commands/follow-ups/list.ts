import { z } from 'zod'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Button, plain, say, show, type Text, type View } from '../kit/view.ts'
import { accountOf } from './access.ts'
import { opensPromise, promiseLine } from './phrases.ts'

/** What a screen of buttons holds. */
const SHOWN = 8
const CONSIDERED = 400

export const followups = defineCommand({
  name: 'followups',
  aliases: ['задачи', 'promises'],
  summary: 'followups.summary',
  example: 'followups.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({
    account: z.string().max(64).optional(),
    from: z.coerce.number().int().min(0).max(10_000).optional(),
    name: z.string().max(200, { error: 'error.nameTooLong' }).optional(),
  }),
  parse: (name) => (name ? { name } : {}),

  async run(context, { account, from = 0, name }) {
    if (account) return ofAccount(context, account, from)
    return name ? byName(context, name) : mine(context, from)
  },
})

async function mine(context: Context, from: number): Promise<Answer> {
  const { actor, work } = context
  const open = await unnamed(context, await work.followUps.openOf([actor.id], null, CONSIDERED))
  if (open.length === 0) return show(nothing(say('followups.none'), {}))
  return show(page(context, open, { from, title: say('followups.mine', { count: open.length }), args: {} }))
}

/** One's own work may lie at an account that one sees no more: it stays, and only the name goes. */
async function unnamed({ actor, work }: Context, all: readonly FollowUp[]): Promise<readonly FollowUp[]> {
  const ids = new Set(all.flatMap(({ account }) => account?.id ?? []))
  const known = new Set((await work.accounts.refs([...ids], actor.sight)).map(({ id }) => id))
  return all.map((one) => (one.account && !known.has(one.account.id) ? { ...one, account: null } : one))
}

async function ofAccount(context: Context, id: string, from: number): Promise<Answer> {
  const account = await accountOf(context, id)
  const open = await context.work.followUps.openAt(id, CONSIDERED)
  const name = plain(account.name)
  if (open.length === 0) return show(nothing(say('followups.none.at', { name }), { account: id }))
  const title = say('followups.at', { count: open.length, name })
  return show(page(context, open, { from, title, args: { account: id } }))
}

async function byName(context: Context, text: string): Promise<Answer> {
  const found = await findAccountInLine(context, [{ text, from: 0, to: text.length }])
  if (found.kind === 'sure') return ofAccount(context, found.account.id, 0)
  const near = found.kind === 'several' ? found.accounts : found.nearest
  const buttons = near.map(
    ({ id, name }): Button => ({ label: plain(name), command: 'followups', args: { account: id } }),
  )
  const name = plain([...text].slice(0, 60).join(''))
  return show([
    found.kind === 'several'
      ? { kind: 'text', text: say('account.choose', { name }) }
      : { kind: 'text', tone: 'warn', text: say('account.notFound', { name }) },
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ])
}

const nothing = (text: Text, args: Readonly<Record<string, string>>): View => [
  { kind: 'text', text },
  { kind: 'note', text: say('followups.none.hint') },
  { kind: 'buttons', buttons: [addButton(args)] },
]

const addButton = (args: Readonly<Record<string, string>>): Button => ({
  label: say('followup.button.add'),
  command: 'followup',
  args,
})

type Page = Readonly<{ from: number; title: Text; args: Readonly<Record<string, string>> }>

/** The overdue ones come first, because what is due first does. */
function page({ actor, today }: Context, all: readonly FollowUp[], { from, title, args }: Page): View {
  // A button of an older list may lie beyond the end of this one.
  const start = Math.min(from, Math.floor((all.length - 1) / SHOWN) * SHOWN)
  const shown = all.slice(start, start + SHOWN)
  const turn = (label: Text, to: number): Button => ({
    label,
    command: 'followups',
    args: { ...args, from: String(to) },
  })
  const pages: Button[] = [
    ...(start > 0 ? [turn(say('account.mine.earlier'), Math.max(start - SHOWN, 0))] : []),
    ...(start + SHOWN < all.length ? [turn(say('account.mine.more'), start + SHOWN)] : []),
    addButton(args),
  ]
  const items = shown.map((one) => promiseLine(one, { today, reader: actor.id, account: !args['account'] }))
  const blocks: Block[] = [
    { kind: 'heading', text: title },
    { kind: 'list', items },
    { kind: 'buttons', buttons: shown.map(opensPromise) },
    { kind: 'buttons', buttons: pages },
  ]
  return blocks
}
