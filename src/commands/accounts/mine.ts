import { type AccountSignals, maySee } from '../../domain/accounts/account.ts'
import { byAttention, type Health, health } from '../../domain/health/signals.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Block, type Button, type Line, parts, plain, say, show, type Text } from '../kit/view.ts'
import { levelLine, opens, reasonLine } from './phrases.ts'

/** Signals are read for this many accounts, the most important tiers first. */
const CONSIDERED = 500
const SHOWN = 10

type Judged = Readonly<{ signals: AccountSignals; health: Health }>

/** The asker's accounts, those that need attention first, each with its strongest reason and a button that opens it. */
export async function showMine(context: Context, asked = 0): Promise<Answer> {
  const { actor, work, today } = context
  const visible = (await work.accounts.signals(actor.sight, context, CONSIDERED)).filter((one) =>
    maySee(actor, one),
  )
  if (visible.length === 0) {
    return show([
      { kind: 'text', text: say('account.mine.none') },
      { kind: 'note', text: say('account.mine.none.hint') },
    ])
  }
  const total = await work.accounts.count(actor.sight)
  const judged = visible.map((signals): Judged => ({ signals, health: health(signals, today) }))
  const ordered = judged.toSorted(byAttention)
  // A button of an older list may lie beyond the end of this one.
  const from = Math.min(asked, Math.floor((ordered.length - 1) / SHOWN) * SHOWN)
  const first = ordered.slice(from, from + SHOWN)
  const title =
    actor.sight === 'all' ? say('account.all', { count: total }) : say('account.mine', { count: total })
  return show([
    { kind: 'heading', text: title },
    { kind: 'list', items: first.map((one) => lineOf(one, actor.id)) },
    {
      kind: 'buttons',
      buttons: first.map(({ signals }) => opens(signals)),
    },
    ...pages(from, ordered.length),
    {
      kind: 'note',
      text:
        first.length < total
          ? say('account.mine.first', { from: from + 1, to: from + first.length, total })
          : say('account.mine.order'),
    },
  ])
}

function pages(from: number, considered: number): Block[] {
  const page = (label: Text, start: number): Button => ({
    label,
    command: 'account',
    args: { from: String(start) },
  })
  const buttons = [
    ...(from > 0 ? [page(say('account.mine.earlier'), Math.max(from - SHOWN, 0))] : []),
    ...(from + SHOWN < considered ? [page(say('account.mine.more'), from + SHOWN)] : []),
  ]
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []
}

/** Whose it is stands there only where it is not the asker's own. */
function lineOf({ signals, health: judged }: Judged, asker: string): Line {
  const level = levelLine(judged)
  const reason = judged.reasons[0]
  const calm = judged.level === 'unknown' ? null : say('account.mine.calm')
  const why = reason ? reasonLine(reason).text : calm
  const { owner } = signals
  const whose = owner && owner.id !== asker ? plain(owner.name) : null
  const tier = signals.tier && say('account.tier', { tier: signals.tier })
  return { ...level, text: parts(plain(signals.name), tier, level.text, why, whose) }
}
