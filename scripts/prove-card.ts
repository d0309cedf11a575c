// Imports the public CRM Sales Opportunities files, asks `/account <name>` as the owner of each of the 85 accounts through the
// dispatcher that every chat uses, and compares what the card says with figures recomputed from the raw files.
//   npm run prove:card -- <folder>      into DATABASE_URL (an empty database), else into a temporary PGlite folder
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { speakerFor } from '../src/bots/speaker.ts'
import type { Dispatcher } from '../src/commands/kit/invocation.ts'
import type { Block, Text } from '../src/commands/kit/view.ts'
import { loadConfig } from '../src/config.ts'
import { type Database, openDatabase } from '../src/db/client.ts'
import { importStep, isoDay, print, type RawRecord, readRaw, STEPS } from './crm-sales.ts'

/** The last day the data knows: this year is 2025, and nothing is compared because 2024 is not in the files. */
const ASKED_AT = new Date('2025-12-31T18:00:00Z')
const TODAY = '2025-12-31'

const dollars = (amount: number) =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(amount)
const shownDay = (day: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(day))

async function main(folder: string): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'kamerton-prove-'))
  const url = process.env['DATABASE_URL']
  const database = await openDatabase(url ? { url } : { folder: place })
  try {
    await database.migrate()
    for (const step of STEPS) await importStep(database, folder, step, false)
    const config = loadConfig({ LOG_LEVEL: 'error', DEFAULT_CURRENCY: 'USD' })
    const { dispatcher } = await createApp(config, { database, now: () => ASKED_AT })
    await compareCards(folder, database, dispatcher)
  } finally {
    await database.close()
    await rm(place, { recursive: true, force: true })
  }
}

async function compareCards(folder: string, database: Database, dispatcher: Dispatcher): Promise<void> {
  const owners = new Map(
    readRaw(folder, 'owners.csv').map((row) => [row['account_id'], row['owner_email'] ?? '']),
  )
  const deals = Map.groupBy(readRaw(folder, 'sales_pipeline.csv'), (row) => row['account_id'] ?? '')
  const meetings = Map.groupBy(readRaw(folder, 'interactions.csv'), (row) => row['account_id'] ?? '')
  const users = new Map((await database.prisma.user.findMany()).map(({ email, id }) => [email, id]))
  let checked = 0
  const wrong: string[] = []
  const accounts = readRaw(folder, 'accounts.csv')
  for (const account of accounts) {
    const id = account['account_id'] ?? ''
    const name = account['account'] ?? ''
    const card = await askAs(dispatcher, users.get(owners.get(id) ?? '') ?? '', `/account ${name}`)
    const figures = expected(name, deals.get(id) ?? [], meetings.get(id) ?? [])
    checked += figures.length
    wrong.push(
      ...figures
        .filter((figure) => !card.includes(figure))
        .map((figure) => `${name}: the card lacks “${figure}”`),
    )
    if (name === 'Acme Corporation') print(`\n${card}\n`)
  }
  for (const line of wrong) print(line)
  print(`${accounts.length} cards asked by their owners, ${checked} figures compared, ${wrong.length} differ`)
  if (wrong.length > 0) process.exitCode = 1
}

/** What the card must say, from the raw rows alone. */
function expected(name: string, deals: readonly RawRecord[], meetings: readonly RawRecord[]): string[] {
  const won = deals.filter((deal) => deal['deal_stage'] === 'Won').map((deal) => Number(deal['close_value']))
  const revenue = won.reduce((sum, value) => sum + value, 0)
  const stages = Map.groupBy(
    deals.filter((deal) => !['Won', 'Lost'].includes(deal['deal_stage'] ?? '')),
    (deal) => deal['deal_stage'] ?? '',
  )
  const held = meetings
    .filter((row) => row['status'] === 'Completed')
    .map((row) => isoDay(row['timestamp']))
    .toSorted()
  const passed = meetings.filter(
    (row) => row['status'] === 'Scheduled' && isoDay(row['timestamp']) < TODAY,
  ).length
  const last = held.slice(-3).toReversed()
  return [
    `# ${name}`,
    ...(won.length > 0 ? [`Revenue 2025: ${dollars(revenue)}\n`] : []),
    ...[...stages].map(
      ([stage, open]) =>
        `Pipeline, ${stage}: ${open.length} deal${open.length === 1 ? '' : 's'} · amount not known`,
    ),
    ...last.map((day) => `- ${shownDay(day)} · `),
    ...(passed > 0
      ? [`${passed} planned meeting${passed === 1 ? ' has' : 's have'} passed without an outcome`]
      : []),
  ]
}

async function askAs(dispatcher: Dispatcher, person: string, text: string): Promise<string> {
  const identity = { platform: 'CONSOLE', workspace: '', externalId: person } as const
  const act = { kind: 'line', text } as const
  const { answer, reader } = await dispatcher.dispatch({
    channel: 'console',
    identity,
    key: crypto.randomUUID(),
    chat: person,
    audience: 'asker',
    act,
  })
  return answer.kind === 'view'
    ? answer.view.map((block) => wordsOf(block, speakerFor(reader))).join('\n')
    : answer.kind
}

function wordsOf(block: Block, speak: (text: Text) => string): string {
  if (block.kind === 'heading') return `# ${speak(block.text)}`
  if (block.kind === 'fields')
    return block.fields.map(({ label, value }) => `${speak(label)}: ${speak(value)}`).join('\n')
  if (block.kind === 'list') return block.items.map(({ text }) => `- ${speak(text)}`).join('\n')
  return 'text' in block ? speak(block.text) : ''
}

const [, , folder] = process.argv
if (folder) await main(folder)
else {
  print('usage: npm run prove:card -- <folder with the files>')
  process.exitCode = 2
}
