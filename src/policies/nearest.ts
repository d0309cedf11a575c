/** The known word that was probably meant; null when none is near enough to be more than a guess. */
function nearest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  const ranked = known
    .map((one) => ({ one, slips: slips(wanted, one.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips)
  const [best] = ranked
  return best && best.slips <= Math.floor(best.one.length / 3) ? best.one : null
}

/** Levenshtein's distance, one row at a time. */
function slips(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of Array.from(one).slice(0, 60).entries()) {
    const next = [at + 1]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? other.length
}

/** ` (did you mean "percent"?)`, or all there are. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near ? `did you mean "${near}"?` : `there are ${known.join(', ')}`
}
