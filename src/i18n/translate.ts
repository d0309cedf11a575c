import { createInstance } from 'i18next'
import type { Language } from '../domain/shared/actor.ts'
import { en } from './en/index.ts'
import { ru } from './ru/index.ts'

const i18next = createInstance()

/** Synchronous, because the tables are already in memory. Escaping is the renderers' work, so none is done here. */
await i18next.init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { translation: en }, ru: { translation: ru } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
})

const translators = { en: i18next.getFixedT('en'), ru: i18next.getFixedT('ru') }

/** One sentence in one language. Parameters are already words, but for `count`, which chooses the plural form. */
export function sentence(
  language: Language,
  key: string,
  params: Record<string, string | number> = {},
): string {
  const template = templateFor(language, key, params['count'])
  if (!template) return translators[language](key, { ...params, interpolation: { skipOnVariables: true } })
  return template
    .map((part) => (typeof part === 'string' ? part : valueOf(params[part.name], part, language)))
    .join('')
}

/** Words, and where a parameter stands between them; as a number it is written as the language groups its digits. */
type Place = Readonly<{ name: string; isNumber: boolean }>
type Template = readonly (string | Place)[]

const numbers = { en: new Intl.NumberFormat('en'), ru: new Intl.NumberFormat('ru') }

function valueOf(
  value: string | number | undefined,
  { isNumber }: Place,
  language: Language,
): string | number {
  if (value === undefined) return ''
  return isNumber ? numbers[language].format(Number(value)) : value
}

const templates: Readonly<Record<Language, Map<string, Template | null>>> = { en: new Map(), ru: new Map() }
const plurals = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') }

/**
 * Which words i18next would choose, taken apart once: it does so each time, and a card has forty sentences. Null for what
 * only it knows how to do, and for a key that nobody has.
 */
function templateFor(language: Language, key: string, count: string | number | undefined): Template | null {
  if (typeof count !== 'number') return templateOf(language, key)
  const zero = count === 0 ? templateOf(language, `${key}_zero`) : null
  const form = plurals[language].select(count)
  return zero ?? templateOf(language, `${key}_${form}`) ?? templateOf(language, key)
}

function templateOf(language: Language, key: string): Template | null {
  const known = templates[language].get(key)
  if (known !== undefined) return known
  const words: unknown = i18next.getResource(language, 'translation', key)
  const template = typeof words === 'string' ? takenApart(words) : null
  // Keys come from our own code; one that nobody has is not kept.
  if (template) templates[language].set(key, template)
  return template
}

function takenApart(words: string): Template | null {
  const parts: (string | Place)[] = []
  for (const [at, part] of words.split(/\{\{([^{}]+)\}\}/).entries()) {
    const [, name, format] = /^\s*(\w+)\s*(,\s*number\s*)?$/.exec(part) ?? []
    if (at % 2 === 0 ? part.includes('$t(') : name === undefined) return null
    parts.push(at % 2 === 0 || name === undefined ? part : { name, isNumber: format !== undefined })
  }
  return parts
}

export function hasSentence(key: string): boolean {
  return i18next.exists(key, { lng: 'en' }) || i18next.exists(`${key}_other`, { lng: 'en' })
}
