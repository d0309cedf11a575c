/**
 * What happens beside lines, presses and forms, with its values: `edit` {message, text} · `place` {latitude, longitude}
 * · `file` {kind, fileId, name?, mimeType?, bytes?, caption?, tooLarge?} · `card` {name, phone?}, a shared contact.
 */
export type EventName = 'edit' | 'place' | 'file' | 'card'
export type Happening = Readonly<{
  kind: 'event'
  event: EventName
  values: Readonly<Record<string, string>>
}>
