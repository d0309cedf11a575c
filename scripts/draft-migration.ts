// Prints the SQL that leads from the migrated database to prisma/schema.prisma: the draft of the next migration.
// Usage: npm run migration:draft
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { createPGlite, openDatabase } from '../src/db/client.ts'
import { driftSql } from '../tests/support/drift.ts'

const pglite = await createPGlite()
const database = await openDatabase({ pglite })
await database.migrate()
process.stdout.write(await driftSql(new PrismaPGlite(pglite)))
await database.close()
