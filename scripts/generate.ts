// Makes Prisma's client from prisma/schema.prisma when it is not there or the schema has changed since.
// Prisma wants a schema engine to be named even where it never runs it; any program will do, so it gets this Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const stamp = new URL('prisma/generated/.schema-hash', root)
const hash = createHash('sha256')
  .update(readFileSync(new URL('prisma/schema.prisma', root)))
  .digest('hex')
const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash

if (!fresh || process.argv.includes('--always')) {
  const prisma = fileURLToPath(new URL('node_modules/prisma/build/index.js', root))
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  const run = spawnSync(process.execPath, [prisma, 'generate'], {
    cwd: fileURLToPath(root),
    env,
    encoding: 'utf8',
  })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout}${run.stderr}`)
    process.exit(1)
  }
  writeFileSync(stamp, hash)
}
