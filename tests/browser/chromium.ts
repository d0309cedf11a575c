import { existsSync } from 'node:fs'

/** Debian's package. Playwright's own downloads are not used: nothing but the npm registry may be needed. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** It must ask nobody but the server under test. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

export const hasChromium = (): boolean => existsSync(CHROMIUM)
