/** The usual way of a deal, in both languages. Sources name their stages freely: any other stands after these, by name. */
const FUNNEL: readonly (readonly string[])[] = [
  ['lead', 'new', 'лид', 'новая'],
  ['prospecting', 'поиск', 'первый контакт'],
  ['qualification', 'qualified', 'квалификация'],
  ['engaging', 'discovery', 'needs analysis', 'переговоры о потребностях', 'выявление потребностей'],
  ['proposal', 'quote', 'предложение', 'коммерческое предложение', 'кп'],
  ['negotiation', 'переговоры'],
  ['contract', 'closing', 'договор', 'согласование договора'],
]

/** For sorting stages as they follow one another, not by letter. */
export function inFunnelOrder(a: string, b: string): number {
  return place(a) - place(b) || a.localeCompare(b, 'en')
}

function place(stage: string): number {
  const at = FUNNEL.findIndex((names) => names.some((name) => stage.trim().toLowerCase().startsWith(name)))
  return at === -1 ? FUNNEL.length : at
}
