import type { CardNotes } from '../../src/bots/ports.ts'

/** Writes down what the adapters note, in order. */
export function cardNotes() {
  const noted: string[] = []
  const cards: CardNotes = {
    note: async ({ externalId }, { chat, message }, { subject, version }) =>
      void noted.push(`${externalId} ${chat}/${message} shows ${subject} v${version}`),
    forget: async ({ externalId }, { chat, message }) =>
      void noted.push(`${externalId} ${chat}/${message} shows something else`),
  }
  return { cards, noted }
}

/** As when the database is away. */
export const brokenCards: CardNotes = {
  note: () => Promise.reject(new Error('no database')),
  forget: () => Promise.reject(new Error('no database')),
}
