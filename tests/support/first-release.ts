import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Database } from '../../src/db/client.ts'
import { knownMigrations, layEmptySchema } from '../../src/db/backup/schema.ts'
import { inOneTransaction } from '../../src/db/backup/session.ts'

const FIXTURES = 'tests/fixtures/upgrade'
export const FIRST = '20261123000000_first'

/**
 * Makes of an empty database what the first release left: its schema, and rows that it wrote itself on its demo, at
 * work in its console and on its command line (dumped, and cut to five accounts).
 */
export async function layFirstRelease(database: Database): Promise<void> {
  const known = await knownMigrations()
  const rows = readFileSync(`${FIXTURES}/first-release.sql`, 'utf8')
  const checksum = createHash('sha256')
    .update(known.get(FIRST) ?? '')
    .digest('hex')
  await inOneTransaction(database, async (session) => {
    await layEmptySchema(session, known, [FIRST])
    // As pg_dump loads: nobody checks the order, nothing is numbered anew.
    await session.script(`set local session_replication_role = replica;\n${rows}`)
    await session.run(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ('first', $1, $2, now(), 1)`,
      [checksum, FIRST],
    )
  })
}

/** Every statement that the first release sent while it did all it can, one a line. */
export const firstStatements = (): readonly string[] =>
  readFileSync(`${FIXTURES}/first-release-statements.txt`, 'utf8').trim().split('\n')
