/** Each connection keeps the plans of all of them. */
const MOST_NAMED = 300
/** Texts that were met once and may come again. */
const MOST_NOTED = 1_000
/** A text so long has its values written out, row by row: hardly another one is like it. */
const LONGEST = 40_000

type Statement = Readonly<{ sql: string; args: readonly unknown[] }>

/**
 * PostgreSQL plans a statement under a name once for each connection, and without one each time: for the account card
 * that is four fifths of the work. A text gets its name when it comes for the second time; with as many named as a
 * connection should keep, the rest go without.
 */
export function statementNames(): (statement: Statement) => string | undefined {
  const names = new Map<string, string>()
  const noted = new Set<string>()
  return ({ sql, args }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // Without parameters it is the beginning or the end of something, a migration, or asked once.
    if (args.length === 0 || sql.length > LONGEST || names.size >= MOST_NAMED) return undefined
    if (noted.delete(sql)) {
      const name = `kamerton-${names.size + 1}`
      names.set(sql, name)
      return name
    }
    if (noted.size >= MOST_NOTED) noted.clear()
    noted.add(sql)
    return undefined
  }
}
