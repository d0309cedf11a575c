/**
 * Who may do what. The tests try every cell of this table on every way in, and docs/access.md is written from it. A
 * command that is not here fails a test, and so does one more way of being somebody.
 */

/** Everybody the house knows, by what they are to the account in question; the account's owner is away today. */
export const PEOPLE = [
  'owner',
  'team',
  'above',
  'substitute',
  'colleague',
  'otherManager',
  'director',
  'finance',
  'admin',
] as const
export type Person = (typeof PEOPLE)[number]

export const ABOUT: Readonly<Record<Person, string>> = {
  owner: 'the KAM who owns the account; author of its meetings, promises and discount requests',
  team: 'a KAM in the team of the account',
  above: 'the manager above its owner',
  substitute: 'a KAM who stands in for its owner today',
  colleague: 'a KAM with other accounts',
  otherManager: 'a manager of other people',
  director: 'a director',
  finance: 'somebody of finance',
  admin: 'an administrator',
}

/** People who are turned away whatever they ask. */
export const STRANGERS = {
  departed: 'was switched off, and the chats are still theirs',
  guest: 'a guest of the Slack workspace',
  foreign: 'a member of another company in a shared channel',
  bot: 'another app of the workspace',
  unknown: 'a member of the workspace, or an account of Telegram, whom nobody has added',
} as const
export type Stranger = keyof typeof STRANGERS

/**
 * `yes`: it is done. `role`: not for this role. `told`: they see it, but this act is somebody else’s, and that is said.
 * `none`: word for word what is said of something that does not exist.
 */
type Outcome = 'yes' | 'role' | 'told' | 'none'
export type Cells = Readonly<Record<Person, Outcome>>

const all = (outcome: Outcome): Cells => ({
  owner: outcome,
  team: outcome,
  above: outcome,
  substitute: outcome,
  colleague: outcome,
  otherManager: outcome,
  director: outcome,
  finance: outcome,
  admin: outcome,
})

const SEES: Cells = { ...all('yes'), colleague: 'none', otherManager: 'none' }
const WRITES: Cells = { ...SEES, finance: 'role' }
const AUTHORS: Cells = { ...WRITES, team: 'told' }
const ANSWERS: Cells = { ...SEES, team: 'none', finance: 'none' }
const ASKERS: Cells = {
  ...all('told'),
  owner: 'yes',
  substitute: 'yes',
  colleague: 'none',
  otherManager: 'none',
}
const DECIDERS: Cells = { ...all('told'), above: 'yes', colleague: 'none', otherManager: 'none' }
const OWNERS: Cells = { ...all('none'), owner: 'yes' }

/** How it is asked: typed, pressed with arguments that may be forged, or sent as a form. */
export type By =
  | Readonly<{ line: string }>
  | Readonly<{ press: Readonly<Record<string, string>> }>
  | Readonly<{ form: Readonly<Record<string, string>> }>

export type Row = Readonly<{
  command: string
  by: By
  /** What is in braces stands for something of the account, and in turn for something that is not there. */
  cells: Cells
  /** Answered with silence where nothing is said, so that only the console can tell. */
  isSilent?: true
}>

/** `shows` is the case of the fault programme. */
export type Group = Readonly<{
  shows: string
  title: string
  why: string
  cells: Cells
  rows: readonly Row[]
}>

type Ask = readonly [command: string, by: By, isSilent?: true]

const group = (title: string, why: string, cells: Cells, asks: readonly Ask[]): Group => ({
  shows: cells === DECIDERS ? 'E-01' : 'E-03',
  title,
  why,
  cells,
  rows: asks.map(([command, by, isSilent]) => ({ command, by, cells, ...(isSilent ? { isSilent } : {}) })),
})

const line = (text: string): By => ({ line: text })
const press = (args: Readonly<Record<string, string>> = {}): By => ({ press: args })
const form = (values: Readonly<Record<string, string>>): By => ({ form: values })

const STEP = { id: '{request}', s: '1.1' }
const MOMENT = '2026-11-25T09:00:00.000Z'
/** As a card in hand or a form would bring it. */
const CONTENT = { when: '2026-11-20', kind: 'CALL', attendees: '', notes: 'x' }

export const TABLE: readonly Group[] = [
  group(
    'One’s own',
    'What is shown and changed is the asker’s own, and of the account only what they see.',
    all('yes'),
    [
      ['kamerton', line('/kamerton')],
      ['account', line('/account')],
      ['today', line('/today')],
      ['followups', line('/followups')],
      ['approvals', line('/approvals')],
      ['brief', line('/brief')],
      ['late', line('/late 10')],
      ['followup', form({ what: 'call the bank', when: 'tomorrow' })],
      ['settings', line('/settings')],
      ['settings-edit', press()],
      ['settings-save', form({ language: 'en' })],
      ['settings-hours', press()],
      ['settings-hours-save', form({ digest: 'off' })],
      ['link', line('/link')],
      ['away', line('/away')],
      ['away-edit', press()],
      ['away-save', form({ from: '2027-05-03', until: '2027-05-04', substitute: 'ada' })],
      [
        'away-restore',
        press({ id: '{absence}', from: '2027-06-01', until: '2027-06-02', substitute: 'ada' }),
      ],
      ['meeting-edited', press({ message: '4711', text: '/meeting {name} yesterday' }), true],
    ],
  ),
  group('On the road', 'The same, for those who write meetings down.', { ...all('yes'), finance: 'role' }, [
    ['nearby', press({ latitude: '55.7539', longitude: '37.6208' })],
    ['attach', press({ kind: 'PHOTO', fileId: 'file-1' })],
    ['contact-shared', press({ name: 'Eve Example' })],
  ]),
  group('Reading an account', 'Whoever sees the account reads everything about it.', SEES, [
    ['account', line('/account {name}')],
    ['account', line('{name}')],
    ['account', line('/account {alias}')],
    ['account', line('/account {taxNumber}')],
    ['account', press({ id: '{account}' })],
    ['account-people', press({ id: '{account}' })],
    ['account-deals', press({ id: '{account}' })],
    ['account-invoices', press({ id: '{account}' })],
    ['account-meetings', press({ id: '{account}' })],
    ['account-discounts', press({ id: '{account}' })],
    ['brief', line('/brief {name}')],
    ['brief', press({ account: '{account}' })],
    ['brief', press({ meeting: '{planned}' })],
    ['meeting-show', press({ id: '{meeting}' })],
    ['meeting-history', press({ id: '{meeting}' })],
    ['meeting-notes', press({ id: '{meeting}', page: '0', version: '0' })],
    ['meeting-files', press({ id: '{meeting}' })],
    ['followups', line('/followups {name}')],
    ['followups', press({ account: '{account}' })],
    ['followup-show', press({ id: '{promise}' })],
    ['discount-show', press({ id: '{request}' })],
    ['late', press({ meeting: '{planned}', minutes: '10' })],
  ]),
  group(
    'A promise at an account',
    'Whoever sees the account may promise something there, finance as well.',
    SEES,
    [
      ['followup', line('/followup {alias} tomorrow call them')],
      ['followup', press({ account: '{account}' })],
      ['followup', form({ account: '{account}', what: 'call them', when: 'tomorrow' })],
    ],
  ),
  group('Writing at an account', 'The same without finance, which reads and writes nothing down.', WRITES, [
    ['meeting', line('/meeting {alias} yesterday talked of marble')],
    ['meeting', press({ account: '{account}' })],
    ['meeting-save', form({ account: '{account}', when: 'yesterday', notes: 'talked of marble' })],
    ['visited', press({ account: '{account}', at: '2026-11-23T10:00:00.000Z' })],
    ['contact-add', press({ meeting: '{meeting}', name: 'Sam Stranger' })],
    ['discount', line('/discount {alias} 12% Plain Paper old friends ?')],
    ['discount', line('/discount {alias} 12% Plain Paper old friends')],
    ['discount', press({ account: '{account}' })],
    ['discount', form({ account: '{account}', product: 'paper', price: '12%', reason: 'old friends' })],
  ]),
  group(
    'Changing a meeting',
    'Its author, whoever stands in for them, those above, directors and administrators.',
    AUTHORS,
    [
      ['meeting-edit', press({ id: '{meeting}' })],
      ['meeting-amend', form({ id: '{meeting}', n: '0', ...CONTENT })],
      ['meeting-undo', press({ id: '{meeting}' })],
      ['meeting-cancel', press({ id: '{planned}' })],
      ['meeting-restore', press({ id: '{cancelled}', to: 'HELD' })],
      ['meeting-outcome', press({ id: '{past}', outcome: 'GOOD' })],
      ['meeting-outcome-undo', press({ id: '{told}', told: 'HELD' })],
      ['late-move', press({ meeting: '{planned}', from: MOMENT, minutes: '10' })],
    ],
  ),
  group(
    'Acting on a promise',
    'Whoever answers for the one who promised; for all others it is not there.',
    ANSWERS,
    [
      ['followup-done', press({ id: '{promise}', o: '1' })],
      ['followup-snooze', press({ id: '{promise}', n: '1', to: 'hour' })],
      ['followup-drop', form({ id: '{promise}', o: '1', reason: 'not needed' })],
      ['followup-undo', press({ id: '{promise}', n: '1' })],
      ['followup-edit', press({ id: '{promise}' })],
      ['followup-amend', form({ id: '{promise}', n: '1', what: 'call twice', when: 'tomorrow' })],
      ['followup-chase', press({ id: '{theirs}' })],
    ],
  ),
  group(
    'Deciding on a discount',
    'Whoever holds the open step now; never the requester nor whoever stands in for them.',
    DECIDERS,
    [
      ['discount-approve', press(STEP)],
      ['discount-decline', form({ ...STEP, word: 'too early' })],
      ['discount-counter', form({ ...STEP, percent: '5', word: 'margin' })],
      [
        'discount-condition',
        form({ ...STEP, kind: 'VOLUME', what: '100 units', due: '2026-12-10', word: 'margin' }),
      ],
      ['discount-ask', form({ ...STEP, word: 'why now' })],
    ],
  ),
  group('Answering for the requester', 'The requester, or whoever stands in for them.', ASKERS, [
    ['discount-answer', form({ id: '{asked}', q: '1', word: 'because' })],
    ['discount-accept', press({ id: '{countered}', r: '1' })],
    ['discount-refuse', press({ id: '{countered}', r: '1' })],
    ['discount-withdraw', press({ id: '{request}', r: '1' })],
    ['discount-change', press({ id: '{request}', r: '1' })],
  ]),
  group(
    'A promise of the client’s',
    'The requester, or whoever stands in for them; for all others it is not there.',
    {
      ...OWNERS,
      substitute: 'yes',
    },
    [['commitment-check', press({ id: '{commitment}', n: '0', v: 'kept' })]],
  ),
  group(
    'Taking a discount back',
    'The requester, whoever stands in for them, and who has granted it.',
    {
      ...ASKERS,
      above: 'yes',
    },
    [['discount-revoke', press({ id: '{broken}' })]],
  ),
  group('A question that is open', 'Whoever was asked, and nobody else.', OWNERS, [
    ['followup', press({ draft: '{draft:followup}' })],
    ['followup-pick', press({ draft: '{draft:followup}', when: '2026-11-25' })],
    ['away-pick', press({ draft: '{draft:away}', substitute: 'ada' })],
    ['away-end', press({ id: '{absence}' })],
    ['away-cancel', press({ id: '{absence}' })],
  ]),
  group(
    'A question about a meeting or a discount',
    'The same, where finance is refused by its role.',
    {
      ...OWNERS,
      finance: 'role',
    },
    [
      ['meeting', press({ draft: '{draft:meeting}' })],
      ['meeting-answer', press({ draft: '{draft:meeting}', field: 'step0', value: '2026-11-25' })],
      ['discount', press({ draft: '{draft:discount}' })],
      ['discount-pick', press({ draft: '{draft:discount}', subject: 'product:paper' })],
    ],
  ),
]

export const ROWS: readonly Row[] = TABLE.flatMap(({ rows }) => rows)
