import { expect, test } from 'vitest'
import { weakWords } from './contrast.ts'
import { inBrowser, paneOf, shows, sticksOut } from './in-browser.ts'

const PHONE = { viewport: { width: 360, height: 740 } } as const

inBrowser('how the console looks', (visit) => {
  test('on a telephone nothing scrolls sideways but a wide table within its card', async () => {
    const page = await visit.open(PHONE)
    const { pick, say, button, lastCard } = paneOf(page)
    await page.locator('.person').first().waitFor()
    expect(await sticksOut(page)).toBe(false)
    await pick('Anna')
    await page.locator('.example').first().waitFor()
    expect(await sticksOut(page)).toBe(false)
    await say('acme')
    await shows(page, 'Acme Industries GmbH')
    expect(await sticksOut(page)).toBe(false)
    await button('Invoices').click()
    await shows(page, 'Invoices to')
    expect(await sticksOut(page)).toBe(false)
    const scroller = lastCard.locator('.scroller')
    expect(await scroller.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true)
    await say('/settings')
    await button('Change').click()
    await page.getByRole('form', { name: 'Your settings' }).waitFor()
    expect(await sticksOut(page)).toBe(false)
    await say('/hostile')
    await shows(page, '</b></p><script>')
    expect(await sticksOut(page)).toBe(false)
  })

  test('on a telephone two people share the screen by tabs, and news marks the tab behind', async () => {
    const page = await visit.open(PHONE)
    await paneOf(page).pick('Anna')
    await page.getByRole('button', { name: 'Side by side' }).click()
    await paneOf(page, 1).pick('Boris')
    const tabs = page.getByRole('tab')
    expect(await tabs.allTextContents()).toEqual(['APAnna Petrova', 'BKBoris Klein'])
    expect(await paneOf(page, 0).pane.isVisible()).toBe(false)
    const other = await visit.tab(page)
    await other.getByRole('tab', { name: 'Anna Petrova' }).click()
    await paneOf(other).say('acme')
    await shows(other, 'Acme Industries GmbH')
    await page.locator('[role="tab"].news', { hasText: 'Anna' }).waitFor()
    await tabs.first().click()
    await shows(page, 'Acme Industries GmbH')
    expect(await page.locator('.news').count()).toBe(0)
    expect(await sticksOut(page)).toBe(false)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every word can be read in the ${colorScheme} theme (WCAG AA)`, async () => {
      const page = await visit.open({ colorScheme })
      const { pick, say, button } = paneOf(page)
      await page.locator('.person').first().waitFor()
      expect(await weakWords(page)).toEqual([])
      await pick('Anna')
      await page.locator('.example').first().waitFor()
      expect(await weakWords(page)).toEqual([])
      await say('acme')
      await say('/settings')
      await button('Change').click()
      await page.getByLabel('Currency', { exact: true }).fill('XYZ')
      await button('Save').click()
      await page.locator('[aria-invalid="true"]').waitFor()
      await say('/account')
      await shows(page, 'Your accounts: 14')
      await page.locator('[data-pending]').waitFor({ state: 'detached' })
      expect(await weakWords(page)).toEqual([])
      const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      expect(paper).toBe(colorScheme === 'dark' ? 'rgb(16, 21, 23)' : 'rgb(245, 243, 238)')
    })
  }

  test('who wants no motion gets none', async () => {
    const page = await visit.open({ reducedMotion: 'reduce' })
    const { pick, say, button, lastCard } = paneOf(page)
    await pick('Anna')
    await say('acme')
    await button('Invoices').click()
    await shows(page, 'Invoices to')
    expect(await lastCard.evaluate((card) => card.getAnimations().length)).toBeLessThanOrEqual(1)
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".card")).animationDuration'),
    ).toMatch(/^(1ms|0\.001s)$/)
  })
})
