const LINE = 'Revenue 2026: €12,000 · +14% on 2025 · pipeline, Negotiation: 1 deal · €4,000'

/** About as long as a real card, and always the same. */
export const CARD_TEXT = Array.from({ length: 16 }, () => LINE).join('\n')

const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text, verbatim: true },
})
const header = (text: string) => ({
  type: 'header' as const,
  text: { type: 'plain_text' as const, text, emoji: false },
})
const button = (text: string, at: number) => ({
  type: 'button' as const,
  action_id: `b${at}`,
  text: { type: 'plain_text' as const, text, emoji: false },
  value: `{"command":"account","args":{"id":"a${at}"}}`,
})

const PARTS = Array.from({ length: 5 }, () => section(Array.from({ length: 3 }, () => LINE).join('\n')))
const BUTTONS = {
  type: 'actions' as const,
  elements: 'Log,Follow up,Discount,Brief,People,Meetings,Deals,Mine'.split(',').map(button),
}

export const cardBlocks = (name: string) => ({
  text: `${name}\n${CARD_TEXT}`,
  blocks: [header(name), ...PARTS, BUTTONS],
})

export const choiceBlocks = (names: readonly string[]) => ({
  text: names.join('\n'),
  blocks: [section('Which one?'), { type: 'actions' as const, elements: names.map(button) }],
})

export const listBlocks = (title: string) => ({
  text: title,
  blocks: [header(title), ...PARTS.slice(0, 2), BUTTONS],
})
