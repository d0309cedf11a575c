import { rhythmOf } from '../commands/follow-ups/promise.ts'
import { replanAll } from '../commands/follow-ups/replan.ts'
import type { Queries } from '../db/queries.ts'
import { unitOfWork } from '../db/unit-of-work.ts'
import type { PersonId } from '../domain/shared/actor.ts'
import { HOLIDAYS } from '../holidays.ts'
import type { CliIo } from './io.ts'

/** In the transaction that moves them to another zone. Their digests are moved by the planner, within minutes. */
export async function replanMoved(
  tx: Queries,
  people: readonly PersonId[],
  { defaults, now }: Pick<CliIo, 'defaults' | 'now'>,
): Promise<void> {
  const within = { reads: tx, transact: <Result>(act: (own: Queries) => Promise<Result>) => act(tx) }
  await unitOfWork(within, { language: 'en', ...defaults }).change(async (work) => {
    for (const id of people) {
      const time = await work.people.workingTimeOf(id)
      if (time) await replanAll({ work, now: now() }, id, rhythmOf(time, HOLIDAYS))
    }
  })
}
