import { z } from 'zod'
import { type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import type { Day } from '../../domain/shared/day.ts'
import { accountSeen } from '../meetings/access.ts'
import { defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Line, parts, plain, say, show } from '../kit/view.ts'
import { type Asker, relationTo, REQUESTERS } from './access.ts'
import { deciding } from './deciding.ts'
import { cutText, decisionText, opensRequest, priceText, requestTitle, stateLine } from './phrases.ts'

const SHOWN = 10
/** Each is asked about for itself. */
const MOST_WAITING = 20
const HISTORY = 20

/** What waits for a decision of this person, by their own or somebody else's authority; never what is theirs. */
export async function waitingForMe(asker: Asker): Promise<readonly DiscountRequest[]> {
  const { work, actor, now } = asker
  const seats = await work.discounts.seatsOf(actor.id, now)
  const waiting = await work.discounts.waitingFor(seats, MOST_WAITING)
  const mine = await Promise.all(
    waiting.map(async (request) => {
      const relation = await relationTo(asker, request)
      return relation && deciding(request, relation, actor.id) ? [request] : []
    }),
  )
  return mine.flat()
}

export const approvals = defineCommand({
  name: 'approvals',
  aliases: ['согласования', 'approve'],
  summary: 'approvals.summary',
  example: 'approvals.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({}),

  async run(context) {
    const { work, actor, today } = context
    const [mine, asked] = await Promise.all([
      waitingForMe(context),
      work.discounts.askedBy([actor.id, ...actor.standsFor], SHOWN),
    ])
    if (mine.length + asked.length === 0) {
      return show([
        { kind: 'heading', text: say('approvals.title') },
        { kind: 'text', text: say('approvals.none') },
        ...(REQUESTERS.includes(actor.role)
          ? [
              { kind: 'note' as const, text: say('approvals.none.hint') },
              {
                kind: 'buttons' as const,
                buttons: [{ label: say('account.button.discount'), command: 'discount', args: {} }],
              },
            ]
          : []),
      ])
    }
    return show([
      { kind: 'heading', text: say('approvals.title') },
      ...section('approvals.mine', mine, today, actor.id),
      ...(mine.length === 0 ? [{ kind: 'text' as const, text: say('approvals.mine.none') }] : []),
      ...section(
        actor.standsFor.length > 0 ? 'approvals.askedForBoth' : 'approvals.asked',
        asked,
        today,
        actor.id,
      ),
    ])
  },
})

type Title = 'approvals.mine' | 'approvals.asked' | 'approvals.askedForBoth'

function section(title: Title, all: readonly DiscountRequest[], today: Day, reader: string): Block[] {
  if (all.length === 0) return []
  const shown = all.slice(0, SHOWN)
  const more = all.length - shown.length
  return [
    { kind: 'list', title: say(title), items: shown.map((request) => requestLine(request, today, reader)) },
    ...(more > 0 ? [{ kind: 'note' as const, text: say('today.more', { count: more }) }] : []),
    { kind: 'buttons', buttons: shown.map(opensRequest) },
  ]
}

/** A request on one line: what, by whom, how it stands, until when it is to be decided. */
export function requestLine(request: DiscountRequest, today: Day, reader: string): Line {
  const { requester, terms, steps } = request
  const state = stateLine(request, today)
  const due = steps.find((step) => step.state === 'OPEN')?.dueAt ?? null
  const text = parts(
    requestTitle(request),
    priceText(terms),
    requester.id === reader ? null : say('discount.asker', { name: cutText(requester.name, 'title') }),
    state.text,
    due && isOpen(request) ? say('discount.step.until', { when: { instant: due } }) : null,
  )
  return { text, ...(state.tone ? { tone: state.tone } : {}) }
}

/** All discounts of an account, the open ones first: the history behind its card. */
export const accountDiscounts = defineCommand({
  name: 'account-discounts',
  aliases: [],
  summary: 'discount.history',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id: z.string().min(1).max(64) }),

  async run(context, { id }) {
    const { work, today } = context
    const account = await accountSeen(context, id)
    const all = await work.discounts.ofAccount(id, HISTORY)
    const back = {
      label: say('account.button.back', { name: plain(account.name) }),
      command: 'account',
      args: { id },
    }
    const items = all.map((request): Line => {
      const line = requestLine(request, today, context.actor.id)
      const decision = isOpen(request) ? null : decisionText(request)
      return { ...line, text: parts(line.text, decision) }
    })
    return show([
      { kind: 'heading', text: say('discount.history.title', { name: plain(account.name) }) },
      ...(items.length > 0
        ? [{ kind: 'list' as const, items }]
        : [{ kind: 'text' as const, text: say('discount.history.none') }]),
      { kind: 'buttons', buttons: [...all.slice(0, SHOWN).map(opensRequest), back] },
    ])
  },
})
