import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Command } from '../../src/commands/kit/command.ts'
import { inBrowser, paneOf, shows } from './in-browser.ts'
import { COMMANDS } from './scripted-server.ts'

const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.textContent || document.activeElement.tagName')

/** Presses Tab until the focus holds these words; a walk that never gets there fails. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).includes(words)) return
  }
  throw new Error(`Tab never reached ${words}`)
}

/** Controls that say nothing of themselves to who cannot see them. */
const namelessControls = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('button, a, input, select, textarea, [role]')]
    .filter((element) => element.checkVisibility() && !['presentation', 'status', 'alert', 'option'].includes(element.role))
    .filter((element) => !(element.ariaLabel || element.innerText?.trim() || element.labels?.[0]?.textContent.trim()))
    .map((element) => element.outerHTML)`)

inBrowser('the console by keyboard alone', (visit) => {
  test('from the gallery through a talk to a form and to another person, without a pointer', async () => {
    const page = await visit.open()
    await page.getByRole('heading', { name: 'Who are you today?' }).waitFor()
    await tabTo(page, 'Anna Petrova')
    await page.keyboard.press('Enter')
    await paneOf(page).line.waitFor()
    expect(await focused(page)).toBe('TEXTAREA')

    await page.keyboard.type('acme')
    await page.keyboard.press('Enter')
    await shows(page, 'Acme Industries GmbH')
    await page.keyboard.type('/settings')
    await page.keyboard.press('Enter')
    await shows(page, 'Your settings')
    await page.keyboard.press('Shift+Tab')
    for (let step = 0; step < 6 && !(await focused(page)).includes('Change'); step += 1)
      await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('form', { name: 'Your settings' }).waitFor()
    expect(await page.evaluate('document.activeElement.value')).toBe('en')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('mosc')
    // Suggestions for "mo" hold Moscow too, but not alone: wait for those of the whole word.
    await page.getByRole('option', { name: 'Europe/Moscow' }).waitFor()
    await page.locator('.suggestions:not([hidden]) [role=option]').nth(1).waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.value')).toBe('Europe/Moscow')
    await page.keyboard.press('Enter')
    await shows(page, 'Сохранено.')
    expect(visit.server.dispatcher.heard.at(-1)?.act).toMatchObject({
      values: { language: 'ru', timeZone: 'Europe/Moscow' },
    })
  })

  test('the menu of people opens, moves and closes by keys', async () => {
    const page = await visit.open()
    await paneOf(page).pick('Anna')
    const name = page.locator('.speaking')
    await name.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('listbox', { name: 'Who are you today?' }).waitFor()
    await page.keyboard.press('Escape')
    expect(await name.getAttribute('aria-expanded')).toBe('false')
    expect(await name.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Hello, Boris' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  })

  test('commands and account names are offered while typing; Enter without a choice sends what was typed', async () => {
    const page = await visit.open()
    const { line, pane, pick } = paneOf(page)
    await pick('Anna')
    const options = pane.locator('.composer [role="option"]')
    await line.pressSequentially('/')
    await options.first().waitFor()
    const isHere = ({ on }: Command) => on?.includes('CONSOLE') ?? true
    const mine = COMMANDS.filter((one) => one.listed && one.roles.includes('KAM') && isHere(one))
    expect(await options.locator('.name').allTextContents()).toEqual(mine.map(({ name }) => `/${name}`))
    await line.press('ArrowDown')
    expect(await line.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'))
    await line.press('Enter')
    expect(await line.inputValue()).toBe('/account ')
    await line.pressSequentially('blu')
    await options.filter({ hasText: 'Blumberg' }).waitFor()
    await line.press('ArrowDown')
    await line.press('Tab')
    expect(await line.inputValue()).toBe('/account Blumberg & Söhne')
    await line.press('Enter')
    await shows(page, 'Blumberg & Söhne')

    await line.pressSequentially('acm')
    await options.filter({ hasText: 'Acme' }).waitFor()
    await line.press('Escape')
    expect(await line.getAttribute('aria-expanded')).toBe('false')
    expect(await line.inputValue()).toBe('acm')
    await line.press('Enter')
    await shows(page, 'Acme Industries GmbH')
    expect(visit.server.dispatcher.heard.at(-1)?.act).toEqual({ kind: 'line', text: 'acm' })
  })

  test('the arrow brings back what was sent, and the line begun is at the end of the way', async () => {
    const page = await visit.open()
    const { line, pick, say } = paneOf(page)
    await pick('Anna')
    await say('acme')
    await say('northwind')
    await shows(page, 'Northwind')
    await line.fill('x')
    await line.press('ArrowUp')
    expect(await line.inputValue()).toBe('northwind')
    await line.press('ArrowUp')
    expect(await line.inputValue()).toBe('acme')
    await line.press('ArrowDown')
    await line.press('ArrowDown')
    expect(await line.inputValue()).toBe('x')
  })

  test('a new answer is said aloud once, and every control has a name', async () => {
    const page = await visit.open()
    const { pane, pick, say, button } = paneOf(page)
    await pick('Anna')
    await say('acme')
    const live = pane.locator('[role="status"][aria-live="polite"]')
    await expect
      .poll(() => live.textContent())
      .toBe('New answer for Anna Petrova: Acme Industries GmbH, At risk')
    await say('/settings')
    await button('Change').click()
    await page.getByRole('form', { name: 'Your settings' }).waitFor()
    await expect.poll(() => live.textContent()).toBe('Form: Your settings')
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(viewport)
      expect(await namelessControls(page)).toEqual([])
    }
  })
})
