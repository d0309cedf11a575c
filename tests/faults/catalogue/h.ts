import type { Case } from './case.ts'

/** Security and fuzzing. */
export const H: readonly Case[] = [
  {
    id: 'H-01',
    faces: 'Grammar fuzz of command language, 1,000,000 inputs incl. Unicode confusables, 100 kB lines',
    passes: '0 crashes; each ≤ 20 ms; help on nonsense',
    done: 'Lines, button payloads, updates, bodies, rows and files go through the real readers; a line beyond 4,096 characters is told to be too long, an unknown command is answered with help. Nothing in a reader asks more of a long line than its length is worth: at most 60 times, 20 promises and 12 names are read of it.',
  },
  {
    id: 'H-02',
    faces: 'Slack injection: all tokens of A5.2 in every user-controlled field',
    passes: 'rendered literally; 0 mentions/broadcasts emitted',
    done: '`&`, `<` and `>` are escaped in all mrkdwn, which is verbatim, and names with marks stand in plain text; a button carries its words without the signs that begin a mention.',
  },
  {
    id: 'H-03',
    faces: 'Telegram HTML/MarkdownV2 injection in every field',
    passes: 'literal; 0 links not ours',
    done: 'All values go through one escape into HTML, MarkdownV2 is not used, and no entity is ever made of a person’s words but our own bold, italics and boxes.',
  },
  {
    id: 'H-04',
    faces: 'SQL/CSV/formula injection (`=`, `+`, `-`, `@`, tab), path and header injection in exports',
    passes: 'neutralised',
    done: 'SQL has parameters only; a CSV cell that a spreadsheet would run gets an apostrophe, which falls again on the way in; a workbook holds text as text. An export writes the one file it was told, and no header of ours carries words of people.',
  },
  {
    id: 'H-05',
    faces: 'Every regular expression that touches user text: worst-case strings 100 kB',
    passes: '≤ 50 ms; static check for nested quantifiers; no RegExp built from input',
    done: 'All patterns are found in the source and while it is loaded, checked by recheck in the long form (new ones also in `npm test`), and measured against hostile texts; none is built while words are read.',
  },
  {
    id: 'H-06',
    faces: 'Canary secrets through all error paths (50 fault scripts), DEBUG off and on',
    passes: '0 occurrences incl. `xox`, `xapp-`, `\\d+:AA…`, hooks.slack.com URLs, passwords',
    done: 'Nothing secret is put into an error in the first place, and the logger takes every known secret out of the finished line, in every spelling. 50 scripts and more run against the real program, whose log, pages, chats, exports and tables are then searched for canaries; DEBUG of libraries is off.',
  },
  {
    id: 'H-07',
    faces: 'Tenant isolation: 2 workspaces + 2 Telegram groups, 10,000 random calls with swapped ids',
    passes: '0 cross reads',
    done: 'An identity is platform, workspace and id together. Groups in Telegram are told once where to write; ids of others open nothing.',
  },
  {
    id: 'H-08',
    faces: 'Account linking: stolen link, link race, relink, unlink, expired code, brute force 10,000 codes',
    passes: '1 valid link; lock-out ≤ 5 tries; one-time, ≤ 10 min',
    done: 'A code works once within ten minutes. Five wrong ones lock a chat for an hour, and 300 in ten minutes from all chats together close the door to all; each is in the audit log. The next code of its owner takes a stolen link back.',
  },
  {
    id: 'H-09',
    faces:
      'Web/admin endpoint (if any): authz matrix role × route, CSRF, SSRF via user URL (127.0.0.1, 169.254.169.254, DNS rebinding)',
    passes: 'denied',
    done: 'The console is the only page: its own host, its own origin, known personas, or it is refused. No address that people write is ever opened.',
  },
  {
    id: 'H-10',
    faces: 'Forged response_url host in a signed-off test payload',
    passes: 'only hooks.slack.com / slack-gov allowed in production config',
    done: 'Only https addresses of hooks.slack.com and hooks.slack-gov.com are written to, or the gateway of SLACK_API_URL; redirects are not followed. The answer then goes another way.',
  },
  {
    id: 'H-11',
    faces: 'Audit table: UPDATE/DELETE/TRUNCATE as app role; edit as superuser; remove last 10 rows',
    passes: 'refused; break found at exact row; tail cut found by anchor',
    done: 'The log refuses changes by a trigger, and by rights when the program runs as a role of its own (audit protect). audit verify names the first entry that does not fit; its end is noted outside the table every ten minutes, which finds a cut or rewritten tail.',
  },
  {
    id: 'H-12',
    faces: 'Flood: one user 50 commands/s for 5 min',
    passes: 'per-user limit, others’ p95 unchanged',
    done: 'One person is answered thirty messages within thirty seconds, told once to slow down, and then met with silence; what was stored is ended. Buttons and forms always work.',
  },
  {
    id: 'H-13',
    faces: 'Web App initData: altered field, old auth_date, other bot’s token',
    passes: 'refused',
    done: '',
    not: 'There is no Telegram web app: no initData is taken anywhere.',
  },
  {
    id: 'H-14',
    faces: 'Personal-data erase request; retention job',
    passes: 'data gone, audit kept pseudonymous, chain valid',
    done: 'user erase takes a person out, keeps what is the company’s by a former colleague, and empties what the log held of them, which a later entry vouches for. Places, codes, dialogues, drafts, updates and notices go by themselves.',
  },
  {
    id: 'H-15',
    faces: 'Dependency and lock-file check offline (pinned versions ≥ bolt 4.7.3 fixes), SBOM',
    passes: '0 known criticals in stored advisory file',
    done: 'Versions are exact, each package of the lock file has its hash, none runs a script at the install, and none has a flaw of tests/advisories.ts. npm run sbom lists them.',
  },
]
