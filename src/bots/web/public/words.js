/** @typedef {import('../protocol.ts').Language} Language */
/** @typedef {(key: string, values?: Readonly<Record<string, string | number>>) => string} Say */

/** @type {Readonly<Record<Language, Readonly<Record<string, string>>>>} */
let tables = { en: {}, ru: {} }

/** @param {typeof tables} words */
export function setWords(words) {
  tables = words
}

/**
 * The frame's own words in one language. `console.` need not be said.
 * @param {Language} language
 * @returns {Say}
 */
export function sayIn(language) {
  return (key, values = {}) => {
    const sentence = tables[language][`console.${key}`] ?? key
    return sentence.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
  }
}

/**
 * @param {Language} language
 * @param {string} instant
 */
export function timeIn(language, instant) {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant))
}
