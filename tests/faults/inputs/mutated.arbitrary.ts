import fc from 'fast-check'

/** What no sender sends: of another type, missing, far too large, or named like a part of the language. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e21,
    2 ** 53,
    0.5,
    '',
    ' ',
    '\u0000',
    '\uD83D',
    '<!channel>',
    'U1',
    'C2',
    'T0OTHER',
    'x'.repeat(5_000),
    [],
    [[]],
    {},
    { id: null },
    { type: 'button', value: '{"command":"account","args":{}}' },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
)
const name = fc.constantFrom(
  'id',
  'type',
  'user',
  'new_field_of_next_year',
  '__proto__',
  'constructor',
  'toString',
  'length',
)

type Change = Readonly<{ at: number; how: 'drop' | 'put' | 'add' | 'wrap'; value: unknown; name: string }>
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1_000),
  how: fc.constantFrom('drop', 'put', 'add', 'wrap'),
  value: odd,
  name,
})

/** One of these values, changed in one to four of its places. */
export const mutated = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.nat(values.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([which, changes]) => changes.reduce(changed, structuredClone(values[which])))

type Place = Readonly<{ holder: Record<string, unknown>; key: string }>

function changed(whole: unknown, { at, how, value: given, name: added }: Change): unknown {
  const root = { whole }
  // One of its own: put in twice, it would hold itself.
  const value = structuredClone(given)
  const places = placesIn(root)
  const place = places[at % places.length]
  if (!place) return whole
  const { holder, key } = place
  if (how === 'drop') delete holder[key]
  else if (how === 'put') holder[key] = value
  else if (how === 'wrap') holder[key] = [holder[key]]
  else if (!Array.isArray(holder))
    Object.defineProperty(holder, added, { value, enumerable: true, configurable: true, writable: true })
  return root.whole
}

function placesIn(holder: object): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder: holder as Record<string, unknown>, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value as object) : []),
  ])
}
