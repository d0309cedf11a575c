import type { Case } from './case.ts'

/** Slack inbound. */
export const A: readonly Case[] = [
  {
    id: 'A-01',
    faces: 'Every command/action/shortcut/view/options handler with database latency 2 s injected',
    passes: 'ack ≤ 1,000 ms in 100 % of 500 calls each',
    done: 'Every act is acknowledged within 700 ms whatever the database does: with the answer when it is ready within 500 ms, else with “One moment” or an empty acknowledgement, and the answer follows. What is acknowledged without an answer is being kept meanwhile.',
  },
  {
    id: 'A-02',
    faces: 'Database down at the moment of a command',
    passes: 'ack ≤ 2.5 s with a plain "try again" text; no effect; 0 crashes',
    done: 'The acknowledgement comes at once with “I cannot reach my database right now”, or without an answer that then follows; nothing is changed and the process goes on.',
  },
  {
    id: 'A-03',
    faces: 'Same event_id 4 times (0 s, 1 s, 60 s, 300 s)',
    passes: '1 effect, 4 × 2xx',
    done: 'The key of each event is kept with what it changed, in one transaction; the same event again is confirmed and changes nothing.',
  },
  {
    id: 'A-04',
    faces: 'Same event after 1 h … 24 h (Delayed Events)',
    passes: '1 effect; key still known at 48 h',
    done: 'Keys are kept for seven days, longer than any platform delivers again.',
  },
  {
    id: 'A-05',
    faces: 'Two processes get the same event within 1 ms (100 rounds)',
    passes: '1 effect each round',
    done: 'One row in the database decides which of several processes does it; both confirm.',
  },
  {
    id: 'A-06',
    faces: 'Event delivered only as retry_num 1–3 (no first delivery)',
    passes: 'processed',
    done: 'What a repetition brings is done like what comes the first time: only the key says whether it is known.',
  },
  {
    id: 'A-07',
    faces: 'Out-of-order: message_changed before message; member_left before joined',
    passes: 'final state correct in all 24 permutations',
    done: 'An edit amends the meeting that its message led to. One that overtakes its message is met with silence and kept for a week, for as long as Slack may deliver again or a question about the message stays open: then the newest words count. Of both in the same moment the second waits for the first. Who joins or leaves a channel changes nothing.',
  },
  {
    id: 'A-08',
    faces:
      'Signature: wrong secret, v1, missing header, −301 s, body changed by one byte, empty secret config, ssl_check=1 with smuggled payload, ssl_check=true',
    passes: '401/200-empty, 0 handlers run, start refused on empty secret',
    done: 'A guard before Bolt checks version, time and signature over the raw bytes; only ssl_check=1 is answered without one, empty and without running anything. Without a secret the adapter does not start.',
  },
  {
    id: 'A-09',
    faces: 'Valid signature, time +3,600 s',
    passes: 'refused by our wrapper (> +60 s)',
    done: 'The guard refuses a time more than a minute ahead, which Bolt would take.',
  },
  {
    id: 'A-10',
    faces: 'Replay of a signed command inside 5 min',
    passes: '1 effect',
    done: 'The guard confirms a signature that it has seen within five minutes and runs nothing; in another process the key of the update in the database does.',
  },
  {
    id: 'A-11',
    faces:
      'Body `null`, `[]`, `1`, truncated JSON, duplicate payload params, form with charset, 4.1 MiB, 60 MiB, gzip bomb',
    passes: '4xx ≤ 3.5 s or 413; process alive; RSS +≤ 100 MiB',
    done: 'Our guard reads at most 1 MiB and stops there with 413, unpacks nothing, and answers 400 to what is no object with a payload or a command before Bolt sees it; a character set behind the form’s type is ignored.',
  },
  {
    id: 'A-12',
    faces: 'Unknown command/action/callback_id/view (old message after deploy)',
    passes: 'ack + "no longer valid" text; metric +1',
    done: 'Buttons and windows of an old version, or that nobody made, get one sentence and are counted as kamerton_updates_total{outcome="old button"}.',
  },
  {
    id: 'A-13',
    faces:
      'Payload with unknown new fields/types, missing optional fields (user without team_id, no channel, no response_url) – 10,000 mutated recordings',
    passes: '0 unhandled errors',
    done: 'Every field is looked at before it is believed; what is missing or of another type counts as absent. What Bolt itself cannot read is acknowledged and logged, and the process lives.',
  },
  {
    id: 'A-14',
    faces: 'refresh_requested during 50 clicks/s with two connections',
    passes: '0 failed acks',
    done: 'Each process holds two connections. While Slack renews one, the other takes what comes, and the one that leaves stays a second for its last acknowledgements.',
  },
  {
    id: 'A-15',
    faces: 'Single connection drop (no close frame, half-open 60 s)',
    passes: 'detected ≤ 35 s; reconnected ≤ 10 s after recovery; alarm metric',
    done: 'Pings that stay unanswered end a connection within nine seconds; it is opened again at once, or every five seconds until the network is back. After half a minute without any, `/readyz` says so and `kamerton_well{part="slack"}` is 0.',
  },
  {
    id: 'A-16',
    faces: 'apps.connections.open: 429, 503, internal_error, invalid_auth, HTML – 10 min each',
    passes: 'recovers ≤ 15 s after cure; invalid_auth → process exits non-zero with one clear line, no token',
    done: 'It goes on trying, one attempt in five seconds and none while Slack names a time, so it is back within fifteen seconds of the cure. A token that Slack refuses ends a start with one line and exit code 1; in a running process it shows in `/readyz`, for the other platform goes on.',
  },
  {
    id: 'A-17',
    faces: '11th connection / too_many_websockets',
    passes: 'back-off ≥ 5 s, no storm (≤ 12 opens/min)',
    done: 'All connections of a process share one gate: after a failure one attempt in five seconds, twelve in a minute.',
  },
  {
    id: 'A-18',
    faces: 'SIGTERM under L2',
    passes: 'new work refused, in-flight finished ≤ 10 s, 0 lost',
    done: 'A stop first takes no new work (503; Telegram keeps what it has), lets what is under way end within its bounds, and closes the database last. What Telegram kept and what was stored is answered by the next start.',
  },
  {
    id: 'A-19',
    faces: 'app_uninstalled / tokens_revoked / team migration error',
    passes: 'sends stop ≤ 5 s, jobs parked, admin told once',
    done: 'On the event, or at the first send that Slack refuses because of the token, the token is checked; when it is dead nothing more is sent to Slack, notices wait (asked again once a minute, tried again after ten), the log has one error and `/readyz` names it. Who is told is whoever runs it: no chat of that workspace is left to tell anybody in.',
  },
  {
    id: 'A-20',
    faces: 'app_rate_limited event',
    passes: 'logged, alert, no reaction loop',
    done: 'One error in the log for each minute that Slack names; it is acknowledged, answered to nobody, and leads to no call.',
  },
]
