import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../src/i18n/en/index.ts'
import { ru } from '../../src/i18n/ru/index.ts'
import { hasSentence, sentence } from '../../src/i18n/translate.ts'

const tables = { en: en as Record<string, string>, ru: ru as Record<string, string> }
const base = (key: string) => key.replace(/_(one|few|many|other)$/, '')
const bases = (table: Record<string, string>) => [...new Set(Object.keys(table).map(base))].toSorted()
const params = (text: string) => [...text.matchAll(/{{(\w+)/g)].map(([, name = '']) => name).toSorted()

const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|js)$/.test(path) && !path.startsWith('i18n/'))
  .map((path) => readFileSync(join('src', path), 'utf8'))
  .join('\n')

describe('the two languages', () => {
  it('say the same things', () => {
    expect(bases(tables.ru)).toEqual(bases(tables.en))
  })

  it('take the same parameters', () => {
    for (const [key, text] of Object.entries(tables.ru)) {
      const english = tables.en[key] ?? tables.en[`${base(key)}_other`] ?? ''
      expect(params(text), key).toEqual(params(english))
    }
  })

  it('have every plural form their grammar knows', () => {
    for (const language of ['en', 'ru'] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const plural = bases(tables[language]).filter((key) => tables[language][`${key}_other`])
      for (const key of plural)
        for (const form of forms) expect(tables[language], language).toHaveProperty([`${key}_${form}`])
    }
  })

  it('count in words that agree', () => {
    const silent = (count: number) => sentence('ru', 'health.silent', { count })
    expect([1, 22, 11].map(silent)).toEqual([
      'Нет контакта 1 день',
      'Нет контакта 22 дня',
      'Нет контакта 11 дней',
    ])
    expect(sentence('en', 'health.silent', { count: 1 })).toBe('No contact for 1 day')
  })

  it('never expand what a person wrote', () => {
    const hostile = '$t(error.unexpected) {{id}} <!channel>'
    expect(sentence('en', 'account.notFound', { name: hostile })).toContain(hostile)
  })

  it('have no sentence that nobody says', () => {
    // Keys that are put together, such as health.level.risk, are found by their beginning.
    const used = (key: string) => code.includes(`'${key}'`) || built.some((prefix) => key.startsWith(prefix))
    const built = [...code.matchAll(/[`']([\w.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '')
    expect(bases(tables.en).filter((key) => !used(key))).toEqual([])
  })

  it('have a sentence for every refusal of a rule', () => {
    const codes = [...code.matchAll(/new DomainError\('([\w.]+)'/g)].map(([, name]) => `error.${name}`)
    expect(codes.length).toBeGreaterThan(5)
    expect(codes.filter((key) => !hasSentence(key))).toEqual([])
  })
})
