import { describe, expect, test } from 'vitest'
import { areOnlyLegalForms, splitLegalForms } from '../../../src/domain/accounts/legal-forms.ts'

describe('legal forms', () => {
  test('are known with a slip in a long one, and never with one in a short one', () => {
    expect(splitLegalForms(['acme', 'corporatoin']).words).toEqual(['acme'])
    expect(splitLegalForms(['корпрация', 'ромашка']).words).toEqual(['ромашка'])
    expect(splitLegalForms(['acme', 'lmt']).words).toEqual(['acme', 'lmt'])
    expect(splitLegalForms(['acme', 'cooperation']).words).toEqual(['acme', 'cooperation'])
  })

  test.each([
    ['ооо ромашка', 'ромашка', 'ooo'],
    ['ромашка llc', 'ромашка', 'ooo'],
    ['публичное акционерное общество газпром', 'газпром', 'pao'],
    ['acme corp', 'acme', 'inc'],
    ['ab volvo', 'volvo', 'ab'],
    ['schmidt gmbh & co kg', 'schmidt', 'kg,co,gmbh'],
  ])('of %s leave %s', (text, words, forms) => {
    const name = splitLegalForms(text.split(' '))
    expect(name.words.join(' ')).toBe(words)
    expect(name.forms.join(',')).toBe(forms)
  })

  test('in Latin letters only count at the end, where they are no words of the name', () => {
    expect(splitLegalForms(['as', 'roma']).words).toEqual(['as', 'roma'])
    expect(splitLegalForms(['co', 'op']).words).toEqual(['co', 'op'])
  })

  test('stay when there is nothing else', () => {
    expect(splitLegalForms(['ооо']).words).toEqual(['ооо'])
    expect(areOnlyLegalForms(['ооо'])).toBe(true)
    expect(areOnlyLegalForms(['ltd'])).toBe(true)
    expect(areOnlyLegalForms(['ооо', 'ромашка'])).toBe(false)
    expect(areOnlyLegalForms([])).toBe(false)
  })
})
