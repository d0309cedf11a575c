import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The page's modules are plain JavaScript with types in comments; the project's own check does not look at them. */
test('the page’s modules pass the strict type check against the types of the server', () => {
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const check = () =>
    execFileSync(process.execPath, [compiler, '--noEmit', '-p', `${root}src/bots/web/public`], {
      encoding: 'utf8',
    })
  expect(check).not.toThrow()
})
