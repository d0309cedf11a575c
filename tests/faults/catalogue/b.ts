import type { Case } from './case.ts'

/** Slack outbound and screens. */
export const B: readonly Case[] = [
  {
    id: 'B-01',
    faces:
      'Property test of every message/modal/home builder: names 0–10,000 chars, emoji, RTL, zero-width, combining marks, NUL, lone surrogates, 0–5,000 items',
    passes: '0 validator refusals; no cut surrogate; "… and N more" present',
    done: 'Words are made tame, cut in whole characters while they are plain, and escaped once; what does not fit is counted in the last line, and the buttons stay.',
  },
  {
    id: 'B-02',
    faces: 'Boundary −1/0/+1 for each limit of A3 (≈ 60 limits)',
    passes: 'accepted / accepted / shortened',
    done: 'Each builder knows Slack’s limit of its field in characters, not units: up to it all is shown, one more is shortened with a sign, left out and counted, or for hidden values refused before it is sent.',
  },
  {
    id: 'B-03',
    faces: '250 kB view; 101 blocks; 51 blocks',
    passes: 'paged',
    done: 'What does not fit is left out of the end, counted in a note, and the buttons below stay; windows are bounded in blocks, characters and bytes before they are sent.',
  },
  {
    id: 'B-04',
    faces: 'views.update races: 2 updates with old hash',
    passes: 'hash_conflict handled, newest state shown',
    done: 'Every update of a window carries its hash; when it is stale, the newest press is shown without it and an older one gives way.',
  },
  {
    id: 'B-05',
    faces: 'trigger_id 2.9 s / 3.1 s / used twice',
    passes: 'opens / friendly hint / 1 modal',
    done: 'A window opens while its right lasts, with “One moment” in it when the answer is slow; where it came too late, a button offers the form. A command that comes twice is answered once.',
  },
  {
    id: 'B-06',
    faces: '4th views.push',
    passes: 'never sent (stack ≤ 3)',
    done: 'A press in a window changes that window; none is ever pushed onto another, and no such method is in the manifest.',
  },
  {
    id: 'B-07',
    faces: 'response_url: 6th use, 31st minute, 404, 500, never answers',
    passes: 'falls back to chat.*; ≤ 10 s time-out',
    done: 'An address is used five times at most, given up after ten seconds, never again after “not now”, and the answer then goes by chat.postEphemeral, or as a direct message.',
  },
  {
    id: 'B-08',
    faces: '429 with Retry-After 1, 30, 300 on one channel',
    passes: 'others unaffected (delay ≤ 100 ms); V7; order in channel kept',
    done: 'Messages wait by channel and all else by method, as long as Slack says, in order; answers give up after a minute and go another way, messages that nobody asked for come later.',
  },
  {
    id: 'B-09',
    faces: '429 without or with malformed Retry-After',
    passes: 'default 30 s, no crash',
    done: 'Thirty seconds are taken when Retry-After is missing, no number, or not above zero.',
  },
  {
    id: 'B-10',
    faces: 'Post accepted, answer lost (reset / 35 s silence / 500 / internal_error)',
    passes: '≤ 1 extra copy; with metadata reconciliation 0 when history is readable',
    done: 'The SDK’s own retries are off. What may have arrived is marked as unclear, sent once more after thirty seconds if nobody asked for it, and never a third time. There is no reconciliation by history: the scope for that is not asked for.',
  },
  {
    id: 'B-11',
    faces: 'Each permanent error of A4.10',
    passes: '1 attempt, target disabled, owner told once',
    done: 'A person who cannot be reached is tried once, what they are owed is parked, and their manager is told once. A message that will never be taken is dropped with one error in the log. A token that is not taken is tried every ten minutes by one message, said once in the log, and shown by /readyz.',
  },
  {
    id: 'B-12',
    faces: 'Ephemeral to an inactive / absent user',
    passes: 'fallback DM if the content is needed',
    done: 'An answer that cannot be shown to the asker where they asked comes as a direct message. Reminders and approvals are never ephemeral.',
  },
  {
    id: 'B-13',
    faces: 'Channel archived, renamed, id changed G→C',
    passes: 'routed ≤ 1 retry',
    done: 'After one refused try the answer goes as a direct message. No channel’s id or name is kept beyond what is known of its audience, which is forgotten when the id changes.',
  },
  {
    id: 'B-14',
    faces: 'File flow killed after step 1 / 2',
    passes: 'exactly one shared file at the end',
    done: '',
    not: 'Kamerton uploads no files: none of the methods of that flow is called, or in its manifest.',
  },
  {
    id: 'B-15',
    faces: 'Manifest validated against schema v2; scopes in manifest = scopes used',
    passes: 'exact match',
    done: 'The manifest is made from the methods, events and commands that the code uses; the file in the repository must be the same.',
  },
  {
    id: 'B-16',
    faces: 'Fallback `text` present, complete, ≤ 4,000 for every message',
    passes: '100 %',
    done: 'Every message has a text of its own, made from the same view, within Slack’s limits in characters and bytes.',
  },
  {
    id: 'B-17',
    faces: 'Home opened 100 × in 10 s by one user',
    passes: '≤ 1 publish/s, last state correct',
    done: 'One person’s Home tab is published by one at a time and once a second at most; the last opening counts.',
  },
]
