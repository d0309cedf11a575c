import type { Case } from './case.ts'

/** What a test noted by `figure`. */
export type Seen = Readonly<{ id: string; seen: string; form: 'short' | 'long' }>

const TITLES: Readonly<Record<string, string>> = {
  A: 'Slack comes in',
  B: 'Slack goes out',
  C: 'Telegram comes in',
  D: 'Telegram goes out',
  E: 'Approvals and authority',
  F: 'Timers and the clock',
  G: 'Crashes, the database, chaos',
  H: 'Security and wild input',
}

/** The cases as Markdown tables, one for each letter, with what was measured of each. */
export function report(cases: readonly Case[], figures: readonly Seen[]): string {
  return [...Map.groupBy(cases, ({ id }) => id.charAt(0))]
    .map(([letter, some]) => [`### ${letter}. ${TITLES[letter]}`, '', ...table(some, figures), ''].join('\n'))
    .join('\n')
}

const table = (cases: readonly Case[], figures: readonly Seen[]): readonly string[] => [
  '| case | what goes wrong | what must hold | what is done | seen |',
  '| --- | --- | --- | --- | --- |',
  ...cases.map(({ id, faces, passes, done, not }) =>
    row([id, faces, passes, done, not ? `no test: ${not}` : seenOf(id, figures)]),
  ),
]

function seenOf(id: string, figures: readonly Seen[]): string {
  const own = figures.filter((one) => one.id === id).map(({ seen }) => seen)
  return own.length === 0 ? 'holds' : [...new Set(own)].join('; ')
}

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
