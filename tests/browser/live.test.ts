import { expect, test } from 'vitest'
import { inBrowser, paneOf, shows } from './in-browser.ts'
import type { Scripted } from './scripted-dispatcher.ts'
import { startServer } from './scripted-server.ts'

inBrowser('live talk in a browser', (visit) => {
  test('two people stand side by side, each in their own language and with their own talk', async () => {
    const page = await visit.open()
    await paneOf(page).pick('Anna')
    await page.getByRole('button', { name: 'Side by side' }).click()
    await page.getByRole('heading', { name: 'And beside Anna Petrova?' }).waitFor()
    await paneOf(page, 1).pick('Иван')
    await paneOf(page).say('acme')
    await paneOf(page, 1).say('ромашка')
    await shows(page, 'Money', 0)
    await shows(page, 'Деньги', 1)
    expect(await paneOf(page).cards.count()).toBe(1)
    expect(await paneOf(page, 1).pane.getAttribute('lang')).toBe('ru')
    expect(await page.title()).toBe('Anna Petrova · Иван Соколов · Kamerton')
  })

  test('what is done in one tab shows in the other without a reload', async () => {
    const page = await visit.open()
    await paneOf(page).pick('Anna')
    const second = await visit.tab(page)
    await paneOf(page).say('acme')
    await shows(second, 'Acme Industries GmbH')
    await paneOf(second).button('Invoices').click()
    await shows(page, 'Invoices to Acme Industries GmbH')
    expect(await paneOf(page).cards.count()).toBe(1)
  })

  test('a reload keeps both people, the history, and the line and form half typed', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await shows(page, 'Acme Industries GmbH')
    await anna.say('/settings')
    await anna.button('Change').click()
    await page.getByLabel('Currency', { exact: true }).fill('JP')
    await anna.line.fill('half a thou')
    await page.reload()
    await shows(page, 'Acme Industries GmbH')
    expect(await anna.line.inputValue()).toBe('half a thou')
    expect(await page.getByLabel('Currency', { exact: true }).inputValue()).toBe('JP')
    expect(await anna.pane.locator('.said p').allTextContents()).toEqual(['acme', '/settings'])
  })

  test('a reload opens a talk at its end, however long the cards before it are', async () => {
    const page = await visit.open()
    await page.setViewportSize({ width: 390, height: 500 })
    await paneOf(page).pick('Anna')
    for (const line of ['acme', 'acme', 'acme', '/settings']) await paneOf(page).say(line)
    await paneOf(page).button('Change').last().waitFor()
    await page.reload()
    await paneOf(page).button('Change').last().waitFor()
    const place = () =>
      page.evaluate<{ tall: boolean; left: number }>(
        `(({ scrollHeight, scrollTop, clientHeight }) => ({
          tall: scrollHeight > 2 * clientHeight,
          left: Math.round(scrollHeight - scrollTop - clientHeight),
        }))(document.querySelector('.thread'))`,
      )
    await expect.poll(place).toEqual({ tall: true, left: 0 })
  })

  test('while the server is away nothing typed is lost, and it goes out once when the server is back', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await shows(page, 'Acme Industries GmbH')
    const { port, dispatcher } = visit.server
    await visit.server.stop()
    await page.getByRole('alert').getByText('Kamerton does not answer').waitFor()
    await anna.say('northwind')
    await anna.pane.getByText('Not sent yet').waitFor()

    visit.server = await startServer(port, dispatcher)
    await page.getByRole('button', { name: 'Try now' }).click()
    await shows(page, 'Northwind Traders Ltd')
    await page.locator('.banner').waitFor({ state: 'hidden' })
    expect(await anna.pane.locator('.said p').allTextContents()).toEqual(['acme', 'northwind'])
    expect(
      dispatcher.heard.filter(({ act }) => act.kind === 'line' && act.text === 'northwind'),
    ).toHaveLength(1)

    // The old card is from before the restart; its buttons still work.
    await anna.pane.getByRole('button', { name: 'Invoices', exact: true }).first().click()
    await shows(page, 'Invoices to Acme Industries GmbH')
    expect(await anna.cards.count()).toBe(2)
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((one) => !one.includes('ERR_')),
    )
  })

  test('a reload while the server is away keeps what was not sent, in its place after what was', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await shows(page, 'Acme Industries GmbH')
    await page.route('**/acts', (route) => route.abort())
    await anna.say('northwind')
    await anna.pane.getByText('Not sent yet').waitFor()
    await page.reload()
    await anna.pane.getByText('Not sent yet').waitFor()
    await page.unroute('**/acts')
    await shows(page, 'Northwind Traders Ltd')
    expect(await anna.pane.locator('.said p').allTextContents()).toEqual(['acme', 'northwind'])
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((one) => !one.includes('ERR_')),
    )
  })

  test('the page comes back by itself, without anybody pressing', async () => {
    const page = await visit.open()
    await paneOf(page).pick('Anna')
    const { port, dispatcher } = visit.server
    await visit.server.stop()
    await page.getByRole('alert').getByText('Kamerton does not answer').waitFor()
    visit.server = await startServer(port, dispatcher)
    await page.locator('.banner').waitFor({ state: 'hidden' })
    await paneOf(page).say('acme')
    await shows(page, 'Acme Industries GmbH')
    expect(await paneOf(page).pane.locator('.said p').allTextContents()).toEqual(['acme'])
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((one) => !one.includes('ERR_')),
    )
  })

  test('while an answer takes its time the page says so, and goes on taking lines', async () => {
    const { port, dispatcher, stop } = visit.server
    await stop()
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow: Scripted = {
      ...dispatcher,
      async dispatch(invocation) {
        if (invocation.act.kind === 'line' && invocation.act.text === 'acme') await promise
        return dispatcher.dispatch(invocation)
      },
    }
    visit.server = await startServer(port, slow)
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await anna.pane.locator('.pending', { hasText: 'Looking' }).waitFor()
    await anna.say('northwind')
    await shows(page, 'Northwind Traders Ltd')
    expect(await anna.pane.locator('.pending').count()).toBe(1)
    resolve()
    await shows(page, 'Acme Industries GmbH')
    expect(await anna.pane.locator('.pending').count()).toBe(0)
    expect(await anna.cards.locator('h3').allTextContents()).toEqual([
      'Acme Industries GmbH',
      'Northwind Traders Ltd',
    ])
  })

  test('what the server refuses can be taken back into the line', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.line.fill('x'.repeat(70_000))
    await anna.line.press('Enter')
    await page.getByText('This is too long to send.').waitFor()
    await anna.button('Back to the line').click()
    expect((await anna.line.inputValue()).length).toBe(70_000)
    visit.complaints.splice(
      0,
      visit.complaints.length,
      ...visit.complaints.filter((one) => !one.includes('413')),
    )
  })
})
