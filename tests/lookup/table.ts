/**
 * What was typed and what the right answer is: one account, several (all of these must be offered), '*' for any choice
 * of several, or nothing at all.
 */
export type Query = Readonly<{ category: string; typed: string; expected: readonly string[] | 'choice' }>

/** ['#', category] opens a category; [typed, 'id,id'] is a query, '' means that no account may be claimed. */
export type Row = readonly [string, string]

export function readTable(rows: readonly Row[]): Query[] {
  let category = ''
  const queries: Query[] = []
  for (const [typed, right] of rows) {
    if (typed === '#') category = right
    else queries.push({ category, typed, expected: answer(right) })
  }
  return queries
}

function answer(right: string): readonly string[] | 'choice' {
  if (right === '*') return 'choice'
  return right === '' ? [] : right.split(',')
}
