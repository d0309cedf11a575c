import type { Shown } from './command.ts'
import type { Invocation } from './invocation.ts'
import { UNSEEN } from './unit-of-work.ts'
import { say } from './view.ts'

const DONE: Shown = {
  kind: 'view',
  view: [{ kind: 'text', tone: 'good', text: say('done.unseen') }],
  passing: true,
}

/** An update that was done before. Who asked has seen the answer, unless a process died in between: then they are told. */
export const doneBefore = ({ resumed }: Invocation): Shown | Readonly<{ kind: 'repeat' }> =>
  resumed ? DONE : { kind: 'repeat' }

/** What a change answers, whichever of its tries was carried out. */
export function answerOf<Answer>(
  written: Answer | null | typeof UNSEEN,
  invocation: Invocation,
): Answer | ReturnType<typeof doneBefore> {
  if (written === UNSEEN) return DONE
  return written ?? doneBefore(invocation)
}
