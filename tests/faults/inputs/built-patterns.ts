/**
 * Notes every regular expression that our own code builds from here on: one that is built while people's words are read
 * is built from them, or built anew each time.
 */
export function watchPatterns(): Readonly<{ built: readonly string[]; end(): void }> {
  const original = globalThis.RegExp
  const built: string[] = []
  globalThis.RegExp = new Proxy(original, {
    construct(target, args, newTarget) {
      const caller = new Error('built').stack?.split('\n')[2] ?? ''
      if (caller.includes('/src/') && !caller.includes('node_modules'))
        built.push(`${String(args[0])} ${caller.trim()}`)
      return Reflect.construct(target, args, newTarget) as RegExp
    },
  })
  return {
    built,
    end() {
      globalThis.RegExp = original
    },
  }
}
