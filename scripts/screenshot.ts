import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { CHROMIUM, CHROMIUM_ARGUMENTS } from '../tests/browser/chromium.ts'

const USAGE = `node scripts/screenshot.ts <url> <out.png> [--width 1280] [--height 900] [--scale 2] [--dark] [--steps "…"]

Steps are separated by ";" and done in order:
  pick Anna          press the person, in the gallery or the menu, whose name holds these words
  side Boris         open the second side and pick there
  say /account Acme  type a line and send it (in the last side opened)
  type /a            type without sending, for the suggestions
  fill Currency=XYZ  fill a field of the open form
  press Invoices     press the newest button with this label
  wait 5             wait so many seconds, for what comes by itself
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    scale: { type: 'string', default: '2' },
    dark: { type: 'boolean', default: false },
    steps: { type: 'string', default: '' },
  },
})

async function main(): Promise<void> {
  const [url, out] = positionals
  if (!url || !out) throw new Error(USAGE)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] })
  try {
    const viewport = { width: Number(values.width), height: Number(values.height) }
    const page = await browser.newPage({
      viewport,
      deviceScaleFactor: Number(values.scale),
      colorScheme: values.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    })
    page.setDefaultTimeout(10_000)
    await page.goto(url)
    for (const step of values.steps.split(';').filter((one) => one.trim() !== ''))
      await take(page, step.trim())
    await page.evaluate('new Promise((done) => setTimeout(done, 400))')
    await page.screenshot({ path: out })
  } finally {
    await browser.close()
  }
}

async function take(page: Page, step: string): Promise<void> {
  const [, verb = '', words = ''] = /^(\S+)\s*(.*)$/.exec(step) ?? []
  const pane = page.locator('.pane').last()
  if (verb === 'side') await page.locator('.split-button').click()
  if (verb === 'pick' || verb === 'side') {
    await pane.locator('.person', { hasText: words }).click()
    await pane.locator('textarea').waitFor()
  } else if (verb === 'say') {
    await pane.locator('textarea').fill(words)
    await pane.locator('textarea').press('Enter')
  } else if (verb === 'type') await pane.locator('textarea').pressSequentially(words)
  else if (verb === 'fill') {
    const [, label = '', text = ''] = /^(.*?)=(.*)$/.exec(words) ?? []
    await pane.getByLabel(label, { exact: true }).fill(text)
  } else if (verb === 'press') await pane.getByRole('button', { name: words, exact: true }).last().click()
  else if (verb === 'wait')
    await page.evaluate(`new Promise((done) => setTimeout(done, ${Number(words) * 1000}))`)
  else throw new Error(USAGE)
  await page.locator('[data-pending]').waitFor({ state: 'detached' })
}

await main()
