import type { Figures, Measured } from './measure.ts'
import { marksOf, type Results } from './marks.ts'

type Row = readonly string[]

/** Everything as Markdown, for a terminal and for docs/performance.md alike. */
export function tablesOf(results: Results): string {
  const { machine, command, answers, reminders, starts, many } = results
  const parts = [
    `\`${command}\`\n\n${Object.entries(machine)
      .map(([name, value]) => `- ${name}: ${value}`)
      .join('\n')}`,
  ]
  if (answers.length > 0) parts.push(table(ANSWER_HEAD, answers.map(answerRow)))
  const grown = growthOf(answers)
  if (grown.length > 0)
    parts.push(table(['run', 'in flight', 'p50 floor', 'p50 Kamerton', 'CPU floor', 'CPU Kamerton'], grown))
  if (reminders) {
    const row = (name: string, { count, seconds, cpuMs }: typeof reminders.floor): Row => [
      name,
      `${(count / seconds).toFixed(0)}/s`,
      `${(cpuMs / count).toFixed(3)} ms`,
    ]
    parts.push(
      table(
        ['reminders', 'throughput', 'CPU each'],
        [row('floor', reminders.floor), row('Kamerton', reminders.kamerton)],
      ),
    )
  }
  if (starts.length > 0)
    parts.push(
      table(
        ['start', 'to first answer', 'idle memory'],
        starts.map(({ what, firstAnswer, idleMb }) => [
          what,
          `${firstAnswer.toFixed(2)} s`,
          `${idleMb.toFixed(0)} MB`,
        ]),
      ),
    )
  if (many.length > 0)
    parts.push(
      table(
        [
          'processes',
          'answers/s',
          'CPU of the processes per answer',
          'CPU of PostgreSQL',
          'reminders',
          'came',
          'twice',
        ],
        many.map(({ processes, figures, reminders: { planned, came, twice } }) => [
          String(processes),
          figures.perSecond.toFixed(0),
          ms(figures.cpuMs),
          ms(figures.dbCpuMs ?? 0),
          String(planned),
          String(came),
          String(twice),
        ]),
      ),
    )
  parts.push(
    table(
      ['mark', 'wanted', 'seen', ''],
      marksOf(results).map(({ what, wanted, seen, met }) => [
        what,
        wanted,
        seen,
        met ? 'met' : '**not met**',
      ]),
    ),
  )
  return parts.join('\n\n')
}

const ANSWER_HEAD = [
  'database',
  'accounts',
  'run',
  'in flight',
  'answers/s',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'of it PostgreSQL',
  'peak MB',
  'p50 ratio',
  'throughput ratio',
  'CPU ratio',
]

/** Each figure of the program, and the floor's behind the stroke. */
export function answerRow({ run, database, accounts, inFlight, floor, kamerton, ratio }: Measured): Row {
  const both = (read: (figures: Figures) => string) => `${read(kamerton)} / ${read(floor)}`
  return [
    database,
    accounts.toLocaleString('en'),
    run,
    String(inFlight),
    both(({ perSecond }) => perSecond.toFixed(0)),
    both(({ p50 }) => ms(p50)),
    both(({ p99 }) => ms(p99)),
    both(({ cpuMs, dbCpuMs }) => ms(cpuMs + (dbCpuMs ?? 0))),
    both(({ dbCpuMs }) => (dbCpuMs === null ? '–' : ms(dbCpuMs))),
    both(({ peakMb }) => peakMb.toFixed(0)),
    ratio.p50.toFixed(2),
    ratio.throughput.toFixed(2),
    ratio.cpu.toFixed(2),
  ]
}

/** The largest size beside the smallest. */
function growthOf(answers: readonly Measured[]): Row[] {
  const mine = answers.filter(({ database }) => database === 'postgresql')
  const sizes = mine.map(({ accounts }) => accounts)
  const [small, large] = [Math.min(...sizes), Math.max(...sizes)]
  if (!(small < large)) return []
  return mine
    .filter(({ accounts }) => accounts === small)
    .flatMap((one) => {
      const other = mine.find(
        ({ run, inFlight, accounts }) => run === one.run && inFlight === one.inFlight && accounts === large,
      )
      if (!other) return []
      const grown = (side: 'floor' | 'kamerton', read: (figures: Figures) => number) =>
        `× ${(read(other[side]) / read(one[side])).toFixed(2)}`
      const cpu = ({ cpuMs, dbCpuMs }: Figures) => cpuMs + (dbCpuMs ?? 0)
      const p50 = (figures: Figures) => figures.p50
      return [
        [
          one.run,
          String(one.inFlight),
          grown('floor', p50),
          grown('kamerton', p50),
          grown('floor', cpu),
          grown('kamerton', cpu),
        ],
      ]
    })
}

const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0))

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
