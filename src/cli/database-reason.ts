/** Prisma wraps what the database said in pages of its own source; this is the one sentence of it. */
export function databaseReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const said = /Message: `(.*)`/s.exec(error.message)?.[1]
  const lines = (said ?? error.message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const reason = (said ? lines[0] : lines.at(-1)) ?? error.name
  return reason.length > 300 ? `${reason.slice(0, 300)}…` : reason
}
