import type { Actor } from '../../domain/shared/actor.ts'
import { colleaguesNamed } from '../../domain/identity/colleague-names.ts'
import { currencies, timeZones } from '../../domain/identity/person.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Choice, FieldKind } from './form.ts'
import { plain } from './view.ts'

/** As many as a person reads; Slack takes 100, Telegram's keyboard fewer. */
const SUGGESTIONS = 10

/** What to offer for a searched field while somebody types. */
export async function suggestChoices(
  work: Work,
  actor: Actor,
  kind: FieldKind,
  typed: string,
): Promise<Choice[]> {
  if (kind === 'account') {
    const accounts = await work.accounts.suggest(typed, actor.sight, SUGGESTIONS)
    return accounts.map(({ id, name }) => ({ value: id, label: plain(name) }))
  }
  if (kind === 'person') return colleagueChoices(work, actor, typed)
  if (kind === 'product') return productChoices(work, typed)
  if (kind === 'timeZone') return matching(timeZones(), typed)
  if (kind === 'currency') return matching(currencies(), typed)
  return []
}

/** Names are no secret among colleagues; whoever asks is none of their own. */
async function colleagueChoices(work: Work, actor: Actor, typed: string): Promise<Choice[]> {
  const others = (await work.absences.colleagues()).filter(({ id, active }) => active && id !== actor.id)
  const named = typed.trim() === '' ? others : colleaguesNamed(typed, others)
  return named.slice(0, SUGGESTIONS).map(({ id, name }) => ({ value: id, label: plain(name) }))
}

/** The price list is no secret in the company. */
async function productChoices(work: Work, typed: string): Promise<Choice[]> {
  const wanted = typed.trim().toLowerCase()
  return (await work.offers.products())
    .filter(({ subject }) => subject.title.toLowerCase().includes(wanted))
    .slice(0, SUGGESTIONS)
    .map(({ subject: { productId, title } }) => ({ value: productId ?? '', label: plain(title) }))
}

/** Matches in any part of a word, those at its beginning first: `mosc` finds Europe/Moscow. */
function matching(names: readonly string[], typed: string): Choice[] {
  const wanted = typed.toLowerCase().replaceAll(' ', '_')
  return names
    .map((name) => ({ name, at: name.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, SUGGESTIONS)
    .map(({ name }) => ({ value: name, label: plain(name) }))
}

const rank = ({ name, at }: { name: string; at: number }) => (at === 0 || name[at - 1] === '/' ? 0 : 1)
