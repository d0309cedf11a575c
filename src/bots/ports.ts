import type { Platform } from '../domain/shared/actor.ts'

/** An update that was stored before the platform was told that it arrived. The payload is the platform's own JSON. */
export type StoredUpdate = Readonly<{ key: string; chat: string; payload: unknown }>

export type Inbox = Readonly<{
  /** Stores all of them in one statement; returns the keys that were not known before. */
  store(platform: Platform, updates: readonly StoredUpdate[]): Promise<readonly string[]>
  /** What was stored and not finished, in the order of arrival: left over from a stop or a crash. */
  unfinished(platform: Platform): Promise<readonly StoredUpdate[]>
  finish(platform: Platform, key: string): Promise<void>
}>

export type TokenButton = Readonly<{ owner: string; command: string; args: Readonly<Record<string, string>> }>

/** For platforms whose buttons carry less than a command with its arguments. */
export type ButtonTokens = Readonly<{
  /** The same button gets the same token. */
  save(platform: Platform, button: TokenButton, expiresAt: Date): Promise<string>
  find(platform: Platform, token: string, now: Date): Promise<TokenButton | null>
}>

/** One way to reach people. `health` names what is wrong, or null when all is well. */
export type Bot = Readonly<{
  name: string
  start(): Promise<void>
  stop(): Promise<void>
  health(): string | null
}>
