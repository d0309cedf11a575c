import { expect, test } from 'vitest'
import { inBrowser, paneOf, shows } from './in-browser.ts'

inBrowser('the console in a browser', (visit) => {
  test('a newcomer picks a person, presses an example and sees a card', async () => {
    const page = await visit.open()
    await page.getByRole('heading', { name: 'Who are you today?' }).waitFor()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
    expect(await anna.pane.locator('.example').count()).toBeGreaterThanOrEqual(4)
    await anna.pane.locator('.example', { hasText: '/account' }).first().click()
    await shows(page, 'Your accounts: 14')
    expect(await anna.pane.locator('.said p').allTextContents()).toEqual(['/account'])
    expect(await anna.pane.locator('.example').count()).toBe(0)
  })

  test('the rich card shows every kind of block, with tones in words and signs beside the colour', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await shows(page, 'Acme Industries GmbH')
    const card = anna.lastCard
    expect(await card.locator('.badge').textContent()).toBe('critical: At risk')
    expect(await card.locator('h4').allTextContents()).toEqual([
      'Money',
      'Next',
      'Last contacts',
      'People',
      'Dossier',
    ])
    const overdue = card.locator('dd.bad')
    expect(await overdue.textContent()).toContain('critical: €84,200 in 3 invoices')
    expect(await overdue.locator('svg').count()).toBe(1)
    expect(await card.locator('hr').count()).toBe(1)
    expect(await card.locator('.item svg').count()).toBe(3)
  })

  test('a button changes its card in place and the focus follows', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('acme')
    await anna.button('Invoices').click()
    await shows(page, 'Invoices to Acme Industries GmbH')
    expect(await anna.cards.count()).toBe(1)
    expect(await anna.lastCard.locator('th').allTextContents()).toEqual(['Number', 'Amount', 'Due', 'State'])
    expect(await page.evaluate('document.activeElement.className')).toContain('card')
    await anna.button('Back to Acme Industries GmbH').click()
    await shows(page, 'Tier A')
    expect(await anna.cards.count()).toBe(1)
  })

  test('a form comes back with its error beside the field and everything typed, and is taken when right', async () => {
    const page = await visit.open()
    const carla = paneOf(page)
    await carla.pick('Carla')
    await carla.say('/settings')
    await carla.button('Change').click()
    await page.getByLabel('Currency', { exact: true }).fill('XYZ')
    await page.getByRole('combobox', { name: /^Owner/ }).pressSequentially('acm')
    await page.getByRole('option', { name: 'Acme Industries GmbH' }).click()
    await carla.button('Save').click()

    const wrong = page.locator('[aria-invalid="true"]')
    await wrong.waitFor()
    expect(await wrong.inputValue()).toBe('XYZ')
    expect(await wrong.getAttribute('name')).toBe('currency')
    expect(await page.evaluate('document.activeElement.name')).toBe('currency')
    const described = (await wrong.getAttribute('aria-describedby'))?.split(' ')[1]
    expect(await page.locator(`#${described}`).textContent()).toContain('I do not know this currency')
    expect(await page.getByRole('combobox', { name: /^Owner/ }).inputValue()).toBe('Acme Industries GmbH')

    await wrong.fill('USD')
    await carla.button('Save').click()
    await shows(page, 'Saved.')
    expect(visit.server.dispatcher.heard.at(-1)?.act).toMatchObject({
      values: { currency: 'USD', account: 'a1', timeZone: 'Europe/Amsterdam' },
    })
  })

  test('E-02 a form that failed keeps all that was typed, under the word about it, and goes through later', async () => {
    const page = await visit.open()
    const carla = paneOf(page)
    await carla.pick('Carla')
    await carla.say('/settings')
    await carla.button('Change').click()
    await page.getByLabel('Currency', { exact: true }).fill('USD')
    visit.server.dispatcher.databaseIsAway = true
    await carla.button('Save').click()
    const word = page.getByRole('alert').filter({ hasText: 'I cannot reach my database right now' })
    await word.waitFor()
    expect(await page.getByLabel('Currency', { exact: true }).inputValue()).toBe('USD')

    visit.server.dispatcher.databaseIsAway = false
    await carla.button('Save').click()
    await shows(page, 'Saved.')
    expect(await word.count()).toBe(0)
    expect(visit.server.dispatcher.heard.at(-1)?.act).toMatchObject({ values: { currency: 'USD' } })
  })

  test('an empty field is named before anything is sent, and cancelling gives the card back', async () => {
    const page = await visit.open()
    const carla = paneOf(page)
    await carla.pick('Carla')
    await carla.say('/settings')
    await carla.button('Change').click()
    await page.getByLabel('Currency', { exact: true }).fill('')
    const heard = visit.server.dispatcher.heard.length
    await carla.button('Save').click()
    await page.getByText('Please fill this in.').waitFor()
    expect(visit.server.dispatcher.heard).toHaveLength(heard)
    await carla.button('Cancel').click()
    await carla.button('Change').waitFor()
    expect(await carla.cards.locator('form').count()).toBe(0)
  })

  test('a change of language turns the whole pane, and only this pane', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await page.getByRole('button', { name: 'Side by side' }).click()
    await paneOf(page, 1).pick('Boris')
    await anna.say('/settings')
    await anna.button('Русский').click()
    await page.getByPlaceholder('Клиент или /команда').waitFor()
    expect(await anna.pane.getAttribute('lang')).toBe('ru')
    expect(await anna.pane.locator('.keys').textContent()).toContain('Enter отправляет')
    expect(await paneOf(page, 1).line.getAttribute('placeholder')).toBe('A client’s name or /command')
    await page.getByRole('button', { name: 'Русский' }).first().click()
    expect(await page.locator('.wordmark').textContent()).toBe('Камертон')
    expect(await page.evaluate('document.documentElement.lang')).toBe('ru')
  })

  test('hostile names are words and nothing else', async () => {
    const page = await visit.open()
    const anna = paneOf(page)
    await anna.pick('Anna')
    await anna.say('/hostile')
    await shows(page, '</b></p><script>')
    await anna.say('<img src=x onerror="window.hacked = 1">')
    await shows(page, 'I know no account “<img')
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(await page.locator('#kamerton :is(script, img, b)').count()).toBe(0)
  })
})
