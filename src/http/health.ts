import { answer, type Route } from './server.ts'

/** A part that must work, by name; its check says what is wrong, or null. */
export type Part = Readonly<{ name: string; check(): Promise<string | null> | string | null }>

const CHECK_MS = 3_000

export const healthz: Route = (_request, response) => answer(response, 200, 'ok\n')

/** 200 when every part works, else 503 with a line for each that does not. A check that hangs counts as broken. */
export function readyz(parts: readonly Part[]): Route {
  return async (_request, response) => {
    const found = await Promise.all(parts.map(problemOf))
    const problems = found.filter((problem) => problem !== null)
    answer(
      response,
      problems.length > 0 ? 503 : 200,
      problems.length > 0 ? `${problems.join('\n')}\n` : 'ready\n',
    )
  }
}

async function problemOf({ name, check }: Part): Promise<string | null> {
  const { promise: late, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve('does not answer'), CHECK_MS)
  try {
    const problem = await Promise.race([Promise.resolve().then(check), late])
    return problem && `${name}: ${problem}`
  } catch {
    return `${name}: does not answer`
  } finally {
    clearTimeout(timer)
  }
}
