import { padEnd, wrap } from '../bots/terminal/columns.ts'
import type { Policy, PolicyVersion } from '../domain/discounts/policy.ts'
import { outcomeText, settingTexts, whenText } from '../domain/discounts/policy-words.ts'

/** Number, rule, when, then: with two spaces between them not wider than 100 cells. */
const WIDTHS = [3, 34, 35, 22] as const
const GAP = '  '

/** A policy for a person: its settings, and its rules as a table. */
export function policyTable({ version, policy }: PolicyVersion): readonly string[] {
  const origin = version === 0 ? 'comes with the product' : `version ${version}`
  return [
    `${policy.name} (${origin})`,
    ...settingLines(policy),
    '',
    ...tableRow(['#', 'rule', 'when', 'then']),
    WIDTHS.map((width) => '─'.repeat(width)).join(GAP),
    ...policy.rules.flatMap(({ name, when, outcome }, at) =>
      tableRow([String(at + 1), name, whenText(when), outcomeText(outcome)]),
    ),
  ]
}

function settingLines(policy: Policy): string[] {
  const settings = [...settingTexts(policy)].filter(([name]) => name !== 'name')
  return settings.flatMap(([name, text]) =>
    wrap(`${name}: ${text}`, 98).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`)),
  )
}

/** One row, as many lines high as its highest cell. */
function tableRow(cells: readonly [string, string, string, string]): string[] {
  const columns = cells.map((cell, at) => wrap(cell, WIDTHS[at] ?? 1))
  const height = Math.max(...columns.map(({ length }) => length))
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, at) => padEnd(column[line] ?? '', WIDTHS[at] ?? 0))
      .join(GAP)
      .trimEnd(),
  )
}
