import { describe, expect, it } from 'vitest'
import { knownMigrations } from '../../src/db/backup/schema.ts'
import { FIRST } from '../support/first-release.ts'

/** What would take something away from a process of the version before, which may still run. */
const TAKES_AWAY: readonly (readonly [RegExp, string])[] = [
  [/\bDROP\s+(TABLE|COLUMN|TYPE|SCHEMA|VIEW)\b/i, 'drops something that is read'],
  [/\bRENAME\b/i, 'renames'],
  [/\bALTER\s+(COLUMN\s+)?"?\w+"?\s+SET\s+NOT\s+NULL\b/i, 'forbids a NULL that was allowed'],
  [/\bALTER\s+(COLUMN\s+)?"?\w+"?\s+(SET\s+DATA\s+)?TYPE\b/i, 'changes a type'],
  [/\bALTER\s+(COLUMN\s+)?"?\w+"?\s+DROP\s+DEFAULT\b/i, 'takes a default away'],
  [/\b(TRUNCATE\s+"?\w|DELETE\s+FROM)\b/i, 'removes rows'],
]

/** What stands between dollars is a function's own business. */
const outside = (sql: string) => sql.replaceAll(/--.*$/gm, '').replaceAll(/\$\$[\s\S]*?\$\$/g, "''")

function problemsOf(sql: string): string[] {
  const text = outside(sql)
  const found = TAKES_AWAY.filter(([pattern]) => pattern.test(text)).map(([, problem]) => problem)
  for (const [clause] of text.matchAll(/\bADD\s+COLUMN\b[^,;]*/gi))
    if (/NOT\s+NULL/i.test(clause) && !/DEFAULT/i.test(clause)) found.push('asks for a column nobody fills')
  const made = new Set(
    [...text.matchAll(/CREATE\s+TABLE\s+(?:IF NOT EXISTS\s+)?"?(\w+)/gi)].map(([, name]) => name),
  )
  for (const [, table] of text.matchAll(/CREATE\s+UNIQUE\s+INDEX\s+\S+\s+ON\s+"?(\w+)/gi))
    if (!made.has(table)) found.push(`makes rows of ${table} unique that were not`)
  return found
}

describe('G-09 a migration', () => {
  it('only adds, so that the version before goes on beside it', async () => {
    const later = [...(await knownMigrations())].filter(([name]) => name !== FIRST)
    expect(later.length).toBeGreaterThan(1)
    expect(later.flatMap(([name, sql]) => problemsOf(sql).map((problem) => `${name} ${problem}`))).toEqual([])
  })

  it.each([
    'ALTER TABLE "accounts" DROP COLUMN "goals";',
    'DROP TABLE "accounts";',
    'ALTER TABLE "accounts" RENAME COLUMN "goals" TO "aims";',
    'ALTER TABLE "accounts" ALTER COLUMN "goals" SET NOT NULL;',
    'ALTER TABLE "accounts" ALTER COLUMN "goals" SET DATA TYPE INTEGER;',
    'ALTER TABLE "accounts" ADD COLUMN "x" TEXT, ADD COLUMN "y" TEXT NOT NULL;',
    'CREATE UNIQUE INDEX "x" ON "accounts"("name");',
    'DELETE FROM "accounts";',
  ])('that takes something away would be seen: %s', (sql) => {
    expect(problemsOf(sql)).toHaveLength(1)
  })

  it('may add a column with a default, a table with its keys, and a trigger', () => {
    const adding = [
      'ALTER TABLE "accounts" ADD COLUMN "x" BOOLEAN NOT NULL DEFAULT true;',
      'CREATE TABLE "new" ("id" TEXT NOT NULL);',
      'CREATE UNIQUE INDEX "y" ON "new"("id");',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM "new"; END $$;',
      'CREATE TRIGGER t BEFORE UPDATE OR DELETE OR TRUNCATE ON "new" FOR EACH STATEMENT EXECUTE FUNCTION f();',
    ]
    expect(problemsOf(adding.join('\n'))).toEqual([])
  })
})
