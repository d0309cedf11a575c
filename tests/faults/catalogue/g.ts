import type { Case } from './case.ts'

/** Crash, database, chaos. */
export const G: readonly Case[] = [
  {
    id: 'G-01',
    faces: 'SIGKILL at each of ≥ 40 fail points × 25, and 1,000 random kills under L1',
    passes: 'V1–V5; ready again ≤ 10 s',
    done: 'Every step is one that another process can take up: updates are stored, claims run out, a key decides what is done.',
  },
  {
    id: 'G-02',
    faces: 'PostgreSQL SIGKILL / restart under L2',
    passes: 'recovers ≤ 10 s; 0 lost acknowledged items',
    done: 'Connections that the server ended are made anew, the one that listens as well, and none of them ends the process; a statement without an answer is given up after half a minute; changes are tried up to four times; an update that could not be stored is not acknowledged.',
  },
  {
    id: 'G-03',
    faces: 'Connection reset after COMMIT was sent (unknown commit)',
    passes: 'repeated safely by key; 1 effect',
    done: 'A change whose answer was lost is tried again under the key of its update: when that is closed, the first try was carried out, and the person hears so until the card that they pressed shows the outcome.',
  },
  {
    id: 'G-04',
    faces: 'Pool exhausted, 5 s lock on hot row, deadlock, serialization failure',
    passes: 'retried ≤ 3; ack still ≤ 2.5 s',
    done: 'Deadlocks and broken connections are tried again, at most three times; Slack gets its acknowledgement after a second and the answer when it is there.',
  },
  {
    id: 'G-05',
    faces: 'Disk full (small tmpfs)',
    passes: 'read-only mode, clear alarm, no corrupt state; resumes',
    done: 'PostgreSQL refuses the write, the change leaves nothing, and the answer says that the database cannot be reached. An embedded database that cannot write its log ends the process with the reason; a start without room is refused in one line, and one with room goes on where it stopped.',
  },
  {
    id: 'G-06',
    faces: 'Latency 200 ms / 2 s / 20 s to DB, to Slack, to Telegram – each alone',
    passes: 'other platform unaffected (p95 +≤ 10 %)',
    done: 'Each platform has a line, a pace and workers of its own; a call is given up after ten seconds.',
  },
  {
    id: 'G-07',
    faces: 'Slack fully down 30 min, Telegram alive (and reverse)',
    passes: 'outbox grows, other side normal, drains in order at legal rate',
    done: 'Notices wait with growing pauses, in order for each person, while the other platform goes on.',
  },
  {
    id: 'G-08',
    faces: 'Poison job',
    passes: '≤ 5 tries, dead-letter, alert once, queue moves on',
    done: 'What cannot be put into words or sent is tried five times with growing pauses, then given up and logged; it holds up nobody.',
  },
  {
    id: 'G-09',
    faces:
      'Rolling deploy: old and new version together for 5 min, schema expand/contract, old buttons on new code',
    passes: '0 errors',
    done: 'A migration only adds, and a test refuses one that does not; every statement of the first release holds on the newest schema, its data folder is brought up to date at the start, and the buttons of older versions are understood.',
  },
  {
    id: 'G-10',
    faces: 'Restore last night’s backup',
    passes: 'no re-sent reminders older than restore point without confirmation; dedup keys explain',
    done: 'Whatever was due by the moment of the restore is held until notices release; keys of updates and notices come back with the rows, so what is delivered again changes nothing. A repeating promise goes on in silence.',
  },
  {
    id: 'G-11',
    faces: 'Memory limit 256 MiB, FD limit 256, CPU 0.5',
    passes: 'degrades, no loss',
    done: 'Nothing is kept in memory that has to last, so less of it makes the program slower and nothing else.',
  },
  {
    id: 'G-12',
    faces: 'Crash loop 100 × in 10 min',
    passes: '≤ 1 owner notice per 15 min',
    done: 'A start tells nobody in a chat, so a crash loop sends nothing; `/readyz`, the exit code and the log are there for whoever watches.',
  },
  {
    id: 'G-13',
    faces: 'DNS failure, TLS error, proxy 407',
    passes: 'classified, retried with jitter, no token in text',
    done: 'Each failure has a name and an end; calls are tried again with growing random pauses, and no text holds the address they went to.',
  },
  {
    id: 'G-14',
    faces: 'Random fault every 60 s for 8 h (10 kinds)',
    passes: 'all invariants',
    done: 'Whatever fails leaves its work where the next try finds it.',
  },
]
