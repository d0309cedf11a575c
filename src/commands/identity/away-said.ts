import { z } from 'zod'
import type { Colleague } from '../../domain/identity/absence.ts'
import { colleaguesNamed } from '../../domain/identity/colleague-names.ts'
import { type DaysReading, readAbsence } from '../../domain/identity/read-absence.ts'
import type { Context } from '../kit/command.ts'
import { keepDraft } from '../kit/draft.ts'
import { talkContext } from '../kit/talk-context.ts'

const KIND = 'away'

/** What has been said so far: days whose last one may still be missing, and a name that may be nobody's. */
const SAID = z.object({
  days: z.object({ startsOn: z.string(), endsOn: z.string().nullable() }).nullable(),
  substitute: z.string().nullable(),
  name: z.string(),
})
export type Said = Readonly<z.infer<typeof SAID>>

export const NOTHING: Said = { days: null, substitute: null, name: '' }

export const keepSaid = (context: Context, said: Said, draft: string | null): Promise<string> =>
  keepDraft(context, KIND, said, draft)

/** Null when it was answered, or a week has gone by. */
export async function saidBefore({ work, actor, now }: Context, draft: string): Promise<Said | null> {
  const read = SAID.safeParse(await work.drafts.find(draft, actor.id, KIND, now))
  return read.success ? read.data : null
}

/** The days on the calendar of whoever is away, from when the line was written. */
export function readLine({ actor, saidAt }: Context, line: string): { days: DaysReading; name: string } {
  return readAbsence(line, talkContext(actor, saidAt))
}

/**
 * Whom a name means. `self` and `left`: nobody but the one who is away, or somebody who is not in the team any more.
 * `nobody` comes with those who work closest to the absent one.
 */
export type Found = Readonly<
  | { kind: 'one'; person: Colleague }
  | { kind: 'several' | 'nobody' | 'unnamed' | 'self'; near: readonly Colleague[] }
  | { kind: 'left'; person: Colleague; near: readonly Colleague[] }
>

export async function findSubstitute({ actor, work }: Context, name: string): Promise<Found> {
  const everybody = await work.absences.colleagues()
  const near = nearest(actor.id, everybody)
  if (name === '') return { kind: 'unnamed', near }
  const active = colleaguesNamed(
    name,
    everybody.filter(({ active: works }) => works),
  )
  const others = active.filter(({ id }) => id !== actor.id)
  const [only, another] = others
  if (only && !another) return { kind: 'one', person: only }
  if (only) return { kind: 'several', near: others.slice(0, OFFERED) }
  if (active.length > 0) return { kind: 'self', near }
  const [left] = colleaguesNamed(
    name,
    everybody.filter(({ active: works }) => !works),
  )
  return left ? { kind: 'left', person: left, near } : { kind: 'nobody', near }
}

/** As many as people look at before they type. */
const OFFERED = 6

/** Those under the same manager first, then the manager; whoever has neither is offered nobody in particular. */
function nearest(id: string, everybody: readonly Colleague[]): readonly Colleague[] {
  const manager = everybody.find((one) => one.id === id)?.managerId ?? null
  if (manager === null)
    return everybody.filter(({ managerId, active }) => managerId === id && active).slice(0, OFFERED)
  const peers = everybody.filter((one) => one.managerId === manager && one.active && one.id !== id)
  const above = everybody.filter((one) => one.id === manager && one.active)
  return [...peers, ...above].slice(0, OFFERED)
}
