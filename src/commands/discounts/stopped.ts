import type { Answer, Context } from '../kit/command.ts'
import { type Block, say, show } from '../kit/view.ts'
import type { Draft } from './draft.ts'
import { percentValue, requestTitle, ruleText } from './phrases.ts'
import { type Ground, type Judged, passingInstead } from './prepare.ts'

type Stopped = Judged & Readonly<{ ground: Ground }>

/** Not to be had: by which rule, what it looked at, and what would pass. Nothing is filed; that it was asked for is kept. */
export async function stoppedView(
  context: Context,
  draft: Draft,
  { verdict, facts, ground }: Stopped,
  keep: () => Promise<string>,
): Promise<Answer> {
  const { terms, account, wish } = draft
  const passing = passingInstead(terms, ground, context.today)
  if (!wish.isPreview) await audited(context, draft, verdict)
  const rule = verdict.kind === 'stopped' ? ruleText(verdict.rule, facts) : say('discount.unknown')
  const blocks: Block[] = [
    { kind: 'heading', text: requestTitle({ account, terms }) },
    { kind: 'text', tone: 'bad', text: say('discount.stopped', { rule }) },
  ]
  if (!passing) return show([...blocks, { kind: 'note', text: say('discount.stopped.never') }])
  const percent = percentValue(passing.percent)
  return show([
    ...blocks,
    { kind: 'text', text: say('discount.stopped.passes', { percent }) },
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('discount.stopped.take', { percent }),
          command: 'discount-pick',
          args: { draft: await keep(), price: `${passing.percent}%` },
          style: 'primary',
        },
      ],
    },
  ])
}

async function audited(
  { work, actor, channel }: Context,
  { account, terms }: Draft,
  verdict: Judged['verdict'],
): Promise<void> {
  await work.audit.write({
    actorId: actor.id,
    channel,
    action: 'discount.stop',
    subject: account.id,
    after: {
      percent: terms.percent,
      net: `${terms.net.amount} ${terms.net.currency}`,
      ...(verdict.kind === 'stopped' ? { rule: verdict.rule.name, tested: verdict.rule.tested } : {}),
    },
  })
}
