import type { Case } from './case.ts'

/** Telegram outbound. */
export const D: readonly Case[] = [
  {
    id: 'D-01',
    faces:
      'Property test of every text with hostile values (`<b`, `&lt;`, `</a>`, `*_[`, 4 kB emoji) through the td-like parser',
    passes: '0 refusals; parsed text equals input',
    done: 'One function escapes every value into HTML after it was cut; the strict parser reads back what was given, and halves of characters and NUL never leave.',
  },
  {
    id: 'D-02',
    faces: 'Text 4,096/4,097/50,000; caption 1,024/1,025',
    passes: 'split at boundaries ≤ 4,096, entities balanced, ≤ 5 parts then file',
    done: 'A view is spread over at most three messages of 4,096 characters, counted as Telegram counts after parsing and cut between characters with its tags closed; the last one says how many lines did not fit. We send no captions.',
  },
  {
    id: 'D-03',
    faces: 'callback_data for largest ids, 64/65 bytes, non-ASCII',
    passes: '≤ 64 bytes always; opaque id + signature',
    done: 'A button carries its command and arguments when they fit into 64 bytes; else an opaque token of its owner, kept for thirty days, leads to them.',
  },
  {
    id: 'D-04',
    faces: 'Keyboard 8×13, empty label, 100+ options',
    passes: 'paged',
    done: 'Two short labels share a row, a long one has its own; a hundred buttons at most are shown, labels are cut to 40 characters and never empty. Longer lists have pages of their own in the commands.',
  },
  {
    id: 'D-05',
    faces: 'Answer lost after delivery',
    passes:
      '≤ 1 extra copy; retry only for connect-phase errors by default; escalation class may repeat once',
    done: 'Only what certainly did not leave, or what Telegram itself says it failed at, is sent again. What may have arrived is not, unless nobody asked for it: then once more after thirty seconds.',
  },
  {
    id: 'D-06',
    faces: '429 retry_after 1/60/3,600 on one chat',
    passes: 'other chats continue; V7',
    done: 'The chat is left alone for as long as Telegram says, thirty seconds where it does not say so; the other chats go on. Taps, edits and the calls at the start obey as well.',
  },
  {
    id: 'D-07',
    faces: 'Group: 25 messages in a minute',
    passes: '≤ 20 sent, rest merged',
    done: 'In groups the bot says one sentence an hour, where it works, and nothing else.',
  },
  {
    id: 'D-08',
    faces: '"message is not modified", "query is too old", "message to edit not found"',
    passes: 'treated as done / ignored / new card once',
    done: '“Not modified” is done, a query that is too old is ignored, and for a message that is not there a new one is sent once.',
  },
  {
    id: 'D-09',
    faces: '403 blocked / deactivated / kicked',
    passes: 'user disabled ≤ 1 attempt; manager fallback; re-enabled on my_chat_member',
    done: 'One refused try blocks the person there; what they are owed goes to their other chat or is parked, and their manager is told once. As soon as they let the bot in or write, they get it in order.',
  },
  {
    id: 'D-10',
    faces: 'answerCallbackQuery always sent ≤ 2 s also when work fails',
    passes: '100 %',
    done: 'A tap is acknowledged 1.5 seconds after it arrived at the latest, whatever becomes of the work.',
  },
  {
    id: 'D-11',
    faces: 'setMyCommands for all scopes × 2+ languages, 100 commands, restart 10 ×',
    passes: 'same lists, ≤ 1 call per change',
    done: 'The lists are read first and written only where they differ.',
  },
  {
    id: 'D-12',
    faces: 'Token rotated during traffic',
    passes: 'new token used ≤ 60 s, 0 lost',
    done: 'A token is read at the start, so a new one needs a restart. Until then /readyz names it, and what is due and what comes waits.',
  },
]
