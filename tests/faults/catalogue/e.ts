import type { Case } from './case.ts'

/** Approvals and authority. */
export const E: readonly Case[] = [
  {
    id: 'E-01',
    faces:
      'Click by: requester, colleague, ex-approver (rights removed after card was sent), guest, outsider from a shared channel, bot, other workspace, deactivated user',
    passes: 'refused 100 %, audited, card unchanged',
    done: 'Every right is read anew at the press: the requester, colleagues, whoever lost the role or left, guests, bots and members of other companies decide nothing. Each such press is in the audit log, and the card stays as it was.',
  },
  {
    id: 'E-02',
    faces: 'Approver list empty / directory unreachable / unknown role',
    passes: 'refused (fail closed)',
    done: 'What is not known never grants: with nobody to ask, a role that there is not, or the database away, the request waits, the press says so, and the card, the window or the form stays as it was for the next try.',
  },
  {
    id: 'E-03',
    faces: 'Member of the channel without role',
    passes: 'refused',
    done: 'The role and the relation to the account decide, not the channel: docs/access.md is the table, and every cell of it is tried on every way in. A refusal changes nothing, and about what somebody may not see it says word for word what is said of nothing at all.',
  },
  {
    id: 'E-04',
    faces:
      'Requester is also the manager; requester delegates to self; A approves B and B approves A in one chain',
    passes: 'refused or re-routed to next level',
    done: 'Nobody uses any seat of their own request, nor of one for whose requester they stand in; whoever is the next above is asked instead. Nobody is their own substitute.',
  },
  {
    id: 'E-05',
    faces: 'Forged value: id of another deal, changed amount, old version number, wrong tenant',
    passes: 'refused; amount shown = amount decided',
    done: 'A button carries ids and a step, never terms: what is decided is what the card shows. Ids of others, steps and rounds that are not open are refused.',
  },
  {
    id: 'E-06',
    faces: 'Replayed card from a copied/forwarded message',
    passes: 'refused',
    done: 'The button says what, never who: it is judged by whoever presses it. In a group, on a message of somebody else or with a token made for another it does nothing.',
  },
  {
    id: 'E-07',
    faces: 'Double click 1 ms, 100 ms, 1 s, 2 s apart on one and on two processes (1,000 rounds)',
    passes: 'exactly 1 decision; second gets "already decided by …"',
    done: 'The request is held for the time of the press, and each seat and person have one vote: the second press is told what was decided.',
  },
  {
    id: 'E-08',
    faces: 'Approve and reject at the same ms by two approvers (1,000 rounds)',
    passes: '1 winner; both told the truth; 1 audit decision',
    done: 'The first of both decides; the other is told who decided what. One row of the audit log holds the decision.',
  },
  {
    id: 'E-09',
    faces: '20 waiting actions on one approval',
    passes: '1 executed',
    done: 'They wait for one another on the row of the request: one decides, and the others find it decided.',
  },
  {
    id: 'E-10',
    faces: 'Deal edited between request and click (price, discount, product)',
    passes: 'old approval void; new round',
    done: 'Price, product and deal are read again at the press: when one changed, nothing is decided, and everybody is asked anew in a new round.',
  },
  {
    id: 'E-11',
    faces: 'Approve on Telegram and reject on Slack simultaneously',
    passes: '1 winner; other card updated ≤ 5 s',
    done: 'One decision wins; with the next tick all copies of the card, in Slack and in Telegram, tell it and have no buttons.',
  },
  {
    id: 'E-12',
    faces:
      'Multi-step: step 2 clicked before step 1; step skipped; parallel quorum 2 of 3 with same person twice',
    passes: 'refused; distinct people only',
    done: 'A step decides while it is open, and each person once, also for two seats; two of three must be two people.',
  },
  {
    id: 'E-13',
    faces: 'Expired request clicked; escalated request clicked by old approver',
    passes: 'policy result, audited',
    done: 'After its last day nobody can grant it, which is written down. Whoever was asked first may still decide after it was passed on.',
  },
  {
    id: 'E-14',
    faces: 'Crash at each of 10 points in the decision transaction',
    passes: 'all-or-nothing; card repaired ≤ 60 s',
    done: 'Decision, vote, audit row and messages are one transaction: cut off at any statement it leaves nothing. The copies of the card follow by their version with the next tick.',
  },
  {
    id: 'E-15',
    faces:
      'Command with prices in an ext-shared channel, in a channel that becomes shared between ask and answer, in unknown channel',
    passes: 'no data to outsiders: 0 leaks in 500 runs',
    done: 'Answers go to the asker alone. In a channel that is shared, is about to be, or of which nobody can say who is in it, there is no account data at all.',
  },
  {
    id: 'E-16',
    faces: 'Out-of-office delegate: start/end at midnight in approver’s zone, circular delegation',
    passes: 'correct person; loop refused',
    done: 'Whole days where the absent one is. A circle of substitutes is refused when it is planned, and whoever stands in for the requester decides nothing of theirs.',
  },
]
