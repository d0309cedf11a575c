import { settleCurrency, type CurrencyChoice } from '../domain/imports/currency.ts'
import type {
  Definition,
  Field,
  ReadingContext,
  Setting,
  Value,
  Values,
} from '../domain/imports/definition.ts'
import type { Columns } from '../domain/imports/headers.ts'
import type { Identity } from '../domain/imports/identity.ts'
import { lackingFields, type Problem, type RowRead } from '../domain/imports/row.ts'
import type { Lookups, ReadyRow } from '../domain/imports/store.ts'

export type Checked =
  | Readonly<{ row: ReadyRow; parent: string | null | undefined }>
  | Readonly<{ problems: readonly Problem[] }>

export type CheckSettings = Readonly<{
  definition: Definition
  columns: Columns
  context: ReadingContext
  currency: CurrencyChoice
  today: Setting['today']
}>

/** Everything that one row can be checked for once it is known whether it is stored already. */
export function checkRow(
  read: RowRead,
  identity: Identity,
  id: string | null,
  lookups: Lookups,
  settings: CheckSettings,
): Checked {
  const { definition } = settings
  const isNew = id === null
  const problem = problemMaker(read, settings)
  if (isNew && identity.by === 'stored')
    return { problems: [problem('externalId', 'names a row that is not stored here')] }
  const lacking = isNew ? lackingFields(definition, read.values) : []
  if (lacking.length > 0)
    return { problems: [problem('', `a new row of ${definition.kind} needs ${lacking.join(', ')}`)] }

  const resolved = resolveReferences(definition, read.values, lookups)
  const takesDefault = isNew || !lookups.hasCurrency(id)
  const priced = settleCurrency(definition, resolved.values, read.currencies, settings.currency, takesDefault)
  const setting = { isNew, today: settings.today, timeZone: settings.context.timeZone }
  const rejections = [
    ...resolved.rejections,
    ...priced.rejections,
    ...(definition.check?.(priced.values, isNew) ?? []),
  ]
  const complete = definition.complete?.(priced.values, setting) ?? priced.values
  const conflict = lookups.conflict(id, complete)
  if (conflict) rejections.push(conflict)
  if (rejections.length > 0)
    return { problems: rejections.map(({ field, reason, value }: Rejected) => problem(field, reason, value)) }

  const tree = definition.fields.find((field) => field.tree)
  const { externalId: _, ...values } = complete
  const parent = tree ? (values[tree.name] as string | null | undefined) : undefined
  return {
    row: { line: read.line, id, externalId: identity.by === 'externalId' ? identity.value : null, values },
    parent,
  }
}

type Rejected = Readonly<{ field: string; reason: string; value?: string }>

function problemMaker(read: RowRead, { columns }: CheckSettings) {
  return (field: string, reason: string, value?: string): Problem => {
    const index = columns.byField.get(field)
    const shown = value ?? read.values[field] ?? ''
    return {
      line: read.line,
      column: index === undefined ? field : (columns.headers[index] ?? field),
      value: String(shown),
      reason,
    }
  }
}

function resolveReferences(
  definition: Definition,
  values: Values,
  lookups: Lookups,
): { values: Values; rejections: Rejected[] } {
  const resolved: Record<string, Value> = { ...values }
  const rejections: Rejected[] = []
  for (const field of definition.fields) {
    const value = values[field.name]
    if (!field.reference || value === null || value === undefined) continue
    resolved[field.name] = resolveField(field, field.reference, value, lookups, rejections)
  }
  return { values: resolved, rejections }
}

function resolveField(
  field: Field,
  reference: NonNullable<Field['reference']>,
  value: Value,
  lookups: Lookups,
  rejections: Rejected[],
): Value {
  const one = (text: string): string => {
    const found = lookups.resolve(reference, text)
    if ('id' in found) return found.id
    rejections.push({ field: field.name, reason: found.refused, value: text })
    return ''
  }
  return Array.isArray(value) ? [...new Set(value.map(String).map(one))] : one(String(value))
}
