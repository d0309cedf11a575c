import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { CHROMIUM, CHROMIUM_ARGUMENTS, hasChromium } from './chromium.ts'
import { type Running, startServer } from './scripted-server.ts'

export type Visit = {
  server: Running
  browser: Browser
  /** What the browser complained about, and whom it called besides our server. */
  readonly complaints: string[]
  open(options?: BrowserContextOptions): Promise<Page>
  /** Another tab of the browser that `open` made. */
  tab(page: Page): Promise<Page>
}

/** With no Chromium the tests are skipped and say so; where a browser is required (REQUIRE_BROWSER=1), they fail. */
export function inBrowser(name: string, body: (visit: Visit) => void): void {
  const missing = `no Chromium at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`
  const title = hasChromium() ? name : `${name} (skipped: ${missing})`
  if (!hasChromium() && process.env['REQUIRE_BROWSER'] === '1') throw new Error(missing)
  if (!hasChromium()) console.warn(`Skipped: ${name}: ${missing}`)
  // oxlint-disable-next-line vitest/valid-title
  describe.skipIf(!hasChromium())(title, { timeout: 20_000 }, () => {
    body(arranged())
  })
}

function arranged(): Visit {
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const watch = (page: Page) => {
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(visit.server.url)) complaints.push(`request: ${request.url()}`)
    })
    return page
  }
  const visit: Visit = {
    server: undefined as never,
    browser: undefined as never,
    complaints,
    async open(options = {}) {
      const context = await visit.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
      contexts.push(context)
      const page = watch(await context.newPage())
      await page.goto(visit.server.url)
      return page
    },
    tab: async (page) => {
      const another = watch(await page.context().newPage())
      await another.goto(page.url())
      return another
    },
  }
  beforeAll(async () => {
    visit.browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] })
  }, 30_000)
  beforeEach(async () => {
    visit.server = await startServer()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    await visit.server.stop()
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(() => visit.browser.close())
  return visit
}

/** One side of the page, as a person would use it. */
export function paneOf(page: Page, index = 0) {
  const pane = page.locator('.pane').nth(index)
  return {
    pane,
    line: pane.locator('textarea'),
    cards: pane.locator('.card'),
    lastCard: pane.locator('.card').last(),
    pick: (name: string) => pane.locator('.person', { hasText: name }).click(),
    button: (label: string): Locator => pane.getByRole('button', { name: label, exact: true }).last(),
    say: async (text: string) => {
      await pane.locator('textarea').fill(text)
      await pane.locator('textarea').press('Enter')
    },
  }
}

/** Waits until the newest card holds these words. */
export const shows = (page: Page, words: string, index = 0) =>
  page.locator('.pane').nth(index).locator('.card', { hasText: words }).last().waitFor()

/** Elements that reach over the right edge of the window; a scroll box of their own may hide them. */
export function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > window.innerWidth || [...document.querySelectorAll(".thread, .gallery, .pane")].some((box) => box.scrollWidth > box.clientWidth)',
  )
}
