import type { Manifest, ManifestValue } from './manifest.ts'

/** YAML for what a manifest holds: every text in double quotes, which in YAML may be read as JSON. */
export function yamlOf(manifest: Manifest): string {
  return `${linesOf(manifest, '').join('\n')}\n`
}

function linesOf(value: Manifest, indent: string): string[] {
  return Object.entries(value).flatMap(([name, item]) => {
    if (!isNested(item)) return [`${indent}${name}: ${JSON.stringify(item)}`]
    return [`${indent}${name}:`, ...nestedLines(item, `${indent}  `)]
  })
}

function nestedLines(value: Manifest | readonly ManifestValue[], indent: string): string[] {
  if (!isList(value)) return linesOf(value, indent)
  return value.flatMap((item) => {
    if (!isNested(item)) return [`${indent}- ${JSON.stringify(item)}`]
    const [first = '', ...rest] = nestedLines(item, `${indent}  `)
    return [`${indent}- ${first.trimStart()}`, ...rest]
  })
}

const isList = (value: ManifestValue): value is readonly ManifestValue[] => Array.isArray(value)
const isNested = (value: ManifestValue): value is Manifest | readonly ManifestValue[] =>
  typeof value === 'object' && Object.keys(value).length > 0
