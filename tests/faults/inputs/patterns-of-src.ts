import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync } from '@swc/core'

/** Prints every regular expression of `src` as JSON: those that are written, and those that are built when it is loaded. */
type Pattern = Readonly<{ where: string; source: string; flags: string }>

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.[jt]s$/.test(file),
)
const written = files.flatMap(writtenIn)
const built: Pattern[] = []
noteBuilt()
for (const file of files.filter((one) => one.endsWith('.ts') && one !== 'main.ts'))
  await import(pathToFileURL(join('src', file)).href)
process.stdout.write(JSON.stringify([...written, ...built]), () => process.exit(0))

function writtenIn(file: string): Pattern[] {
  const found: Pattern[] = []
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && node.type === 'RegExpLiteral' && 'pattern' in node && 'flags' in node)
      found.push({ where: file, source: String(node.pattern), flags: String(node.flags) })
    for (const part of Object.values(node)) look(part)
  }
  look(parseSync(readFileSync(join('src', file), 'utf8'), { syntax: 'typescript', target: 'es2024' }))
  return found
}

/** Whoever calls the constructor stands in the third line of the stack; libraries are their own affair. */
function noteBuilt(): void {
  globalThis.RegExp = new Proxy(globalThis.RegExp, {
    construct(target, args, newTarget) {
      const pattern = Reflect.construct(target, args, newTarget) as RegExp
      const caller = new Error('built').stack?.split('\n')[2] ?? ''
      const where = /\/src\/(.*?):\d/.exec(caller)?.[1]
      if (where !== undefined && !caller.includes('node_modules'))
        built.push({ where, source: pattern.source, flags: pattern.flags })
      return pattern
    },
  })
}
