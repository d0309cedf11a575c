import { ABOUT, type By, type Cells, type Group, PEOPLE, STRANGERS, TABLE } from './table.ts'

const SIGNS = { yes: 'yes', role: 'role', told: 'told', none: '–' } as const

const HEAD = `# Who may do what

Written from \`tests/access/table.ts\`, of which the tests try every cell in Slack, in Telegram, at the console and in the
terminal; \`npx vitest run --project db tests/access -u\` writes it anew.

The table is about one account, its meetings, promises and discount requests. Its owner is away today, so that somebody
stands in for them.

| | who that is |
|---|---|`

const SENSE = `What the words in the tables mean:

- **yes**: it is done, or the question that leads to it is asked.
- **role**: refused by the role, before anything is looked for.
- **told**: they see the account, but this act is somebody else’s, and that is what is said.
- **–**: word for word the answer for something that does not exist, its suggestions included.

A refusal changes nothing. Refused by the role, told, and any button for what is not there or not theirs: each leaves a line
in the audit log, \`access.refuse\` or \`discount.refuse\`.

## Who is turned away

Whatever they type, press or send, they get one answer, which says nothing of what there is; what they press is written down.

| | who that is |
|---|---|`

/** The whole of docs/access.md. */
export function page(): string {
  const people = PEOPLE.map((who) => `| ${who} | ${ABOUT[who]} |`)
  const strangers = Object.entries(STRANGERS).map(([who, about]) => `| ${who} | ${about} |`)
  return `${[HEAD, ...people].join('\n')}\n\n${[SENSE, ...strangers].join('\n')}\n${TABLE.map(section).join('')}`
}

function section({ title, why, cells, rows }: Group): string {
  const asks = rows.map(({ command, by }) => `- \`${command}\` ${askedBy(by)}`)
  return `\n## ${title}\n\n${why}\n\n${tableOf(cells)}\n\n${asks.join('\n')}\n`
}

function tableOf(cells: Cells): string {
  const row = (values: readonly string[]) => `| ${values.join(' | ')} |`
  return [row(PEOPLE), row(PEOPLE.map(() => '---')), row(PEOPLE.map((who) => SIGNS[cells[who]]))].join('\n')
}

function askedBy(by: By): string {
  if ('line' in by) return `typed: \`${by.line}\``
  const values = 'press' in by ? by.press : by.form
  const named = Object.entries(values).map(([name, value]) =>
    value.startsWith('{') ? `${name} ${value}` : name,
  )
  return `${'press' in by ? 'pressed' : 'sent as a form'}${named.length > 0 ? `: ${named.join(', ')}` : ''}`
}
