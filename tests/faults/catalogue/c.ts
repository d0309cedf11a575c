import type { Case } from './case.ts'

/** Telegram inbound. */
export const C: readonly Case[] = [
  {
    id: 'C-01',
    faces: 'Crash after getUpdates answer, before offset confirm (100 ×)',
    passes: '0 lost, 1 effect per update_id',
    done: 'An update is confirmed only after it is stored; a store that is repeated changes nothing. What a process had stored is done by the next start, or within a minute by another process.',
  },
  {
    id: 'C-02',
    faces: 'Handler throws in a batch of 100',
    passes: '99 others done, failed one retried ≤ 3 then parked',
    done: 'Each update is worked on by itself: the one that fails is tried three times, then apologised for with a number that leads to the log, and finished.',
  },
  {
    id: 'C-03',
    faces: '50 messages of one chat in one batch',
    passes: 'processed in order, one at a time per chat',
    done: 'Updates of one chat stand in one lane, in the order in which they came, and are worked on one at a time.',
  },
  {
    id: 'C-04',
    faces: 'One 60 s handler',
    passes: 'other chats’ p95 ≤ 1.5 s',
    done: 'Chats do not wait for each other, and however many wait in one chat, the others’ updates are still fetched.',
  },
  {
    id: 'C-05',
    faces: 'Half-open poll (no bytes for 10 min)',
    passes: 'detected ≤ 70 s',
    done: 'A poll that says nothing for 65 s is ended and begun anew.',
  },
  {
    id: 'C-06',
    faces: '409 from a second instance',
    passes: 'loser stands by, retries every 5–10 s, no offset change, alert once',
    done: 'Whoever gets a 409 stands by, asks again after a random five to ten seconds with the same offset, and says so once.',
  },
  {
    id: 'C-07',
    faces: '401',
    passes: 'exit non-zero; no token printed',
    done: 'At the start the program ends with code 1 and a line that names TELEGRAM_BOT_TOKEN. A token that is withdrawn later ends the polling, which the log and /readyz say, while the other platforms go on.',
  },
  {
    id: 'C-08',
    faces: 'HTML with status 200/404/502 instead of JSON',
    passes: 'retry; no token in logs (V8)',
    done: 'The Bot API is called by a transport of our own, whose errors hold the method and the status and never the address. The poll is tried again.',
  },
  {
    id: 'C-09',
    faces:
      'Webhook: wrong/missing/`undefined` secret, GET, other path, 2 MiB body, split in the middle of 👋, chunk of 1 byte',
    passes: '401/403/404/413; text intact',
    done: 'The secret is compared in constant time before the body is read, which is taken as bytes, up to 1 MiB.',
  },
  {
    id: 'C-10',
    faces: 'Webhook 500 for 10 min then cure',
    passes: 'every update once; no head-of-line > 120 s after cure',
    done: '500 is answered only while an update cannot be stored; Telegram brings it again, and each is answered once and in the order of its chat.',
  },
  {
    id: 'C-11',
    faces: 'Same update_id by webhook twice at the same ms',
    passes: '1 effect',
    done: 'Each update is stored under its own id before it is confirmed; one row decides, over all processes.',
  },
  {
    id: 'C-12',
    faces: 'Switch polling → webhook → polling under traffic',
    passes: '0 lost, 0 double',
    done: 'The way in does not matter to the inbox: the key of an update makes it one, whichever way and how often it comes. What waits at Telegram is never dropped.',
  },
  {
    id: 'C-13',
    faces: 'Outage 149 s / 151 s with taps pending',
    passes: 'taps processed / lost: card still usable, user told on next tap',
    done: 'Within 150 s the tap is done. Telegram throws away older ones and tells nobody, so nothing can be said of it; the card keeps its buttons, and the next tap is answered.',
  },
  {
    id: 'C-14',
    faces: 'Callback and text of same chat in both orders',
    passes: 'same final state',
    done: 'The updates of a chat are worked off one after another, and each finds what it is about by its id, so the order does not matter.',
  },
  {
    id: 'C-15',
    faces: 'All update kinds up to 10.3 incl. unknown kinds, channel posts, business, guest, reactions',
    passes: 'ignored safely, offset advances',
    done: 'Only four kinds are asked for and read. Any other is stored, passed over and confirmed, so that the offset moves on; nothing is said.',
  },
  {
    id: 'C-16',
    faces: '/start payload 0/1/64/65 chars, illegal alphabet, guessed token, used twice, expired',
    passes: 'linked once only with a valid one-time token',
    done: 'Only a code that was issued, is not used and not old links, and it does so once; anything else is answered alike and counted.',
  },
  {
    id: 'C-17',
    faces:
      'Commands: /x@OtherBot, /X, /x@bot extra, edited command, command inside caption, forwarded command',
    passes: 'only ours run; edits/forwards never execute',
    done: 'Only what is written to us runs. Edits amend what the first message led to, a forwarded message and a caption run nothing.',
  },
  {
    id: 'C-18',
    faces: 'Free-text answer from another user, after 24 h, after restart, two questions open',
    passes: 'bound to right question or politely refused',
    done: 'A question belongs to a chat and to a person, is kept in the database for a week, and its buttons carry which form they are of: those of another are refused politely.',
  },
  {
    id: 'C-19',
    faces: 'Contact with foreign user_id; location forwarded; voice 21 MB; photo album of 10',
    passes: 'no identity taken; size refusal text; album as one',
    done: 'A contact or a place says nothing about who sent it, what is forwarded is nobody’s own, a file over 20 MB is refused in words, and an album is answered once.',
  },
  {
    id: 'C-20',
    faces: 'Group migrates to supergroup while reminders pend',
    passes: 'all ids moved in 1 transaction; next send succeeds',
    done: '',
    not: 'Groups are only told where the assistant works; it writes nothing to a group unasked, and no id of one is kept but as the lane of an update until that is answered.',
  },
  {
    id: 'C-21',
    faces: '10,000 malformed updates (missing from/chat/message, huge ints, wrong types)',
    passes: '0 crashes, ≤ 5 ms each',
    done: 'An update is read field by field and believes nothing: what has no sender, no chat or numbers beyond the safe ones is passed over, finished in the inbox and confirmed.',
  },
]
