import { type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import { approverKey } from '../../domain/discounts/policy.ts'
import { commitmentKey, endingKey } from '../../domain/notices/keys.ts'
import { type Day, dayIn } from '../../domain/shared/day.ts'
import type { Relation } from '../discounts/access.ts'
import { cardFor } from '../discounts/card-copy.ts'
import { commitmentView } from '../discounts/commitments.ts'
import { deciding } from '../discounts/deciding.ts'
import { cutText } from '../discounts/phrases.ts'
import { type Block, plain, say, type Text, type View } from '../kit/view.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'

/** Cards for those who decide, what became of it for those who ask, and the question whether a client kept its side. */
export const composeApprovals: Composer = async (context, batch) => {
  const asked = batch.filter(({ notice }) => notice.kind !== 'commitment')
  const requests = await context.work.discounts.byIds([...new Set(asked.map(({ notice }) => notice.subject))])
  const known = new Map(requests.map((request) => [request.id, request]))
  return new Map(
    await Promise.all(
      batch.map(async (owed) => [owed.notice.id, await viewOf(context, owed, known)] as const),
    ),
  )
}

async function viewOf(
  context: ComposeContext,
  owed: Owed,
  known: ReadonlyMap<string, DiscountRequest>,
): Promise<View | null> {
  if (owed.notice.kind === 'commitment') return commitment(context, owed)
  const request = known.get(owed.notice.subject)
  const card = request && (await cardFor({ ...context, actor: owed.to }, request))
  if (!request || !card) return null
  const lead =
    owed.notice.key === endingKey(request.id)
      ? ending(request, dayIn(owed.to.timeZone, context.now))
      : owed.notice.kind === 'discount'
        ? news(request, owed)
        : toDecide(request, owed, card.relation)
  if (!lead) return null
  return [lead, ...forWhom(owed), ...card.view]
}

/** Only for whoever may decide now: the rights are read anew, and whoever has decided is not asked again. */
function toDecide(request: DiscountRequest, { notice, to }: Owed, relation: Relation): Block | null {
  const mine = deciding(request, relation, to.id)
  if (!mine) return null
  const name = cutText(request.requester.name, 'title')
  const { step } = mine
  const seat = step.seats.find(({ id }) => id === mine.seat)
  const isPassedOn = seat !== undefined && approverKey(seat.by) !== approverKey(step.by)
  const text = (): Text => {
    if (notice.kind === 'nudge') return say('discount.notice.nudge')
    if (mine.seat !== to.id) return say('discount.notice.moved', { absent: plain(seat?.name ?? '') })
    if (step.kind === 'check') return say('discount.notice.check', { name })
    return isPassedOn ? say('discount.notice.passedOn') : say('discount.notice.approval', { name })
  }
  return { kind: 'text', tone: 'warn', text: text() }
}

/** The newest thing that happened, for whoever asked or was asked. */
function news(request: DiscountRequest, { to, insteadOf }: Owed): Block {
  const { state, questions, steps } = request
  const last = questions.at(-1)
  const isFresh = (at: string) => at === request.changedAt
  const answer = questions.find((one) => one.by.id === to.id && isFresh(one.answer?.at ?? ''))?.answer
  if (isOpen(request) && answer) {
    const params = { name: plain(answer.by.name), text: cutText(answer.text, 'word') }
    return { kind: 'text', text: say('discount.notice.answered', params) }
  }
  if (isOpen(request) && last && !last.answer && isFresh(last.at)) {
    const params = { name: plain(last.by.name), text: cutText(last.text, 'word') }
    return { kind: 'text', tone: 'warn', text: say('discount.notice.asked', params) }
  }
  const passed = steps.some(
    (step) => step.state === 'OPEN' && step.escalations > 0 && isFresh(step.openedAt ?? ''),
  )
  if (state === 'PENDING' && passed)
    return { kind: 'text', tone: 'warn', text: say('discount.notice.passed') }
  const tone = state === 'GRANTED' ? 'good' : state === 'DECLINED' || state === 'REVOKED' ? 'bad' : 'warn'
  const isTheirs = (insteadOf ?? to).id === request.requester.id
  if (state === 'PENDING' && !isTheirs) return { kind: 'text', tone, text: say('discount.notice.went') }
  return { kind: 'text', tone, text: { key: `discount.notice.${state}` } }
}

/** Only of what is still good: one that was taken back has no end any more. */
function ending({ state, terms }: DiscountRequest, today: Day): Block | null {
  if (state !== 'GRANTED' || terms.lastDay < today) return null
  return { kind: 'text', tone: 'warn', text: say('discount.notice.ends', { day: { day: terms.lastDay } }) }
}

const forWhom = ({ insteadOf, notice }: Owed): Block[] =>
  insteadOf && notice.kind !== 'approval'
    ? [{ kind: 'note', text: say('notice.insteadOf', { name: plain(insteadOf.name) }) }]
    : []

/** Not of a day that was put off since: that one has a notice of its own. */
async function commitment({ work }: ComposeContext, owed: Owed): Promise<View | null> {
  const found = await work.discounts.commitment(owed.notice.subject)
  if (!found || found.state !== 'OPEN') return null
  if (owed.notice.key !== commitmentKey(found.id, found.delays)) return null
  return [...commitmentView(found), ...forWhom(owed)]
}
