/**
 * What happens beside lines, presses and forms, with its values: `edit` {message, text} · `place` {latitude, longitude}
 * · `file` {kind, fileId, name?, mimeType?, bytes?, caption?, tooLarge?} · `card` {name, phone?}, a shared contact · `back`
 * {}: somebody who had shut us out lets us in again; no command hears it, but whoever is heard of is reached again.
 */
export type EventName = 'edit' | 'place' | 'file' | 'card' | 'back'
export type Happening = Readonly<{
  kind: 'event'
  event: EventName
  values: Readonly<Record<string, string>>
}>
