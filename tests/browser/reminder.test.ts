import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inBrowser, paneOf, shows, sticksOut } from './in-browser.ts'
import { reminder } from './scripted-forms.ts'
import { weakWords } from './contrast.ts'
import { wanted } from '../support/wanted.ts'

const english = { language: 'en', timeZone: 'Europe/Amsterdam', currency: 'EUR' } as const
const anna = { platform: 'CONSOLE', workspace: '', externalId: 'anna' } as const

/** A browser under test never hides its tabs by itself. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate(
    `Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
     document.dispatchEvent(new Event('visibilitychange'))`,
  )

inBrowser('a reminder on the console', (visit) => {
  const push = (what: string) => visit.server.push(anna, english, reminder(what), wanted)

  test('comes by itself with a mark and a time, and is told to who hears the page', async () => {
    const page = await visit.open()
    const pane = paneOf(page)
    await pane.pick('Anna')
    await pane.say('acme')
    await shows(page, 'Acme Industries GmbH')
    await pane.line.fill('half a line')
    await push('Call about the quote')
    await shows(page, 'Call about the quote')
    const mark = pane.pane.locator('.unasked .mark')
    expect(await mark.textContent()).toMatch(/^Notice\d\d:\d\d$/)
    expect(await pane.pane.locator('.reminders[aria-live]').textContent()).toBe(
      'Notice for Anna Petrova: Call about the quote, Overdue',
    )
    expect(await pane.line.inputValue()).toBe('half a line')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
    expect(await weakWords(page)).toEqual([])
  })

  test('keeps its mark when a button of it was pressed, and changes in place', async () => {
    const page = await visit.open()
    const pane = paneOf(page)
    await pane.pick('Anna')
    await push('Call about the quote')
    await pane.button('Done').click()
    await shows(page, 'Invoices to')
    expect(await pane.cards.count()).toBe(1)
    expect(await pane.pane.locator('.unasked .mark').count()).toBe(1)
  })

  test('waits for whoever comes later, under the lines that teach', async () => {
    await push('Call about the quote')
    const page = await visit.open()
    await paneOf(page).pick('Anna')
    await shows(page, 'Call about the quote')
    await page.locator('.example').first().waitFor()
    await paneOf(page).say('acme')
    await shows(page, 'Acme Industries GmbH')
    expect(await page.locator('.example').count()).toBe(0)
  })

  test('is counted in the title while nobody looks, and no more once somebody does', async () => {
    const page = await visit.open()
    await page.clock.install()
    await paneOf(page).pick('Anna')
    await page.locator('.example').first().waitFor()
    const title = await page.title()
    await hide(page, true)
    await push('First')
    await push('Second')
    await page.clock.fastForward(20_000)
    await expect.poll(() => page.title()).toBe(`(2) ${title}`)
    await push('Third')
    await page.clock.fastForward(20_000)
    await expect.poll(() => page.title()).toBe(`(3) ${title}`)
    await hide(page, false)
    await expect.poll(() => page.title()).toBe(title)
    expect(await paneOf(page).cards.count()).toBe(3)
  })

  test('fits a telephone with all its buttons', async () => {
    const page = await visit.open({ viewport: { width: 390, height: 800 } })
    await paneOf(page).pick('Anna')
    await push('Call about the quote for the second line in Gdansk')
    await shows(page, 'Call about')
    expect(await sticksOut(page)).toBe(false)
  })
})

inBrowser('a paragraph of a form', (visit) => {
  async function openForm(page: Page) {
    const pane = paneOf(page)
    await pane.pick('Anna')
    await pane.say('/log')
    await page.getByRole('form').waitFor()
    return { pane, note: page.locator('textarea[name="note"]') }
  }

  test('grows with its text, keeps its lines and brings the hidden value back', async () => {
    const page = await visit.open()
    const { pane, note } = await openForm(page)
    const height = async () => (await note.boundingBox())?.height ?? 0
    const before = await height()
    await note.fill('one\n\ntwo')
    await note.press('End')
    await note.press('Enter')
    await note.pressSequentially('three\nfour\nfive\nsix\nseven')
    expect(await height()).toBeGreaterThan(before)
    await page.getByRole('radio', { name: 'good mood' }).check()
    await pane.button('Save').click()
    await shows(page, 'Logged: one')
    expect(visit.server.dispatcher.heard.at(-1)?.act).toEqual({
      kind: 'submit',
      command: 'log',
      values: {
        meeting: 'm1',
        account: 'a1',
        mood: 'GOOD',
        note: 'one\n\ntwo\nthree\nfour\nfive\nsix\nseven',
      },
    })
  })

  test('is sent by Ctrl and Enter, and named when it is missing', async () => {
    const page = await visit.open()
    const { note } = await openForm(page)
    await page.getByRole('radio', { name: 'good mood' }).check()
    await note.press('Control+Enter')
    await page.getByText('Please fill this in.').waitFor()
    expect(await note.getAttribute('aria-invalid')).toBe('true')
    expect(await page.evaluate('document.activeElement.name')).toBe('note')
    await note.fill('done')
    await note.press('Control+Enter')
    await shows(page, 'Logged: done')
  })

  for (const width of [390, 1280]) {
    test(`stands in a form that fits a window ${width} wide`, async () => {
      const page = await visit.open({ viewport: { width, height: 900 } })
      const { note } = await openForm(page)
      expect(await sticksOut(page)).toBe(false)
      const form = await page.getByRole('form').boundingBox()
      const box = await note.boundingBox()
      expect(box?.width).toBeGreaterThan((form?.width ?? 0) * 0.95)
    })
  }
})
