/** The usual way of a deal, with the names that sources give its stages in both languages. */
const FUNNEL = {
  lead: ['lead', 'new', 'лид', 'новая'],
  prospecting: ['prospecting', 'поиск', 'первый контакт'],
  qualification: ['qualification', 'qualified', 'квалификация'],
  engaging: ['engaging', 'discovery', 'needs analysis', 'проработка', 'выявление потребностей'],
  proposal: ['proposal', 'quote', 'предложение', 'коммерческое предложение', 'кп'],
  negotiation: ['negotiation', 'переговоры'],
  contract: ['contract', 'closing', 'договор', 'согласование договора'],
} as const

export type KnownStage = keyof typeof FUNNEL

const STAGES = Object.keys(FUNNEL) as KnownStage[]
const tidy = (stage: string) => stage.trim().toLowerCase()

/** A stage that has a name in every language; null for one of the source's own, which is shown as it is written. */
export function knownStage(stage: string): KnownStage | null {
  return STAGES.find((known) => FUNNEL[known].some((name) => name === tidy(stage))) ?? null
}

/** For sorting stages as they follow one another, not by letter: "КП отправлено" stands with the proposals. */
export function inFunnelOrder(a: string, b: string): number {
  return place(a) - place(b) || a.localeCompare(b, 'en')
}

function place(stage: string): number {
  const at = STAGES.findIndex((known) => FUNNEL[known].some((name) => tidy(stage).startsWith(name)))
  return at === -1 ? STAGES.length : at
}
