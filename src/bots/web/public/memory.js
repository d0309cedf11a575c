/** @typedef {import('../protocol.ts').ActRequest} ActRequest */
/** @typedef {Readonly<{ persona: string, request: ActRequest }>} Outgoing */

/**
 * What outlives a reload of this tab. A browser may refuse storage altogether (private windows, policies): then things
 * work the same until the reload.
 * @param {Storage | null} storage
 */
function slots(storage) {
  return {
    /**
     * @param {string} name
     * @returns {unknown}
     */
    get(name) {
      try {
        return JSON.parse(storage?.getItem(`kamerton.${name}`) ?? 'null')
      } catch {
        return null
      }
    },
    /**
     * @param {string} name
     * @param {unknown} value
     */
    set(name, value) {
      try {
        if (value === null || value === '') storage?.removeItem(`kamerton.${name}`)
        else storage?.setItem(`kamerton.${name}`, JSON.stringify(value))
      } catch {
        // Full or forbidden.
      }
    },
  }
}

/** @param {'localStorage' | 'sessionStorage'} name */
function storageNamed(name) {
  try {
    return window[name]
  } catch {
    return null
  }
}

const tab = slots(storageNamed('sessionStorage'))
const browser = slots(storageNamed('localStorage'))

export const memory = {
  /** @returns {readonly Outgoing[]} */
  outbox: () => /** @type {readonly Outgoing[]} */ (tab.get('outbox') ?? []),
  /** @param {readonly Outgoing[]} acts */
  keepOutbox: (acts) => tab.set('outbox', acts.length > 0 ? acts : null),
  /** @param {string} persona */
  draft: (persona) => /** @type {string} */ (tab.get(`draft.${persona}`) ?? ''),
  /** @param {string} persona @param {string} text */
  keepDraft: (persona, text) => tab.set(`draft.${persona}`, text),
  /** @param {string} exchange @returns {Readonly<Record<string, { value: string, label: string }>> | null} */
  formDraft: (exchange) => /** @type {any} */ (tab.get(`form.${exchange}`)),
  /** @param {string} exchange @param {Readonly<Record<string, { value: string, label: string }>> | null} values */
  keepFormDraft: (exchange, values) => tab.set(`form.${exchange}`, values),
  /** @returns {import('../protocol.ts').Language | null} */
  language: () => /** @type {any} */ (browser.get('language')),
  /** @param {string} language */
  keepLanguage: (language) => browser.set('language', language),
}
