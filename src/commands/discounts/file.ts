import type { Office } from '../../domain/discounts/approvers.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { filed, resubmitted } from '../../domain/discounts/rounds.ts'
import type { Answer, Context } from '../kit/command.ts'
import { say, type Text, type Tone } from '../kit/view.ts'
import { mayAnswer, requestHeld } from './access.ts'
import { addRequest, saveRequest } from './change.ts'
import { granted } from './granted.ts'
import { basisOf, groundOf, judge } from './prepare.ts'
import { preview } from './preview.ts'
import { answered } from './ask.ts'
import { becameOf, cardAnswer } from './show.ts'
import { stoppedView } from './stopped.ts'
import type { Draft } from './draft.ts'
import { keepSaid } from './wish.ts'

/** What the policy says of it: refused with what would pass, previewed, or filed. */
export async function settle(context: Context, request: Draft, office: Office): Promise<Answer> {
  const { account, terms, offer, said, wish } = request
  const whose = { requester: request.requester, by: context.actor.id }
  const ground = await groundOf(context, account.id, offer, whose, office)
  const judged = judge(terms, ground, context.today)
  const keep = () => keepSaid(context, said, request.draft)
  if (judged.verdict.kind === 'stopped') return stoppedView(context, request, { ...judged, ground }, keep)
  if (wish.isPreview) {
    const first = await context.work.discounts.sameSubject(account.id, terms.subject, context.today)
    return preview(context, request, { judged, office, first }, await keep())
  }
  if (request.draft && !(await context.work.drafts.remove(request.draft, context.actor.id))) return answered()
  const asked = { facts: judged.facts, verdict: judged.verdict }
  return said.picks.of ? change(context, request, asked, office) : file(context, request, asked, office)
}

type Asked = Parameters<typeof filed>[1]

async function file(context: Context, draft: Draft, asked: Asked, office: Office): Promise<Answer> {
  const { actor, channel, work } = context
  const { account, terms, offer, reason, wish } = draft
  const request = filed(
    {
      id: work.discounts.newId(),
      account,
      requester: { id: actor.id, name: actor.name },
      terms,
      basis: basisOf(offer, terms, wish.quantity),
      reason,
      competitor: wish.competitor,
    },
    asked,
    channel,
    office,
  )
  const added = await addRequest({ work, office }, request, {
    action: 'discount.file',
    actorId: actor.id,
    channel,
  })
  await granted(context, added)
  return cardAnswer(context, added, leadOf(added))
}

/** The same request on other terms: only what got worse goes round again. */
async function change(context: Context, draft: Draft, asked: Asked, office: Office): Promise<Answer> {
  const { work, actor, channel } = context
  const { request: before, relation } = await requestHeld(context, draft.said.picks.of ?? '')
  const isTheirs = relation.asks && mayAnswer(actor, before)
  if (!isTheirs || !mayChange(before, draft)) return becameOf(context, before.id, relation)
  const { terms, offer, reason, wish } = draft
  const next = { terms, basis: basisOf(offer, terms, wish.quantity), reason, competitor: wish.competitor }
  const how = { carry: true, author: { by: actor.id, channel }, channel }
  const after = resubmitted(before, next, asked, how, office)
  const saved = await saveRequest({ work, office }, before, after, {
    action: 'discount.resubmit',
    actorId: actor.id,
    onBehalfOf: actor.id === before.requester.id ? undefined : before.requester.id,
    channel,
  })
  if (!saved) return becameOf(context, before.id)
  await granted(context, saved)
  return cardAnswer(context, saved, leadOf(saved))
}

/** What was decided or offered while the form was open is read before it is overwritten. */
function mayChange(before: DiscountRequest, { account, requester, said }: Draft): boolean {
  if (before.state === 'GRANTED' || before.state === 'REVOKED') return false
  if (before.account.id !== account.id || before.requester.id !== requester) return false
  return !said.kept || (said.kept.round === before.round && said.kept.state === before.state)
}

export function leadOf(request: DiscountRequest): Readonly<{ text: Text; tone: Tone }> {
  if (request.state === 'GRANTED') {
    const carried = request.steps.length > 0
    return { text: say(carried ? 'discount.filed.carried' : 'discount.filed.granted'), tone: 'good' }
  }
  return { text: say('discount.filed'), tone: 'good' }
}
