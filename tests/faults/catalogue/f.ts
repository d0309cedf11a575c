import type { Case } from './case.ts'

/** Timers, escalations, clock. */
export const F: readonly Case[] = [
  {
    id: 'F-01',
    faces: 'Restart 100 × around the due second (±2 s)',
    passes: 'exactly 1 reminder each; never early',
    done: 'What is due is a row with its time; a process that starts looks at once, and one row is claimed once. Nothing is claimed before its time.',
  },
  {
    id: 'F-02',
    faces: '2 and 3 instances, 10,000 timers',
    passes: '1 each',
    done: 'One statement claims a person’s rows for one process; the others find nothing.',
  },
  {
    id: 'F-03',
    faces: 'Down 30 s, 61 s, 10 min, 3 h, 3 days over due times',
    passes: 'each once; grouped; late mark > 10 min; stale ones (> configured) reported not sent',
    done: 'What came due meanwhile comes once, more than three of one person as one message, with the word that it is late after ten minutes. A brief of a meeting that has begun and an agenda of another day are dropped.',
  },
  {
    id: 'F-04',
    faces: 'Reminder changed/cancelled in the same second it fires (1,000 rounds)',
    passes: 'old never sent after the change was confirmed',
    done: 'The row is asked once more right before the platform is: changed before that, it is not sent; changed after it, it was on its way and stays sent. Never both.',
  },
  {
    id: 'F-05',
    faces: 'Recurring rule: crash between "send" and "next date"',
    passes: 'no double, no skipped occurrence',
    done: 'The reminder and the turn to the next date are two rows. The turn moves the promise in the transaction that marks it as taken, so it is taken once, and a crash before that takes nothing.',
  },
  {
    id: 'F-06',
    faces: 'Escalation in a quiet-hours pause, restart, resume',
    passes: 'continues ≤ 60 s after window opens',
    done: 'Hours of a step are working hours, counted anew from the rows at every look: nothing passes on in the night or at a weekend, and the first look after it is soon enough, however often the program was started.',
  },
  {
    id: 'F-07',
    faces: 'Acknowledge/approve 1 ms before the next step',
    passes: 'no further notice (V3), 1,000 rounds',
    done: 'A decision closes the request in one statement with its version; passing on asks for the same version. Whoever comes second changes nothing, and cards that wait are edited.',
  },
  {
    id: 'F-08',
    faces:
      'Spring gap and autumn overlap for Berlin, New York, Sydney, Lord Howe (30 min), São Paulo (no DST), Casablanca; schedules at 01:30, 02:00, 02:30, 03:00, hourly',
    passes: 'once per local day; hourly 23/25 runs; CPU flat',
    done: 'All reckoning is on the clock on the wall: what repeats comes once on each local day, at a time left out as much later as the clocks jump, at a repeated one the first time. Nothing repeats by the hour.',
  },
  {
    id: 'F-09',
    faces: 'User changes zone between planning and due',
    passes: 'defined rule, tested both ways',
    done: 'A promise keeps its hour on the wall: a change of zone moves every open one, and back; what was put off is an instant and stays. Digests move as well, with the change itself.',
  },
  {
    id: 'F-10',
    faces: 'tz database update changes an offset',
    passes: 'future wall-clock times recomputed',
    done: 'A start compares the version of the world’s time zones with the one by which reminders were planned, and plans them anew when it differs, each person’s in one transaction; what was put off to a moment stays. The agenda and the week are reckoned anew every five minutes anyway.',
  },
  {
    id: 'F-11',
    faces: 'System clock +1 h, −1 h, +10 years, leap second smear; DB clock skew ±5 min vs app',
    passes: 'never early > 1 s by DB time; alarm at > 30 s skew; no mass fire',
    done: 'Promises and approvals go by the database’s time, counted on steadily between two looks at it, wherever the machine’s clock is more than a second from it. Ten seconds are told in the log, thirty turn `kamerton_well{part="clock"}` to 0. Signatures of Slack are judged by the machine’s clock alone.',
  },
  {
    id: 'F-12',
    faces: '29 Feb, 31st monthly, year end, week 53, business-day calendar with holidays',
    passes: 'table of 200 dates equal to reference',
    done: 'Repetitions and reminders equal a table made by another implementation, over leap days, ends of months and years, week 53 and days off.',
  },
  {
    id: 'F-13',
    faces: 'Auditor job: kill the sweeper silently',
    passes: 'missing heartbeat alarm ≤ 5 min',
    done: '`/readyz` and `kamerton_well{part="queue"}` say so half a minute after the last look, also when only one of the things that time changes hangs; the alarm on it is in docs/operations.md.',
  },
  {
    id: 'F-14',
    faces: 'pg-boss worker SIGKILL while sending',
    passes: 'redelivered ≤ 30 s (maintenance ≤ 5 s, expiry ≤ 20 s)',
    done: 'A claim that is not renewed for 25 s is free, and the next tick of any process takes it up; the queue finds its dead by heartbeat within 15 s.',
  },
]
