import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { en } from '../../src/i18n/en/index.ts'
import { ru } from '../../src/i18n/ru/index.ts'
import { sentence } from '../../src/i18n/translate.ts'

const tables = { en: en as Record<string, string>, ru: ru as Record<string, string> }
const i18next = createInstance()
await i18next.init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { translation: en }, ru: { translation: ru } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
})

const HOSTILE = ['Acme', '', '$t(error.unexpected)', '{{id}} {{name}}', '$& $1 $$', '<!channel>', 'a\nb']
const COUNTS = [0, 1, 2, 4, 5, 11, 21, 22, 111, 1.5, 1_234_567]
const base = (key: string) => key.replace(/_(one|few|many|other)$/, '')

describe('sentences that were taken apart beforehand', () => {
  it('say what i18next says, for every key, every plural form, and whatever people write', () => {
    let compared = 0
    for (const language of ['en', 'ru'] as const) {
      const theirs = i18next.getFixedT(language)
      for (const [key, text] of Object.entries(tables[language])) {
        const names = [...text.matchAll(/{{(\w+)/g)].map(([, name = '']) => name)
        const counts = names.includes('count') || key !== base(key) ? COUNTS : [undefined]
        for (const [at, count] of counts.entries()) {
          const words = Object.fromEntries(
            names.map((name, place) => [name, HOSTILE[(at + place + key.length) % HOSTILE.length] ?? '']),
          )
          const params = count === undefined ? words : { ...words, count }
          const expected = theirs(base(key), { ...params, interpolation: { skipOnVariables: true } })
          expect(sentence(language, base(key), params), `${language} ${key} ${JSON.stringify(params)}`).toBe(
            expected,
          )
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(1_000)
  })

  it('leave what nobody has to i18next', () => {
    expect(sentence('en', 'no.such.key')).toBe('no.such.key')
  })
})
