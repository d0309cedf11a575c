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
  return translators[language](key, { ...params, interpolation: { skipOnVariables: true } })
}

export function hasSentence(key: string): boolean {
  return i18next.exists(key, { lng: 'en' }) || i18next.exists(`${key}_other`, { lng: 'en' })
}
