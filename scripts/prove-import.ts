// Imports the public CRM Sales Opportunities files through the real command and compares what the tables then say about
// every account with figures read from the raw files by other, simpler means.
//   npm run prove:import -- <folder>      into DATABASE_URL (an empty database), else into a temporary PGlite folder
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../src/db/client.ts'
import { importStep, isoDay, print, type RawRecord, readRaw, STEPS } from './crm-sales.ts'

type Figures = Readonly<{
  owner: string
  revenue: string
  wonByYear: Readonly<Record<string, string>>
  openByStage: Readonly<Record<string, number>>
  meetingsHeld: number
  meetingsPlanned: number
  lastHeld: string
}>

async function main(folder: string): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'kamerton-prove-'))
  const url = process.env['DATABASE_URL']
  const database = await openDatabase(url ? { url } : { folder: place })
  try {
    await database.migrate()
    print(`into ${database.kind}`)
    for (const run of ['first', 'second'] as const) {
      print(`== ${run} run`)
      for (const step of STEPS) await importStep(database, folder, step, run === 'second')
    }
    compare(figuresOfFiles(folder), await figuresOfTables(database))
    print(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
  } finally {
    await database.close()
    await rm(place, { recursive: true, force: true })
  }
}

function figuresOfFiles(folder: string): Map<string, Figures> {
  const read = (file: string) => readRaw(folder, file)
  const owners = new Map(read('owners.csv').map((row) => [row['account_id'], row['owner_email']]))
  const deals = Map.groupBy(read('sales_pipeline.csv'), (row) => row['account_id'] ?? '')
  const meetings = Map.groupBy(read('interactions.csv'), (row) => row['account_id'] ?? '')
  return new Map(
    read('accounts.csv').map((account) => {
      const id = account['account_id'] ?? ''
      return [id, accountFigures(account, owners.get(id) ?? '', deals.get(id) ?? [], meetings.get(id) ?? [])]
    }),
  )
}

function accountFigures(
  account: RawRecord,
  owner: string,
  deals: readonly RawRecord[],
  meetings: readonly RawRecord[],
): Figures {
  const wonByYear: Record<string, string> = {}
  const openByStage: Record<string, number> = {}
  for (const deal of deals) {
    const stage = deal['deal_stage'] ?? ''
    if (stage === 'Won') {
      const year = isoDay(deal['close_date']).slice(0, 4)
      wonByYear[year] = (Number(wonByYear[year] ?? 0) + Number(deal['close_value'])).toFixed(2)
    } else if (stage !== 'Lost') openByStage[stage] = (openByStage[stage] ?? 0) + 1
  }
  const held = meetings.filter((row) => row['status'] === 'Completed')
  return {
    owner,
    revenue: `${Math.round(Number(account['revenue']) * 1_000_000)}.00 USD`,
    wonByYear,
    openByStage,
    meetingsHeld: held.length,
    meetingsPlanned: meetings.filter((row) => row['status'] === 'Scheduled').length,
    lastHeld:
      held
        .map((row) => isoDay(row['timestamp']))
        .toSorted()
        .at(-1) ?? '',
  }
}

async function figuresOfTables(database: Database): Promise<Map<string, Figures>> {
  type Row = {
    id: string
    owner: string | null
    revenue: string
    won: Record<string, string> | null
    open: Record<string, number> | null
    held: number
    planned: number
    last: string | null
  }
  const rows = await database.prisma.$queryRawUnsafe<Row[]>(`
    select a.external_id as id, u.email as owner, a.client_revenue || ' ' || a.client_revenue_currency as revenue,
      (select json_object_agg(y, s) from (
        select extract(year from closed_on)::int::text as y, sum(amount)::text as s from deals where account_id = a.id and outcome = 'WON' group by 1) w) as won,
      (select json_object_agg(stage, n) from (
        select stage, count(*)::int as n from deals where account_id = a.id and outcome = 'OPEN' group by 1) o) as open,
      (select count(*)::int from meetings where account_id = a.id and status = 'HELD') as held,
      (select count(*)::int from meetings where account_id = a.id and status = 'PLANNED') as planned,
      (select max(day)::text from meetings where account_id = a.id and status = 'HELD') as last
    from accounts a left join users u on u.id = a.owner_id where a.external_id is not null`)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        owner: row.owner ?? '',
        revenue: row.revenue,
        wonByYear: row.won ?? {},
        openByStage: row.open ?? {},
        meetingsHeld: row.held,
        meetingsPlanned: row.planned,
        lastHeld: row.last ?? '',
      },
    ]),
  )
}

function compare(expected: ReadonlyMap<string, Figures>, found: ReadonlyMap<string, Figures>): void {
  const different = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (id) => plain(expected.get(id)) !== plain(found.get(id)),
  )
  for (const id of different)
    print(`account ${id}\n  files  ${plain(expected.get(id))}\n  tables ${plain(found.get(id))}`)
  if (different.length > 0) throw new Error(`${different.length} of ${expected.size} accounts differ`)
  const sum = [...expected.values()]
    .flatMap(({ wonByYear }) => Object.values(wonByYear))
    .reduce((total, amount) => total + Number(amount), 0)
  print(`all ${expected.size} accounts agree; won in total ${sum.toLocaleString('en')}`)
}

const sorted = (record: object) => Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b))

function plain(figures: Figures | undefined): string {
  if (!figures) return 'missing'
  return JSON.stringify({
    ...figures,
    wonByYear: sorted(figures.wonByYear),
    openByStage: sorted(figures.openByStage),
  })
}

const [folder] = process.argv.slice(2)
if (folder) await main(folder)
else {
  print('usage: npm run prove:import -- <folder with the files>')
  process.exitCode = 2
}
