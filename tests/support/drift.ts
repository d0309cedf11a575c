import { readFile } from 'node:fs/promises'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { NO_FILTERS, openSchemaEngine, readMigrations } from '../../src/db/migrate.ts'

/**
 * What Prisma would still change in the database to reach the schema, as SQL. On PGlite only: over `pg` the engine of this
 * version cannot read the catalogue (its type "char"), and the migrations are the same files on both.
 */
export async function driftSql(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const content = await readFile('prisma/schema.prisma', 'utf8')
  const files = [{ path: 'schema.prisma', content }]
  const { engine, close } = await openSchemaEngine(factory)
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    })
    return stdout ?? ''
  } finally {
    await close()
  }
}

/** What `prisma migrate deploy` finds: the same engine, asked the same question. */
export async function migrationHistory(factory: SqlMigrationAwareDriverAdapterFactory) {
  const { engine, close } = await openSchemaEngine(factory)
  try {
    const migrationsList = await readMigrations()
    return await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTERS,
    })
  } finally {
    await close()
  }
}
