import { wrap } from '../bots/terminal/columns.ts'
import type { DryRun } from '../domain/discounts/dry-run.ts'
import type { PolicyChange } from '../domain/discounts/policy-diff.ts'
import { outcomeText, whenText } from '../domain/discounts/policy-words.ts'

const WIDTH = 100

/** `+` is new, `-` is gone, `~` says something else, `>` stands in another place. */
export function diffLines(changes: readonly PolicyChange[]): readonly string[] {
  return changes.flatMap((change, at) => {
    const before = changes[at - 1]
    // Two parts of one rule stand under one heading.
    const isSameRule = before?.kind === 'changed' && change.kind === 'changed' && before.name === change.name
    return isSameRule ? changeLines(change).slice(1) : changeLines(change)
  })
}

function changeLines(change: PolicyChange): string[] {
  switch (change.kind) {
    case 'setting':
      return [`~ ${change.setting}: ${change.before ?? 'nothing'} → ${change.after ?? 'nothing'}`]
    case 'moved':
      return [`> rule "${change.name}": from place ${change.before} to ${change.after}`]
    case 'changed':
      return [
        `~ rule "${change.name}"`,
        ...hanging(`${change.part} was: `, change.before),
        ...hanging(`${change.part} now: `, change.after),
      ]
    case 'added':
    case 'removed':
      return [
        `${change.kind === 'added' ? '+' : '-'} rule ${change.place} "${change.rule.name}"`,
        ...hanging('when: ', whenText(change.rule.when)),
        ...hanging('then: ', outcomeText(change.rule.outcome)),
      ]
  }
}

function hanging(label: string, text: string): string[] {
  const indent = ' '.repeat(4 + label.length)
  return wrap(text, WIDTH - indent.length).map((line, at) => (at === 0 ? `    ${label}` : indent) + line)
}

/** What would have become of the requests of the past. */
export function dryRunLines({ same, others }: DryRun): readonly string[] {
  const total = same + others.length
  if (total === 0) return ['dry run: there are no requests yet to try it on']
  const heading = `dry run over the last ${total} requests: ${others.length} would have gone elsewhere, ${same} the same way`
  return [
    heading,
    ...others.flatMap(({ number, account, was, wouldBe }) => [
      ...wrap(`#${number} ${account}`, WIDTH - 2).map((line) => `  ${line}`),
      ...hanging('was: ', was),
      ...hanging('would be: ', wouldBe),
    ]),
  ]
}
