import type { Journal } from '../../src/commands/kit/invocation.ts'

export type Noted = Readonly<{ level: string; facts: Record<string, unknown>; text: string }>

/** Keeps what was logged, for tests that look at it. */
export function noteJournal(): Journal & Readonly<{ notes: Noted[] }> {
  const notes: Noted[] = []
  const over = (base: object): Journal => {
    const note = (level: string) => (facts: object, text: string) =>
      void notes.push({ level, facts: { ...base, ...facts }, text })
    return {
      debug: note('debug'),
      info: note('info'),
      warn: note('warn'),
      error: note('error'),
      child: (facts) => over({ ...base, ...facts }),
    }
  }
  return { ...over({}), notes }
}
