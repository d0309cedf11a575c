import { defineConfig } from 'prisma/config'

/** Only `prisma generate` is used here, and it never dials: src/db/migrate.ts applies the migrations. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://unused:unused@127.0.0.1:1/unused' },
})
