import { type Office, readerOf, seatsFor } from '../../domain/discounts/approvers.ts'
import type { PlannedStep } from '../../domain/discounts/evaluate.ts'
import type { RuleFacts } from '../../domain/discounts/facts.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Button, type Field, type Line, parts, plain, say, show, type Text } from '../kit/view.ts'
import type { Draft } from './draft.ts'
import { marginField } from './passport.ts'
import { termFields } from './terms.ts'
import { askedText, priceText, requestTitle, ruleNames, ruleText } from './phrases.ts'
import type { Judged } from './prepare.ts'
import { sameText } from './same-before.ts'

/** `first`: what was asked for or granted for the same already. */
type Previewed = Readonly<{ judged: Judged; office: Office; first: DiscountRequest | null }>

/** Who would decide and why; nothing is filed. */
export function preview(
  context: Context,
  draft: Draft,
  { judged, office, first }: Previewed,
  kept: string,
): Answer {
  const { verdict, facts } = judged
  const { terms, account } = draft
  const file: Button = {
    label: say('discount.preview.file'),
    command: 'discount-pick',
    args: { draft: kept, file: 'yes' },
    style: 'primary',
  }
  return show([
    { kind: 'heading', text: say('discount.preview', { title: requestTitle({ account, terms }) }) },
    ...(first ? [sameText(context, first)] : []),
    { kind: 'fields', fields: fieldsOf(draft, facts) },
    ...(verdict.kind === 'granted'
      ? [
          {
            kind: 'text' as const,
            tone: 'good' as const,
            text: say('discount.preview.granted', {
              rule: ruleNames([verdict.rule]) ?? say('discount.rule.none'),
            }),
          },
        ]
      : []),
    ...(verdict.kind === 'chain'
      ? [
          {
            kind: 'list' as const,
            title: say('discount.preview.chain'),
            items: verdict.steps.map((step) => stepLine(step, facts, context.actor.id, office)),
          },
        ]
      : []),
    { kind: 'note', text: say('discount.preview.nothing') },
    { kind: 'buttons', buttons: [file] },
  ])
}

function fieldsOf({ terms }: Draft, facts: RuleFacts): Field[] {
  return [
    { label: say('discount.price'), value: priceText(terms) },
    marginField(facts),
    { label: say('discount.level'), value: plain(facts.level) },
    ...termFields(terms),
  ]
}

function stepLine(step: PlannedStep, facts: RuleFacts, requester: string, office: Office): Line {
  const why = step.rules.slice(0, 3).map((rule) => ruleText(rule, facts))
  return { text: parts(askedText(step.by, step.need), whoOf(step, requester, office), ...why) }
}

/** By name, so that it can be seen who is away: the rules never name anybody. */
function whoOf({ by }: PlannedStep, requester: string, office: Office): Text {
  const names = seatsFor(by, requester, office).map((seat): Text => {
    const reader = readerOf(seat, { requester: { id: requester, name: '' } }, office)
    if (reader === null) return say('discount.preview.notAllowed', { name: plain(seat.name) })
    if (reader === seat.id) return plain(seat.name)
    return say('discount.onBehalf', {
      name: plain(office.officers.get(reader)?.name ?? ''),
      absent: plain(seat.name),
    })
  })
  return names.length === 0
    ? say('discount.preview.nobody')
    : say('list', { items: { list: names.slice(0, 4) } })
}
