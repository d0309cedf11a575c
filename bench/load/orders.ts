/** What the process that makes the load is told, and what it answers. */
export type Side = 'floor' | 'kamerton'
export type RunName = 'exact' | 'typo' | 'ambiguous' | 'today' | 'meeting' | 'click' | 'telegram'

export type Slice = Readonly<{
  side: Side
  run: RunName
  /** Where to send: the address of Slack's events or of Telegram's webhook. */
  url: string
  accounts: number
  inFlight: number
  ms: number
  /** Ends earlier after so many. */
  most?: number
  /** So many a second and no more: Telegram lets no bot say more than thirty things. */
  perSecond?: number
}>

export type Sliced = Readonly<{ latencies: readonly number[]; seconds: number; wrong: readonly string[] }>

export type Order = Readonly<{ id: number } & ({ slice: Slice } | { reminders: 'count' | 'forget' })>
export type Told = Readonly<{
  id: number
  sliced?: Sliced
  reminders?: Readonly<Record<string, number>>
  error?: string
}>

/** Nobody's real secrets: both sides and the load know them. */
export const SIGNING_SECRET = 'bench-signing-secret'
export const BOT_TOKEN = 'xoxb-bench'
export const TELEGRAM_TOKEN = '1234567:bench-token-of-nobody'
export const TELEGRAM_SECRET = 'bench-webhook-secret'
export const CHANNEL = 'C1'
