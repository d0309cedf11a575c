/** Each is told before and after its call; together they lie on every way on which something is changed or sent. */
const CALLS = [
  // An update comes in.
  'inbox.store',
  'dispatcher.dispatch',
  'unit.receive',
  'inbox.finish',
  // A change, inside its transaction and around it.
  'unit.write',
  'work.meetings.add',
  'work.followUps.add',
  'work.discounts.holdAccount',
  'work.discounts.add',
  'work.discounts.hold',
  'work.discounts.save',
  'work.notices.plan',
  'work.notices.drop',
  'work.audit.write',
  // What nobody asked for goes out.
  'queue.add',
  'outbox.claim',
  'outbox.recipients',
  'outbox.park',
  'outbox.begin',
  'push.SLACK',
  'push.TELEGRAM',
  'outbox.settle',
  // Cards are kept true; tests/jobs/cards.test.ts kills between an edit and its record.
  'cards.note',
  'cards.stale',
] as const

/** The moments at which the fault programme ends the process; see src/moments.ts. */
export const KILL_POINTS: readonly string[] = CALLS.flatMap((call) => [`${call}:before`, `${call}:after`])
