import MiniSearch from 'minisearch'
import { createPGlite, type Database, openDatabase } from '../src/db/client.ts'
import { CLIENTS } from '../tests/lookup/accounts.ts'
import { HELD_OUT } from '../tests/lookup/held-out.ts'
import { loadClients, type Mark, markAll, markAnswer } from '../tests/lookup/judge-table.ts'
import { QUERIES } from '../tests/lookup/queries.ts'
import type { Query } from '../tests/lookup/table.ts'

type Marks = readonly Readonly<{ query: Query; mark: Mark }>[]

/**
 * How often name lookup gives the right first answer, by category, beside two plain ways that always answer with their
 * top hit: MiniSearch over the names in memory, and similarity() of pg_trgm over lower(name).
 */
const engine = new MiniSearch({ fields: ['name', 'aliases', 'taxNumber'] })
engine.addAll(CLIENTS.map((client) => ({ ...client, aliases: client.aliases.join(' ') })))
const opened = await openDatabase({ pglite: await createPGlite() })
await opened.migrate()
await loadClients(opened)
for (const [title, queries] of [
  ['Main table', QUERIES],
  ['Held out', HELD_OUT],
] as const) {
  if (process.argv[2] === 'main' && title !== 'Main table') continue
  await report(opened, title, queries)
}
await opened.close()

async function report(database: Database, title: string, queries: readonly Query[]): Promise<void> {
  const ours = await markAll(database, queries)
  const mini = queries.map((query) => ({ query, mark: markTopHit(query, miniSearchHit(query.typed)) }))
  const plain: { query: Query; mark: Mark }[] = []
  for (const query of queries)
    plain.push({ query, mark: markTopHit(query, await trigramHit(database, query.typed)) })

  process.stdout.write(`\n${title}: ${queries.length} queries, ${CLIENTS.length} accounts\n`)
  process.stdout.write(
    `${'category'.padEnd(52)}${'lookup'.padStart(20)}${'MiniSearch'.padStart(20)}${'pg_trgm'.padStart(20)}\n`,
  )
  const line = (name: string, keep: (query: Query) => boolean) => {
    const cells = [ours, mini, plain]
      .map((marks) => cell(marks.filter(({ query }) => keep(query))).padStart(20))
      .join('')
    process.stdout.write(`${name.padEnd(52)}${cells}\n`)
  }
  for (const category of new Set(queries.map((query) => query.category)))
    line(category, (query) => query.category === category)
  line('total', () => true)
  line('only where one account is meant', ({ expected }) => expected !== 'choice' && expected.length === 1)
  for (const { query, mark, answer } of ours) {
    if (mark === 'right') continue
    process.stdout.write(
      `  ${mark}: ${query.typed} -> ${JSON.stringify(answer)}, meant ${String(query.expected) || 'nobody'}\n`,
    )
  }
}

/** Right in per cent, and how many confident answers were wrong. */
function cell(marks: Marks): string {
  const right = marks.filter(({ mark }) => mark === 'right').length
  const wrong = marks.filter(({ mark }) => mark === 'wrong').length
  return `${((100 * right) / marks.length).toFixed(1)} % (${wrong} wrong)`
}

function markTopHit(query: Query, hit: string | undefined): Mark {
  return markAnswer(
    query,
    hit === undefined ? { kind: 'none', nearest: [] } : { kind: 'sure', accountId: hit },
  )
}

function miniSearchHit(typed: string): string | undefined {
  return engine.search(typed, { fuzzy: 0.2, prefix: true })[0]?.id
}

async function trigramHit(database: Database, typed: string): Promise<string | undefined> {
  const rows = await database.prisma.$queryRaw<{ id: string }[]>`
    select account_id as id from account_names
    where similarity(lower(text), lower(${typed})) >= 0.3
    order by similarity(lower(text), lower(${typed})) desc, account_id collate "C" limit 1`
  return rows[0]?.id
}
