import type { Command } from './command.ts'

/** Longer lines are nobody's question. Slack allows 3,000 characters, Telegram 4,096. */
export const LONGEST_LINE = 4_096

export type Parsed =
  | Readonly<{ kind: 'command'; command: Command; word: string; rest: string }>
  /** A name without a command before it. */
  | Readonly<{ kind: 'plain'; text: string }>
  | Readonly<{ kind: 'unknown'; typed: string; rest: string; nearest: Command | null }>

/** Removes what no name holds and PostgreSQL refuses (NUL), and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '').replaceAll('\uFFFD', '').normalize('NFC').trim()
}

/** Which command a line asks for. A slash makes the first word a command; without one, only a full command word does. */
export function parseLine(line: string, commands: readonly Command[]): Parsed {
  const [, slash, word = '', rest = ''] = /^(\/?)(\S*)\s*([\s\S]*)$/.exec(line) ?? []
  const name = word.toLowerCase().replace(/@\w+$/, '')
  const command = commands.find((one) => one.listed && (one.name === name || one.aliases.includes(name)))

  if (command && !slash && isTold(line, command, commands)) return { kind: 'plain', text: line }
  if (command && (slash || name.length > 2 || name === '?')) return asksMore(command, name, rest, commands)
  if (!slash) return { kind: 'plain', text: line }
  return { kind: 'unknown', typed: `/${word}`.slice(0, 40), rest, nearest: nearestTo(name, commands) }
}

/** `Today visited Acme` begins with the word of a command and is a line of talk: another command takes it for its own. */
function isTold(line: string, { plain }: Command, commands: readonly Command[]): boolean {
  return plain === undefined && commands.some((other) => other.plain?.(line))
}

/** `/kamerton account Acme` is `/account Acme`: in Slack the app's own name may come first. */
function asksMore(command: Command, word: string, rest: string, commands: readonly Command[]): Parsed {
  if (command.name === 'kamerton' && rest) {
    const inner = parseLine(rest, commands)
    if (inner.kind === 'command') return inner
  }
  return { kind: 'command', command, word, rest }
}

function nearestTo(name: string, commands: readonly Command[]): Command | null {
  const ranked = commands
    .filter((command) => command.listed)
    .flatMap((command) =>
      [command.name, ...command.aliases].map((word) => ({ command, steps: stepsBetween(word, name) })),
    )
    .toSorted((a, b) => a.steps - b.steps)
  const best = ranked[0]
  return best && best.steps <= 2 && best.steps < name.length / 2 ? best.command : null
}

/** Levenshtein distance of two short words; a long one is far from every command. */
function stepsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
