import type { Definition, Rejection, Value, Values } from './definition.ts'

export type CurrencyChoice = Readonly<{
  /** What the command was told; null when nothing. */
  told: string | null
  /** For amounts that say nothing else. */
  byDefault: string
}>

/**
 * The currency of a row: its column, else the option, else the sign in the amount, else the default of the installation.
 * A sign that says otherwise is refused: one of the two is wrong, and money is not guessed at.
 */
export function settleCurrency(
  definition: Definition,
  values: Values,
  signs: ReadonlyMap<string, string>,
  choice: CurrencyChoice,
  takesDefault: boolean,
): { values: Values; rejections: readonly Rejection[] } {
  const rule = definition.currency
  if (!rule) return { values, rejections: [] }
  const column = values[rule.field] ?? null
  const told = column ?? choice.told
  const rejections: Rejection[] = []
  let found: Value = told
  for (const [field, sign] of signs) {
    if (found !== null && found !== sign)
      rejections.push({ field, reason: `is in ${sign}, but the row is in ${String(found)}` })
    found ??= sign
  }
  const settled = found ?? (takesDefault || values[rule.field] !== undefined ? choice.byDefault : undefined)
  if (rule.field !== 'currency')
    return { values: { ...values, ...ofOptionalAmount(rule, values, settled) }, rejections }
  return { values: settled === undefined ? values : { ...values, [rule.field]: settled }, rejections }
}

/** An account's currency belongs to one amount only, and goes with it. */
function ofOptionalAmount(
  rule: NonNullable<Definition['currency']>,
  values: Values,
  settled: Value | undefined,
): Values {
  const given = rule.amounts.filter((field) => values[field] !== undefined)
  if (given.length === 0) return {}
  if (given.every((field) => values[field] === null)) return { [rule.field]: null }
  return settled === undefined ? {} : { [rule.field]: settled }
}
