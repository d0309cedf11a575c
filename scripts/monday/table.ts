import type { Answered } from './asking.ts'
import { answersOn, type Figures, type Spread } from './figures.ts'
import type { Reached } from './roster.ts'

const WIDTHS = [44, 26, 26] as const
const MOST_REFUSED = 0.01
const MOST_ANSWER_MS = 500
/** Of fewer answers the ninety-ninth in a hundred is the slowest, which says nothing. */
const ENOUGH_ANSWERS = 200

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
const count = (value: number) => value.toLocaleString('en-GB')

export type Column = Readonly<{
  reached: Reached
  figures: Figures
  idle: readonly Answered[]
  draining: readonly Answered[]
}>

export function tableOf(columns: readonly Column[]): string {
  const rows = [['', ...columns.map(({ reached }) => reached)], ...rowsOf(columns)]
  return rows
    .map((cells) =>
      cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(26))).join(''),
    )
    .join('\n')
}

function rowsOf(columns: readonly Column[]): string[][] {
  const row = (title: string, cell: (column: Column) => string) => [title, ...columns.map(cell)]
  return [
    row('reminders / people', ({ figures: f }) => `${count(f.reminders)} / ${count(f.people)}`),
    row('messages with reminders', ({ figures }) => count(figures.messages)),
    row('last reminder out after', ({ figures }) => seconds(figures.lastAfterMs)),
    row(
      'lateness p50 / p99 / most',
      ({ figures: { lateMs } }) =>
        `${seconds(lateMs.p50)} / ${seconds(lateMs.p99)} / ${seconds(lateMs.most)}`,
    ),
    row('the earliest after', ({ figures }) => seconds(figures.lateMs.least)),
    row('exactly one copy', ({ figures: f }) => `${count(f.once)} of ${count(f.reminders)}`),
    row('further copies', ({ figures }) => count(figures.again)),
    row('most in any second / in any minute', ({ figures: f }) => `${f.mostInASecond} / ${f.mostInAMinute}`),
    row('most in any second in one chat', ({ figures }) => String(figures.mostInAChat)),
    row(
      'calls / 429 / share',
      ({ figures: f }) => `${count(f.calls)} / ${f.refused} / ${percent(shareOf(f))}`,
    ),
    row('429 for the chat / for the whole', ({ figures: { refused, refusedInChat: inChat } }) =>
      [inChat, refused - inChat].join(' / '),
    ),
    row('calls refused otherwise', ({ figures }) => String(figures.failed)),
    row('answers, idle: p50 / p99 / most (ms)', ({ reached, idle }) => took(answersOn(reached, idle).took)),
    row('answers, draining: p50 / p99 / most (ms)', ({ reached, draining }) =>
      took(answersOn(reached, draining).took),
    ),
    row('draining / idle: p50, p99', ratios),
    row('asked idle / draining', ({ reached, idle, draining }) =>
      [idle, draining].map((some) => count(answersOn(reached, some).took.count)).join(' / '),
    ),
    row('without an answer', (column) => String(unanswered(column))),
  ]
}

const shareOf = ({ refused, calls }: Figures): number => refused / Math.max(calls, 1)
const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const took = ({ p50, p99, most }: Spread) => [p50, p99, most].map((ms) => ms.toFixed(0)).join(' / ')

function ratios({ reached, idle, draining }: Column): string {
  const [before, meanwhile] = [answersOn(reached, idle).took, answersOn(reached, draining).took]
  return `${(meanwhile.p50 / before.p50).toFixed(2)}, ${(meanwhile.p99 / before.p99).toFixed(2)}`
}

const unanswered = ({ reached, idle, draining }: Column): number =>
  answersOn(reached, [...idle, ...draining]).unanswered

/** What was promised and not kept, one line each. */
export function missed(columns: readonly Column[]): readonly string[] {
  return columns.flatMap((column) => {
    const { reached, figures, draining } = column
    const { p99, count: asked } = answersOn(reached, draining).took
    const marks: readonly (readonly [boolean, string])[] = [
      [shareOf(figures) >= MOST_REFUSED, `${percent(shareOf(figures))} of the calls were told to wait`],
      [figures.once < figures.reminders || figures.again > 0, 'not every reminder came exactly once'],
      [figures.lateMs.least < 0, 'a reminder came early'],
      [figures.failed > 0, 'calls were refused'],
      [
        asked >= ENOUGH_ANSWERS && p99 >= MOST_ANSWER_MS,
        `the answers took ${p99.toFixed(0)} ms at p99 while draining`,
      ],
      [unanswered(column) > 0, 'questions stayed without an answer'],
    ]
    return marks.flatMap(([isMissed, text]) => (isMissed ? [`${reached}: ${text}`] : []))
  })
}
