/** The value that so many hundredths of these do not exceed. */
function percentile(values: readonly number[], hundredth: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(Math.ceil((sorted.length * hundredth) / 100), sorted.length) - 1] ?? 0
}

export type Spread = Readonly<{ count: number; p50: number; p95: number; p99: number; max: number }>

export const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  p50: Math.round(percentile(values, 50)),
  p95: Math.round(percentile(values, 95)),
  p99: Math.round(percentile(values, 99)),
  max: Math.round(percentile(values, 100)),
})

export const inWords = ({ count, p50, p95, p99, max }: Spread): string =>
  `${count} with p50 ${p50}, p95 ${p95}, p99 ${p99}, most ${max} ms`

export type Sample = Readonly<{ atMs: number; value: number }>

/** By how much it grows in a minute, by the straight line that fits best. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / Math.max(samples.length, 1)
  const [meanAt, meanValue] = [mean(({ atMs }) => atMs), mean(({ value }) => value)]
  const along = mean(({ atMs, value }) => (atMs - meanAt) * (value - meanValue))
  const across = mean(({ atMs }) => (atMs - meanAt) ** 2)
  return across === 0 ? 0 : (along / across) * 60_000
}
